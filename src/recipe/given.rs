//! What the derivation that a file gives is told of itself, whatever makes it.

use super::attribute::{Attribute, attributes};
use super::lists::unwound;
use super::meta::{Meta, meta};
use super::scope::{dotted, settled};
use rnix::ast::{BinOpKind, Expr};

/// How many expressions are looked at.
const VISITS: usize = 100;

/// What a derivation is told of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The function that makes it, by its last name; nothing where none could be read.
    pub function: Option<String>,
    /// The attributes of every set that it is told.
    pub attributes: Vec<Attribute>,
    /// What `meta` says.
    pub meta: Option<Meta>,
    /// Whether something could not be read.
    pub is_open: bool,
}

impl Given {
    /// Whether there is an attribute of this name.
    pub fn has(&self, name: &str) -> bool {
        let mut names = self.attributes.iter().map(|attribute| &attribute.name);
        names.any(|known| known == name)
    }
}

/// What the derivation is told that an expression gives.
pub(super) fn given(expression: Expr) -> Given {
    let mut given = Given::default();
    look(expression, &mut { VISITS }, &mut given);
    given
}

/// Looks at an expression; what is put together of itself ends with the budget.
fn look(expression: Expr, budget: &mut usize, given: &mut Given) {
    let Some(rest) = budget.checked_sub(1) else {
        given.is_open = true;
        return;
    };
    *budget = rest;
    let expression = settled(expression);
    let inner = match &expression {
        Expr::Lambda(lambda) => lambda.body(),
        Expr::LetIn(bindings) => bindings.body(),
        Expr::With(with) => with.body(),
        Expr::Assert(assert) => assert.body(),
        Expr::BinOp(sum) if sum.operator() == Some(BinOpKind::Update) => {
            for side in [sum.lhs(), sum.rhs()].into_iter().flatten() {
                look(side, budget, given);
            }
            return;
        }
        Expr::AttrSet(set) => {
            given.attributes.extend(attributes(set));
            given.meta = meta(set).or(given.meta.take());
            return;
        }
        Expr::Apply(_) => return call(&expression, budget, given),
        // Text is a script, and no set.
        Expr::Str(_) => return,
        _ => None,
    };
    match inner {
        Some(inner) => look(inner, budget, given),
        None => given.is_open = true,
    }
}

/// Functions whose result is a package that they are handed.
const PASSING: [&str; 18] = [
    "addMetaAttrs",
    "appendToName",
    "callPackage",
    "dontDistribute",
    "extendDerivation",
    "hiPrio",
    "hydraJob",
    "import",
    "lazyDerivation",
    "lowPrio",
    "lowPrioSet",
    "recurseIntoAttrs",
    "setName",
    "setPrio",
    "toPythonApplication",
    "toPythonModule",
    "updateName",
    "warn",
];

/// A call: its sets are what the derivation is told. What is done with the result of another call stays unread.
fn call(expression: &Expr, budget: &mut usize, given: &mut Given) {
    let (function, arguments) = unwound(expression);
    let named = function.and_then(|function| dotted(&function));
    match named.and_then(|mut names| names.pop()) {
        Some(name) => {
            given.is_open |= name.starts_with("override") || PASSING.contains(&name.as_str());
            given.function.get_or_insert(name);
        }
        None => given.is_open = true,
    }
    for argument in arguments {
        match settled(argument) {
            set @ Expr::AttrSet(_) => look(set, budget, given),
            function @ Expr::Lambda(_) => look(function, budget, given),
            sum @ (Expr::BinOp(_) | Expr::LetIn(_)) => look(sum, budget, given),
            _ => {}
        }
    }
}
