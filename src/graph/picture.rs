//! What a picture shows: the graph as it is drawn, and the lists of what comes from nixpkgs.

use super::{Graph, Kind};
use std::str::FromStr;

/// How what comes from nixpkgs is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FromNixpkgs {
    /// As a list beside each package.
    List,
    /// As a number beside each package.
    Count,
    /// As nodes like the others.
    Nodes,
    /// Not at all.
    None,
}

impl FromNixpkgs {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::List, Self::Count, Self::Nodes, Self::None];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Count => "count",
            Self::Nodes => "nodes",
            Self::None => "none",
        }
    }
}

impl FromStr for FromNixpkgs {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|form| form.name() == text);
        found.ok_or_else(|| format!("`{text}` is not one of list, count, nodes, none"))
    }
}

/// A graph, ready to be drawn.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Everything, for what is said about it.
    pub(super) whole: Graph,
    /// What is drawn.
    pub(super) drawn: Graph,
    pub(super) nixpkgs: FromNixpkgs,
}

impl Picture {
    /// A picture with all edges.
    pub fn new(graph: Graph, nixpkgs: FromNixpkgs) -> Self {
        let drawn = match nixpkgs {
            FromNixpkgs::Nodes => graph.clone(),
            FromNixpkgs::List | FromNixpkgs::Count | FromNixpkgs::None => graph.without_nixpkgs(),
        };
        Self {
            whole: graph,
            drawn,
            nixpkgs,
        }
    }

    /// The same without the edges that follow from others.
    #[must_use]
    pub fn reduced(mut self) -> Self {
        self.drawn = self.drawn.reduced();
        self
    }

    /// What stands beside the node `name`: names of nixpkgs or one line with their number. Each with whether it always holds.
    pub(super) fn beside(&self, name: &str) -> Vec<(String, bool)> {
        let from_nixpkgs = self
            .whole
            .required_by(name)
            .filter(|(to, _)| {
                self.whole
                    .nodes
                    .get(*to)
                    .is_some_and(|node| node.kind == Kind::Nixpkgs)
            })
            .map(|(to, edge)| (self.whole.label_with_extras(to, edge), edge.only.is_empty()));
        match self.nixpkgs {
            FromNixpkgs::List => from_nixpkgs.collect(),
            FromNixpkgs::Count => match from_nixpkgs.count() {
                0 => Vec::new(),
                count => vec![(format!("+ {count} from nixpkgs"), true)],
            },
            FromNixpkgs::Nodes | FromNixpkgs::None => Vec::new(),
        }
    }

    /// The kinds that are to be seen.
    pub(super) fn kinds(&self) -> Vec<Kind> {
        let lists = self
            .drawn
            .nodes
            .keys()
            .any(|name| !self.beside(name).is_empty());
        let drawn = |kind: &Kind| {
            self.drawn.of_kind(*kind).next().is_some() || (*kind == Kind::Nixpkgs && lists)
        };
        Kind::ALL.into_iter().filter(drawn).collect()
    }

    /// How many of what, in one line.
    pub(super) fn subtitle(&self) -> String {
        let (nixpkgs, here) = self.whole.counts();
        let here = match here {
            1 => "1 package built here".to_owned(),
            here => format!("{here} packages built here"),
        };
        format!("{here}, {nixpkgs} required of nixpkgs")
    }
}
