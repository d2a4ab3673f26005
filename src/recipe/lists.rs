//! Lists of packages and of texts, however they are put together.

use super::scope::{bare, dotted, range, settled, text};
use super::{Said, scope};
use rnix::ast::{BinOpKind, Expr};
use rowan::ast::AstNode;
use std::ops::Range;

/// A package that a list names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its name: the last part of what is written.
    pub name: String,
    /// What stands before it: `python313Packages`, `ps`, or nothing.
    pub set: String,
    /// The extra whose members are meant, for `uvicorn.optional-dependencies.standard`.
    pub extra: Option<String>,
    /// Whether it is taken under a condition only.
    pub is_conditional: bool,
    /// Where it stands.
    pub range: Range<usize>,
}

/// What could be read of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Items<T> {
    pub(super) items: Vec<T>,
    /// What could not be read.
    pub(super) unread: Vec<Range<usize>>,
}

/// What an item is said under.
#[derive(Clone, Default)]
struct Around {
    set: String,
    is_conditional: bool,
}

/// Takes an item.
type Take<'a> = &'a mut dyn FnMut(Expr, &Around);

/// The packages that an expression lists.
pub(super) fn packages(expression: Expr) -> Items<Named> {
    collected(expression, named)
}

/// The texts that an expression lists, with whether each is under a condition.
pub(super) fn texts(expression: Expr) -> Items<(Said<String>, bool)> {
    collected(expression, |item, around| {
        Some((text(item.clone())?, around.is_conditional))
    })
}

/// Every item that can be read, and where the others stand.
fn collected<T>(expression: Expr, read: impl Fn(&Expr, &Around) -> Option<T>) -> Items<T> {
    let mut found = Items {
        items: Vec::new(),
        unread: Vec::new(),
    };
    let take: Take<'_> = &mut |item, around| match read(&item, around) {
        Some(read) => found.items.push(read),
        None => found.unread.push(range(&item)),
    };
    each(expression, &Around::default(), &mut { scope::WORK }, take);
    found
}

/// Goes through the items of a list that is put together by `++`, `with`, `lib.optional` and the like; a list that
/// holds itself ends with the budget.
fn each(expression: Expr, around: &Around, budget: &mut usize, take: Take<'_>) {
    let expression = settled(expression);
    let Some(rest) = budget.checked_sub(1) else {
        return;
    };
    *budget = rest;
    match &expression {
        Expr::List(list) => {
            for item in list.items() {
                take(item, around);
            }
        }
        Expr::With(with) => {
            let set = with.namespace().and_then(|set| dotted(&bare(set)));
            let around = Around {
                set: set.map_or_else(|| around.set.clone(), |parts| parts.join(".")),
                ..around.clone()
            };
            if let Some(body) = with.body() {
                each(body, &around, budget, take);
            }
        }
        Expr::BinOp(sum) if sum.operator() == Some(BinOpKind::Concat) => {
            for side in [sum.lhs(), sum.rhs()].into_iter().flatten() {
                each(side, around, budget, take);
            }
        }
        Expr::IfElse(choice) => {
            let around = Around {
                is_conditional: true,
                ..around.clone()
            };
            for side in [choice.body(), choice.else_body()].into_iter().flatten() {
                each(side, &around, budget, take);
            }
        }
        // A function from the package set to the list.
        Expr::Lambda(lambda) => {
            if let Some(body) = lambda.body() {
                each(body, around, budget, take);
            }
        }
        Expr::Apply(_) => conditional(&expression, around, budget, take),
        // Extras are lists by themselves.
        _ => take(expression, around),
    }
}

/// `lib.optional condition item`, `lib.optionals condition list`
fn conditional(expression: &Expr, around: &Around, budget: &mut usize, take: Take<'_>) {
    let (function, arguments) = unwound(expression);
    let name = function.and_then(|function| dotted(&function)?.pop());
    let inner = Around {
        is_conditional: true,
        ..around.clone()
    };
    match (name.as_deref(), arguments.as_slice()) {
        (Some("optional"), [_, item]) => take(item.clone(), &inner),
        (Some("optionals"), [_, list]) => each(list.clone(), &inner, budget, take),
        _ => take(expression.clone(), around),
    }
}

/// A call as its function and its arguments.
pub(super) fn unwound(expression: &Expr) -> (Option<Expr>, Vec<Expr>) {
    let mut arguments = Vec::new();
    let mut function = Some(expression.clone());
    while let Some(Expr::Apply(call)) = &function {
        arguments.extend(call.argument());
        function = call.lambda().map(bare);
    }
    arguments.reverse();
    (function, arguments)
}

fn named(item: &Expr, around: &Around) -> Option<Named> {
    let expression = bare(item.clone());
    let mut parts = dotted(&expression)?;
    let extras = parts
        .iter()
        .position(|part| part == "optional-dependencies");
    let extra = extras.and_then(|at| parts.get(at + 1).cloned());
    if let Some(at) = extras {
        parts.truncate(at);
        if parts.last().is_some_and(|last| last == "passthru") {
            parts.pop();
        }
    }
    let name = parts.pop()?;
    let set = if parts.is_empty() && scope_is_open(&expression) {
        around.set.clone()
    } else {
        parts.join(".")
    };
    Some(Named {
        name,
        set,
        extra,
        is_conditional: around.is_conditional,
        range: range(item),
    })
}

/// Whether a single name may come from a `with`: nothing binds it.
fn scope_is_open(expression: &Expr) -> bool {
    match expression {
        Expr::Ident(ident) => ident
            .ident_token()
            .is_none_or(|token| !scope::is_bound(ident.syntax(), token.text())),
        _ => true,
    }
}
