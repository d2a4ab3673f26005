//! What names stand for, as far as the text says it: `let`, recursive sets, defaults of arguments.

use super::Said;
use rnix::ast::{Attr, AttrSet, AttrpathValue, Entry, Expr, HasEntry, InterpolPart, LetIn, Param};
use rowan::ast::AstNode;
use std::collections::BTreeSet;
use std::ops::Range;

/// How many names are followed one after the other for one value.
const STEPS: usize = 32;

/// How many expressions are looked at for one value.
pub(super) const WORK: usize = 1000;

/// The bytes of a node.
pub(super) fn range(node: &impl AstNode<Language = rnix::NixLanguage>) -> Range<usize> {
    let range = node.syntax().text_range();
    usize::from(range.start())..usize::from(range.end())
}

/// A single name, where an attribute is one.
pub(super) fn name(attr: &Attr) -> Option<String> {
    match attr {
        Attr::Ident(ident) => Some(ident.ident_token()?.text().to_owned()),
        Attr::Str(text) => match parts(text).as_slice() {
            [InterpolPart::Literal(text)] => Some(text.clone()),
            _ => None,
        },
        Attr::Dynamic(_) => None,
    }
}

/// Whether the parser could not make out what a text holds.
fn is_broken(text: &rnix::ast::Str) -> bool {
    let mut inner = text.syntax().children();
    inner.any(|node| node.kind() != rnix::SyntaxKind::NODE_INTERPOL)
}

/// The parts of a text; none where the parser could not make it out, of which it would rather not be asked.
pub(super) fn parts(text: &rnix::ast::Str) -> Vec<InterpolPart<String>> {
    if is_broken(text) {
        return Vec::new();
    }
    text.normalized_parts()
}

/// The path of an entry; `None` where a part of it is computed.
pub(super) fn path(entry: &AttrpathValue) -> Option<Vec<String>> {
    entry.attrpath()?.attrs().map(|attr| name(&attr)).collect()
}

/// The expression without parentheses around it.
pub(super) fn bare(expression: Expr) -> Expr {
    let mut expression = expression;
    while let Expr::Paren(parentheses) = &expression {
        match parentheses.expr() {
            Some(inner) => expression = inner,
            None => break,
        }
    }
    expression
}

/// The value of a single name in a set or `let`.
fn bound(entries: impl Iterator<Item = Entry>, wanted: &str) -> Option<Expr> {
    entries.into_iter().find_map(|entry| match entry {
        Entry::AttrpathValue(entry) => {
            let path = path(&entry)?;
            (path.len() == 1 && path.first()? == wanted)
                .then(|| entry.value())
                .flatten()
        }
        Entry::Inherit(_) => None,
    })
}

/// What a name means at a node, where the text says it.
pub(super) fn meaning(node: &rnix::SyntaxNode, wanted: &str) -> Option<Expr> {
    node.ancestors().skip(1).find_map(|above| {
        if let Some(bindings) = LetIn::cast(above.clone()) {
            return bound(bindings.entries(), wanted);
        }
        if let Some(set) = AttrSet::cast(above.clone()) {
            set.rec_token()?;
            return bound(set.entries(), wanted);
        }
        let lambda = rnix::ast::Lambda::cast(above)?;
        match lambda.param()? {
            Param::Pattern(pattern) => pattern
                .pat_entries()
                .find(|entry| {
                    let ident = entry.ident().and_then(|ident| ident.ident_token());
                    ident.is_some_and(|token| token.text() == wanted)
                })?
                .default(),
            Param::IdentParam(_) => None,
        }
    })
}

/// Whether a `let`, a recursive set or an argument binds a name at a node.
pub(super) fn is_bound(node: &rnix::SyntaxNode, wanted: &str) -> bool {
    node.ancestors().skip(1).any(|above| {
        if let Some(bindings) = LetIn::cast(above.clone()) {
            return names(bindings.entries()).contains(wanted);
        }
        if let Some(set) = AttrSet::cast(above.clone()) {
            return set.rec_token().is_some() && names(set.entries()).contains(wanted);
        }
        let parameter = rnix::ast::Lambda::cast(above).and_then(|lambda| lambda.param());
        match parameter {
            Some(Param::Pattern(pattern)) => pattern
                .pat_entries()
                .filter_map(|entry| entry.ident()?.ident_token())
                .chain(
                    pattern
                        .pat_bind()
                        .and_then(|bind| bind.ident()?.ident_token()),
                )
                .any(|token| token.text() == wanted),
            Some(Param::IdentParam(param)) => param
                .ident()
                .and_then(|ident| ident.ident_token())
                .is_some_and(|token| token.text() == wanted),
            None => false,
        }
    })
}

