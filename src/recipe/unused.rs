//! Names that a file binds and never uses. What may be used through something that cannot be read counts as used.

use super::scope::{name, range};
use rnix::ast::{Entry, HasEntry, Lambda, LetIn, Param};
use rnix::{SyntaxKind, SyntaxNode};
use rowan::NodeOrToken;
use rowan::ast::AstNode;
use std::collections::BTreeMap;
use std::ops::Range;

/// What binds a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binder {
    /// An argument of the function that the file is, or of one in it.
    Argument,
    /// A `let`.
    Let,
}

/// A name that is bound and never used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// The name.
    pub name: String,
    /// What binds it.
    pub binder: Binder,
    /// Where.
    pub range: Range<usize>,
    /// What goes where the name goes; nothing where a comment would go as well.
    pub removal: Option<Range<usize>>,
}

/// The names below a node that are bound and never used, in the order of the text.
pub(super) fn unused(root: &SyntaxNode, text: &str) -> Vec<Unused> {
    let mut found = Vec::new();
    for node in root.descendants() {
        if let Some(lambda) = Lambda::cast(node.clone()) {
            arguments(&lambda, text, &mut found);
        } else if let Some(bindings) = LetIn::cast(node) {
            bound(&bindings, text, &mut found);
        }
    }
    found.sort_by_key(|one| one.range.start);
    found
}

/// How often each name is used below a node.
fn uses(node: &SyntaxNode) -> BTreeMap<String, usize> {
    let mut uses = BTreeMap::new();
    for below in node.descendants() {
        let above = below.parent().map(|above| above.kind());
        let is_use = match (below.kind(), above) {
            (SyntaxKind::NODE_IDENT, Some(SyntaxKind::NODE_INHERIT)) => below
                .parent()
                .and_then(rnix::ast::Inherit::cast)
                .is_some_and(|inherit| inherit.from().is_none()),
            (
                SyntaxKind::NODE_IDENT,
                Some(
                    SyntaxKind::NODE_ATTRPATH
                    | SyntaxKind::NODE_IDENT_PARAM
                    | SyntaxKind::NODE_PAT_ENTRY
                    | SyntaxKind::NODE_PAT_BIND,
                ),
            ) => is_default(&below),
            (SyntaxKind::NODE_IDENT, _) => true,
            _ => false,
        };
        if is_use {
            *uses.entry(below.text().to_string()).or_default() += 1;
        }
    }
    uses
}

/// Whether a name in the entry of a pattern is its default, and not the argument.
fn is_default(node: &SyntaxNode) -> bool {
    let entry = node.parent().and_then(rnix::ast::PatEntry::cast);
    let argument = entry.and_then(|entry| entry.ident());
    argument.is_some_and(|argument| argument.syntax() != node)
}

fn arguments(lambda: &Lambda, text: &str, found: &mut Vec<Unused>) {
    let Some(Param::Pattern(pattern)) = lambda.param() else {
        return;
    };
    // What is called by another name as a whole may be used by that.
    if pattern.pat_bind().is_some() {
        return;
    }
    let uses = uses(lambda.syntax());
    for entry in pattern.pat_entries() {
        let Some(token) = entry.ident().and_then(|ident| ident.ident_token()) else {
            continue;
        };
        if uses.contains_key(token.text()) {
            continue;
        }
        found.push(Unused {
            name: token.text().to_owned(),
            binder: Binder::Argument,
            range: range(&entry),
            removal: without_comment(argument_removal(entry.syntax()), text),
        });
    }
}

/// The entry with its comma and what stands between.
fn argument_removal(entry: &SyntaxNode) -> Range<usize> {
    let own = entry.text_range();
    let (start, end) = (usize::from(own.start()), usize::from(own.end()));
    let next = sibling(entry, Way::Behind);
    if let Some((SyntaxKind::TOKEN_COMMA, comma)) = next {
        let after = beyond(entry, comma.end);
        // Up to the next entry, so that its indentation is the removed one's; behind the last one from the entry before.
        let before = match sibling(entry, Way::Before) {
            Some((SyntaxKind::TOKEN_COMMA, before)) if after == comma.end => before.end,
            _ => start,
        };
        return before..after;
    }
    match sibling(entry, Way::Before) {
        Some((SyntaxKind::TOKEN_COMMA, comma)) => comma.start..end,
        _ => start..end,
    }
}

