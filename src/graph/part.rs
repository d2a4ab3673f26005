//! A part of a graph.

use super::{Graph, Kind};
use std::collections::{BTreeMap, BTreeSet};

impl Graph {
    /// These nodes and all that they require, down to `depth` steps below them.
    #[must_use]
    pub fn below(&self, roots: &[String], depth: Option<usize>) -> Self {
        let mut kept: BTreeSet<&str> = BTreeSet::new();
        let mut level: BTreeSet<&str> = roots.iter().map(String::as_str).collect();
        for _ in 0..=depth.unwrap_or(self.nodes.len()) {
            let next = level.iter().flat_map(|name| self.required_by(name));
            let next = next.map(|(to, _)| to).collect::<BTreeSet<_>>();
            kept.extend(&level);
            level = next.difference(&kept).copied().collect();
        }
        self.keeping(|name| kept.contains(name))
    }

    /// Without the nodes of nixpkgs.
    #[must_use]
    pub(super) fn without_nixpkgs(&self) -> Self {
        self.keeping(|name| {
            self.nodes
                .get(name)
                .is_some_and(|node| node.kind != Kind::Nixpkgs)
        })
    }

    fn keeping(&self, kept: impl Fn(&str) -> bool) -> Self {
        let nodes = self.nodes.iter().filter(|(name, _)| kept(name));
        let edges = self
            .edges
            .iter()
            .filter(|((from, to), _)| kept(from) && kept(to));
        Self {
            title: self.title.clone(),
            categories: self.categories.clone(),
            nodes: nodes
                .map(|(name, node)| (name.clone(), node.clone()))
                .collect(),
            edges: edges
                .map(|(pair, edge)| (pair.clone(), edge.clone()))
                .collect::<BTreeMap<_, _>>(),
        }
    }
}