/// The names that entries bind.
pub(super) fn names(entries: impl Iterator<Item = Entry>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in entries {
        match entry {
            Entry::AttrpathValue(entry) => {
                let first = entry.attrpath().and_then(|path| path.attrs().next());
                found.extend(first.and_then(|attr| name(&attr)));
            }
            Entry::Inherit(inherit) => {
                found.extend(inherit.attrs().filter_map(|attr| name(&attr)));
            }
        }
    }
    found
}

/// The expression that is meant: names are followed as far as the text tells.
pub(super) fn settled(expression: Expr) -> Expr {
    let mut expression = bare(expression);
    for _ in 0..STEPS {
        let Expr::Ident(ident) = &expression else {
            break;
        };
        let Some(token) = ident.ident_token() else {
            break;
        };
        match meaning(ident.syntax(), token.text()) {
            Some(meant) => expression = bare(meant),
            None => break,
        }
    }
    expression
}

/// The text that an expression is, with the place of the literal. Strings in strings are put together where they are known.
pub(super) fn text(expression: Expr) -> Option<Said<String>> {
    let mut budget = WORK;
    text_within(expression, &mut budget)
}

/// A text refers to texts that refer to texts: `budget` is how many are looked at, however they are tied together.
fn text_within(expression: Expr, budget: &mut usize) -> Option<Said<String>> {
    *budget = budget.checked_sub(1)?;
    let expression = settled(expression);
    match &expression {
        Expr::Str(literal) => {
            let mut whole = String::new();
            if is_broken(literal) {
                return None;
            }
            for part in parts(literal) {
                match part {
                    InterpolPart::Literal(text) => whole.push_str(&text),
                    InterpolPart::Interpolation(inner) => {
                        whole.push_str(&text_within(inner.expr()?, budget)?.value);
                    }
                }
            }
            Some(Said::new(whole, range(literal)))
        }
        Expr::BinOp(sum) if sum.operator() == Some(rnix::ast::BinOpKind::Add) => {
            let one = text_within(sum.lhs()?, budget)?;
            let other = text_within(sum.rhs()?, budget)?;
            Some(Said::new(one.value + other.value.as_str(), range(sum)))
        }
        Expr::Select(select) => text_within(selected(select)?, budget),
        _ => None,
    }
}

/// `finalAttrs.version`, `release.version`: the set is looked for, and the name in it.
fn selected(select: &rnix::ast::Select) -> Option<Expr> {
    let attrs: Vec<String> = select
        .attrpath()?
        .attrs()
        .map(|attr| name(&attr))
        .collect::<Option<_>>()?;
    let [wanted] = attrs.as_slice() else {
        return None;
    };
    let set = match settled(select.expr()?) {
        Expr::AttrSet(set) => set,
        Expr::Ident(ident) => own_set(&ident)?,
        _ => return None,
    };
    bound(set.entries(), wanted)
}

/// The set that a function's argument stands for where a package is made by a function of its own attributes.
fn own_set(ident: &rnix::ast::Ident) -> Option<AttrSet> {
    let wanted = ident.ident_token()?;
    ident.syntax().ancestors().find_map(|above| {
        let lambda = rnix::ast::Lambda::cast(above)?;
        match lambda.param()? {
            Param::IdentParam(param) => {
                let token = param.ident()?.ident_token()?;
                (token.text() == wanted.text()).then_some(())?;
            }
            Param::Pattern(_) => return None,
        }
        match bare(lambda.body()?) {
            Expr::AttrSet(set) => Some(set),
            _ => None,
        }
    })
}

/// What a set inherits under a name: from the set that is named, or from around it.
pub(super) fn inherited(inherit: &rnix::ast::Inherit, wanted: &str) -> Option<Expr> {
    let attr = inherit
        .attrs()
        .find(|attr| name(attr).is_some_and(|name| name == wanted))?;
    match inherit.from() {
        None => {
            let set = inherit.syntax().parent()?;
            meaning(&set, wanted)
        }
        Some(from) => {
            let Attr::Ident(_) = attr else { return None };
            match settled(from.expr()?) {
                Expr::AttrSet(set) => bound(set.entries(), wanted),
                _ => None,
            }
        }
    }
}

/// Whether an expression is `true` or `false`.
pub(super) fn boolean(expression: Expr) -> Option<bool> {
    match settled(expression) {
        Expr::Ident(ident) => match ident.ident_token()?.text() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A dotted name: `python313Packages.buildPythonPackage` as its parts.
pub(super) fn dotted(expression: &Expr) -> Option<Vec<String>> {
    match expression {
        Expr::Ident(ident) => Some(vec![ident.ident_token()?.text().to_owned()]),
        Expr::Paren(inner) => dotted(&inner.expr()?),
        Expr::Select(select) => {
            let mut parts = dotted(&select.expr()?)?;
            for attr in select.attrpath()?.attrs() {
                parts.push(name(&attr)?);
            }
            Some(parts)
        }
        _ => None,
    }
}