#[derive(Clone, Copy)]
enum Way {
    Before,
    Behind,
}

/// The nearest thing beside a node that is no space.
fn sibling(node: &SyntaxNode, way: Way) -> Option<(SyntaxKind, Range<usize>)> {
    let step = |at: &NodeOrToken<SyntaxNode, rnix::SyntaxToken>| match way {
        Way::Before => at.prev_sibling_or_token(),
        Way::Behind => at.next_sibling_or_token(),
    };
    let mut at = step(&NodeOrToken::Node(node.clone()));
    while let Some(here) = &at {
        if here.kind() != SyntaxKind::TOKEN_WHITESPACE {
            let range = here.text_range();
            return Some((here.kind(), range.start().into()..range.end().into()));
        }
        at = step(here);
    }
    None
}

/// Where the next thing behind a comma begins, if that is an entry; else the end of the comma.
fn beyond(entry: &SyntaxNode, comma: usize) -> usize {
    let mut at = entry.next_sibling_or_token();
    while let Some(here) = at {
        let start = usize::from(here.text_range().start());
        if start >= comma && here.kind() != SyntaxKind::TOKEN_WHITESPACE {
            return match here.kind() {
                SyntaxKind::TOKEN_R_BRACE => comma,
                _ => start,
            };
        }
        at = here.next_sibling_or_token();
    }
    comma
}

fn bound(bindings: &LetIn, text: &str, found: &mut Vec<Unused>) {
    let uses = uses(bindings.syntax());
    let entries: Vec<Entry> = bindings.entries().collect();
    let is_only = entries.len() == 1;
    for entry in entries {
        match entry {
            Entry::AttrpathValue(entry) => {
                let attrs = entry
                    .attrpath()
                    .map(|path| path.attrs().collect::<Vec<_>>());
                let Some([first]) = attrs.as_deref() else {
                    continue;
                };
                let Some(name) = name(first).filter(|name| !uses.contains_key(name)) else {
                    continue;
                };
                let place = range(&entry);
                let removal = if is_only {
                    whole_let(bindings)
                } else {
                    Some(with_space(&place, text))
                };
                found.push(Unused {
                    name,
                    binder: Binder::Let,
                    range: range(first),
                    removal: removal.and_then(|removal| without_comment(removal, text)),
                });
            }
            Entry::Inherit(inherit) => {
                let attrs: Vec<_> = inherit.attrs().collect();
                // A name that is inherited from around stands there as a use of itself.
                let own = usize::from(inherit.from().is_none());
                let is_unused = |attr: &&rnix::ast::Attr| {
                    name(attr)
                        .is_some_and(|name| uses.get(&name).copied().unwrap_or_default() <= own)
                };
                // Where no name of it is used, the whole goes.
                let are_all = attrs.iter().all(|attr| is_unused(&attr));
                for attr in attrs.iter().filter(is_unused) {
                    let Some(name) = name(attr) else { continue };
                    let removal = match (are_all, is_only) {
                        (true, true) => whole_let(bindings),
                        (true, false) => Some(with_space(&range(&inherit), text)),
                        _ => Some(with_space(&range(attr), text)),
                    };
                    found.push(Unused {
                        name,
                        binder: Binder::Let,
                        range: range(attr),
                        removal: removal.and_then(|removal| without_comment(removal, text)),
                    });
                }
            }
        }
    }
}

/// From `let` up to the body.
fn whole_let(bindings: &LetIn) -> Option<Range<usize>> {
    Some(range(bindings).start..range(&bindings.body()?).start)
}

/// A piece of text with the space before it, unless that keeps two words apart.
fn with_space(place: &Range<usize>, text: &str) -> Range<usize> {
    let before = text.get(..place.start).unwrap_or_default();
    let start = before.trim_end().len();
    let is_word =
        |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '\'' | '-'));
    let last = before
        .get(..start)
        .and_then(|text| text.chars().next_back());
    let next = text.get(place.end..).and_then(|text| text.chars().next());
    if is_word(last) && is_word(next) {
        place.clone()
    } else {
        start..place.end
    }
}

/// The range, unless it holds a comment.
fn without_comment(range: Range<usize>, text: &str) -> Option<Range<usize>> {
    let inside = text.get(range.clone())?;
    let is_free = !inside.contains('#') && !inside.contains("/*");
    is_free.then_some(range)
}
