//! The attributes of a set, as they are written.

use super::free::free;
use super::scope::{name, path, range};
use rnix::ast::{AttrSet, Entry, HasEntry};
use rowan::ast::AstNode;
use std::collections::BTreeSet;
use std::ops::Range;

/// One attribute of a package, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name; the first one of `meta.license`.
    pub name: String,
    /// The whole entry, with its semicolon.
    pub range: Range<usize>,
    /// The names that it needs from around it.
    pub needs: BTreeSet<String>,
}

/// The attributes of a set, each as it is written.
pub(super) fn attributes(set: &AttrSet) -> Vec<Attribute> {
    let mut found = Vec::new();
    for entry in set.entries() {
        match entry {
            Entry::AttrpathValue(entry) => {
                let first = path(&entry).and_then(|path| path.into_iter().next());
                let text = entry
                    .attrpath()
                    .map(|path| path.syntax().text().to_string());
                found.push(Attribute {
                    name: first.or(text).unwrap_or_default(),
                    range: range(&entry),
                    needs: free(entry.syntax()),
                });
            }
            Entry::Inherit(inherit) => {
                for attr in inherit.attrs() {
                    found.push(Attribute {
                        name: name(&attr).unwrap_or_default(),
                        range: range(&inherit),
                        needs: free(inherit.syntax()),
                    });
                }
            }
        }
    }
    found
}
