//! Names that nothing binds: Nix refuses a file for one of them, before it evaluates anything.

use super::Said;
use super::free::is_built_in;
use super::scope::names;
use rnix::ast::{AttrSet, HasEntry, Inherit, Lambda, LegacyLet, LetIn, Param, With};
use rnix::{SyntaxKind, SyntaxNode};
use rowan::ast::AstNode;
use std::collections::{BTreeMap, BTreeSet};

/// The names below a node that nothing binds, in the order of the text. What a `with` may give counts as bound.
pub(super) fn unbound(root: &SyntaxNode) -> Vec<Said<String>> {
    let mut looking = Looking::default();
    looking.node(root);
    looking.found.sort_by_key(|one| one.range.start);
    looking.found
}

#[derive(Default)]
struct Looking {
    /// How often each name is bound around here.
    bound: BTreeMap<String, usize>,
    /// How many `with` are around here.
    withs: usize,
    found: Vec<Said<String>>,
}

impl Looking {
    fn node(&mut self, node: &SyntaxNode) {
        match node.kind() {
            SyntaxKind::NODE_IDENT => self.used(node),
            SyntaxKind::NODE_LAMBDA => self.lambda(node),
            SyntaxKind::NODE_LET_IN => {
                let entries = LetIn::cast(node.clone()).map(|one| names(one.entries()));
                self.recursive(node, &entries.unwrap_or_default());
            }
            SyntaxKind::NODE_LEGACY_LET => {
                let entries = LegacyLet::cast(node.clone()).map(|one| names(one.entries()));
                self.recursive(node, &entries.unwrap_or_default());
            }
            SyntaxKind::NODE_ATTR_SET => match AttrSet::cast(node.clone()) {
                Some(set) if set.rec_token().is_some() => {
                    self.recursive(node, &names(set.entries()));
                }
                _ => self.children(node),
            },
            SyntaxKind::NODE_WITH => self.with(node),
            // The names of a path are no variables; what is computed in it is.
            SyntaxKind::NODE_ATTRPATH => {
                let inner = node.children();
                let computed = inner.filter(|inner| inner.kind() != SyntaxKind::NODE_IDENT);
                for inner in computed {
                    self.node(&inner);
                }
            }
            SyntaxKind::NODE_INHERIT => self.inherit(node),
            _ => self.children(node),
        }
    }

    fn children(&mut self, node: &SyntaxNode) {
        for inner in node.children() {
            self.node(&inner);
        }
    }

    fn used(&mut self, node: &SyntaxNode) {
        let name = node.text().to_string();
        let is_bound = self.bound.get(&name).is_some_and(|count| *count > 0);
        // Every builtin has a second name that begins so.
        if !is_bound && self.withs == 0 && !is_built_in(&name) && !name.starts_with("__") {
            let range = node.text_range();
            let range = usize::from(range.start())..usize::from(range.end());
            self.found.push(Said::new(name, range));
        }
    }

    /// Looks at something with more names bound.
    fn within(&mut self, names: &BTreeSet<String>, look: impl FnOnce(&mut Self)) {
        for name in names {
            *self.bound.entry(name.clone()).or_default() += 1;
        }
        look(self);
        for name in names {
            if let Some(count) = self.bound.get_mut(name) {
                *count -= 1;
            }
        }
    }

    fn lambda(&mut self, node: &SyntaxNode) {
        let parameter = Lambda::cast(node.clone()).and_then(|lambda| lambda.param());
        let mut own = BTreeSet::new();
        let mut defaults = Vec::new();
        match parameter {
            Some(Param::Pattern(pattern)) => {
                let whole = pattern.pat_bind().and_then(|bind| bind.ident());
                let entries = pattern.pat_entries();
                let all = entries.filter_map(|entry| {
                    defaults.extend(entry.default());
                    entry.ident()
                });
                own.extend(
                    all.chain(whole)
                        .map(|ident| ident.syntax().text().to_string()),
                );
            }
            Some(Param::IdentParam(one)) => {
                own.extend(one.ident().map(|ident| ident.syntax().text().to_string()));
            }
            None => {}
        }
        let body = Lambda::cast(node.clone()).and_then(|lambda| lambda.body());
        self.within(&own, |looking| {
            for inner in defaults.iter().chain(&body) {
                looking.node(inner.syntax());
            }
        });
    }

    /// A `let` or a recursive set: its values see its names, what it inherits from around it does not.
    fn recursive(&mut self, node: &SyntaxNode, own: &BTreeSet<String>) {
        let is_plain = |inner: &SyntaxNode| {
            let inherit = Inherit::cast(inner.clone());
            inherit.is_some_and(|inherit| inherit.from().is_none())
        };
        let (plain, others): (Vec<_>, Vec<_>) = node.children().partition(is_plain);
        for inner in &plain {
            self.node(inner);
        }
        self.within(own, |looking| {
            for inner in &others {
                looking.node(inner);
            }
        });
    }

    fn with(&mut self, node: &SyntaxNode) {
        let Some(with) = With::cast(node.clone()) else {
            return;
        };
        if let Some(namespace) = with.namespace() {
            self.node(namespace.syntax());
        }
        self.withs += 1;
        if let Some(body) = with.body() {
            self.node(body.syntax());
        }
        self.withs -= 1;
    }

    fn inherit(&mut self, node: &SyntaxNode) {
        let Some(inherit) = Inherit::cast(node.clone()) else {
            return;
        };
        match inherit.from() {
            Some(from) => self.children(from.syntax()),
            None => self.children(node),
        }
    }
}
