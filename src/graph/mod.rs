//! What requires what, as a graph, and its pictures: tree, Mermaid, DOT, SVG, JSON. Pure: a lock in, text out.

mod dot;
mod json;
mod kind;
mod layout;
mod mermaid;
mod of_lock;
mod part;
mod picture;
mod reduce;
mod svg;
mod tree_text;

pub use dot::dot;
pub use json::json;
pub use kind::Kind;
pub use mermaid::mermaid;
pub use of_lock::of_lock;
pub use picture::{FromNixpkgs, Picture};
pub use svg::svg;
pub use tree_text::{Lines, tree_text};

use std::collections::{BTreeMap, BTreeSet};

/// Packages and what each requires.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// What it is a picture of, in a few words.
    pub title: String,
    /// The categories that there are, by their names, in the order in which they are shown.
    pub categories: Vec<(String, String)>,
    /// The nodes by their names. Those of nixpkgs have a prefix, so that no two run together.
    pub nodes: BTreeMap<String, Node>,
    /// The edges, from who requires to what is required.
    pub edges: BTreeMap<(String, String), Edge>,
}

/// One node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its name for people.
    pub label: String,
    /// Its version; empty where none is known.
    pub version: String,
    /// What it is.
    pub kind: Kind,
    /// Its category in the catalogue; empty where it has none.
    pub category: String,
}

/// One edge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edge {
    /// Extras of what is required that are taken along.
    pub extras: BTreeSet<String>,
    /// When it holds: systems, or extras of who requires. Empty for always.
    pub only: BTreeSet<String>,
}

impl Graph {
    /// What `name` requires.
    pub fn required_by<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a str, &'a Edge)> {
        let from = (name.to_owned(), String::new());
        self.edges
            .range(from..)
            .take_while(move |((from, _), _)| from == name)
            .map(|((_, to), edge)| (to.as_str(), edge))
    }

    /// The names of the nodes of one kind, sorted.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &str> {
        let nodes = self.nodes.iter();
        nodes
            .filter(move |(_, node)| node.kind == kind)
            .map(|(name, _)| name.as_str())
    }

    /// How many nodes of nixpkgs there are, and how many others besides the environment.
    pub fn counts(&self) -> (usize, usize) {
        let nixpkgs = self.of_kind(Kind::Nixpkgs).count();
        let environments = self.of_kind(Kind::Environment).count();
        (nixpkgs, self.nodes.len() - nixpkgs - environments)
    }

    /// Adds what is required, joined with what is known of the same pair.
    fn add(&mut self, from: &str, to: &str, edge: Edge) {
        match self.edges.entry((from.to_owned(), to.to_owned())) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(edge);
            }
            std::collections::btree_map::Entry::Occupied(mut known) => {
                let known = known.get_mut();
                // What holds always is not made rarer by a second requirement.
                if known.only.is_empty() || edge.only.is_empty() {
                    known.only.clear();
                } else {
                    known.only.extend(edge.only);
                }
                known.extras.extend(edge.extras);
            }
        }
    }

    /// A required node's name with the extras that are taken along: `uvicorn[standard]`.
    fn label_with_extras(&self, to: &str, edge: &Edge) -> String {
        let label = self.nodes.get(to).map_or(to, |node| node.label.as_str());
        if edge.extras.is_empty() {
            return label.to_owned();
        }
        let extras: Vec<&str> = edge.extras.iter().map(String::as_str).collect();
        format!("{label}[{}]", extras.join(","))
    }
}
