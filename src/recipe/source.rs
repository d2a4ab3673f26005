//! Where a package's source is said to come from.

use super::Said;
use super::lists::unwound;
use super::scope::{bare, dotted, parts, range, text};
use rnix::ast::{BinOpKind, Expr, InterpolPart};

/// Where a package's source is said to come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceText {
    /// Another package or binding, by its name; with a directory in it where the text names one.
    Named(String, Option<String>),
    /// The fetch of this number in the same file.
    Fetch(usize),
    /// A copy that a command of the file's own makes.
    Extracted,
    /// Anything else.
    Other,
}

/// Where a source comes from. Fetches get their numbers from whoever knows all of the file.
pub(super) fn source(value: &Expr) -> Said<SourceText> {
    let place = range(value);
    let expression = bare(value.clone());
    let found = match &expression {
        Expr::Ident(_) | Expr::Select(_) => dotted(&expression)
            .and_then(|mut parts| parts.pop())
            .map(|name| SourceText::Named(name, None)),
        Expr::Str(literal) => {
            let parts = parts(literal);
            match parts.as_slice() {
                [
                    InterpolPart::Interpolation(inner),
                    InterpolPart::Literal(rest),
                ] => inner
                    .expr()
                    .and_then(|inner| dotted(&bare(inner))?.pop())
                    .map(|name| {
                        let directory = rest.trim_start_matches('/').to_owned();
                        SourceText::Named(name, Some(directory))
                    }),
                _ => None,
            }
        }
        Expr::BinOp(sum) if sum.operator() == Some(BinOpKind::Add) => {
            let name = sum.lhs().and_then(|side| dotted(&bare(side))?.pop());
            let rest = sum.rhs().and_then(text);
            name.zip(rest).map(|(name, rest)| {
                let directory = rest.value.trim_start_matches('/').to_owned();
                SourceText::Named(name, Some(directory))
            })
        }
        Expr::Apply(_) => {
            let (function, _) = unwound(&expression);
            let last = function.and_then(|function| dotted(&function)?.pop());
            match last {
                Some(name) if name.starts_with("runCommand") => Some(SourceText::Extracted),
                // The number is not known yet.
                Some(name) if name.starts_with("fetch") => Some(SourceText::Fetch(usize::MAX)),
                _ => None,
            }
        }
        _ => None,
    };
    Said::new(found.unwrap_or(SourceText::Other), place)
}
