//! Which names a piece of text needs from around it.

use super::scope::{name, names};
use rnix::SyntaxKind;
use rnix::ast::{HasEntry, Ident, Inherit};
use rowan::ast::AstNode;
use std::collections::BTreeSet;

/// Names that every Nix expression has.
const BUILT_IN: [&str; 26] = [
    "abort",
    "baseNameOf",
    "break",
    "builtins",
    "derivation",
    "derivationStrict",
    "dirOf",
    "false",
    "fetchGit",
    "fetchMercurial",
    "fetchTarball",
    "fetchTree",
    "fromTOML",
    "import",
    "isNull",
    "map",
    "null",
    "placeholder",
    "removeAttrs",
    "scopedImport",
    "throw",
    "toString",
    "true",
    "__curPos",
    "__findFile",
    "__nixPath",
];

/// Whether every Nix expression has a name.
pub(super) fn is_built_in(name: &str) -> bool {
    BUILT_IN.contains(&name)
}

/// The names that the node uses and does not bind itself. A name below a `with` of the node counts as bound by it.
pub(super) fn free(node: &rnix::SyntaxNode) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let mut bound = BTreeSet::new();
    for below in node.descendants() {
        match below.kind() {
            SyntaxKind::NODE_IDENT => {
                let is_name = below.parent().is_some_and(|above| {
                    matches!(
                        above.kind(),
                        SyntaxKind::NODE_ATTRPATH
                            | SyntaxKind::NODE_IDENT_PARAM
                            | SyntaxKind::NODE_PAT_ENTRY
                            | SyntaxKind::NODE_PAT_BIND
                            | SyntaxKind::NODE_INHERIT
                    )
                });
                let text = Ident::cast(below.clone()).and_then(|ident| ident.ident_token());
                let Some(text) = text.map(|token| token.text().to_owned()) else {
                    continue;
                };
                let above = below.parent().map(|above| above.kind());
                if is_name {
                    if above != Some(SyntaxKind::NODE_ATTRPATH)
                        && above != Some(SyntaxKind::NODE_INHERIT)
                    {
                        bound.insert(text);
                    }
                } else if !is_below_with(&below, node) {
                    used.insert(text);
                }
            }
            SyntaxKind::NODE_INHERIT => {
                let Some(inherit) = Inherit::cast(below.clone()) else {
                    continue;
                };
                if inherit.from().is_none() {
                    used.extend(inherit.attrs().filter_map(|attr| name(&attr)));
                }
            }
            SyntaxKind::NODE_LET_IN => {
                if let Some(bindings) = rnix::ast::LetIn::cast(below.clone()) {
                    bound.extend(names(bindings.entries()));
                }
            }
            SyntaxKind::NODE_ATTR_SET => {
                if let Some(set) = rnix::ast::AttrSet::cast(below.clone())
                    && set.rec_token().is_some()
                {
                    bound.extend(names(set.entries()));
                }
            }
            _ => {}
        }
    }
    used.retain(|name| !bound.contains(name) && !BUILT_IN.contains(&name.as_str()));
    used
}

/// Whether a `with` inside `node` may give the name.
fn is_below_with(ident: &rnix::SyntaxNode, node: &rnix::SyntaxNode) -> bool {
    let mut inner = ident.clone();
    while inner != *node {
        let Some(above) = inner.parent() else {
            return false;
        };
        if let Some(with) = rnix::ast::With::cast(above.clone())
            && with.body().is_some_and(|body| *body.syntax() == inner)
        {
            return true;
        }
        inner = above;
    }
    false
}
