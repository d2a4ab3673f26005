//! A graph as a tree of lines for a terminal.

use super::{FromNixpkgs, Graph, Kind, Picture};
use std::collections::BTreeSet;

/// The lists of names are broken to lines of this many columns.
const COLUMNS: usize = 80;

/// No list is narrower than this, however deep it stands.
const NARROWEST: usize = 24;

/// With what the lines are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// Line-drawing characters.
    Unicode,
    /// What every terminal and every font has.
    Ascii,
}

impl Lines {
    fn branch(self, is_last: bool) -> &'static str {
        match (self, is_last) {
            (Self::Unicode, false) => "├── ",
            (Self::Unicode, true) => "└── ",
            (Self::Ascii, false) => "|-- ",
            (Self::Ascii, true) => "`-- ",
        }
    }

    fn below(self, is_last: bool) -> &'static str {
        match (self, is_last) {
            (_, true) => "    ",
            (Self::Unicode, false) => "│   ",
            (Self::Ascii, false) => "|   ",
        }
    }
}

/// Each root with what it requires below it. What has been shown is not unfolded again, and has a `(*)`.
pub fn tree_text(picture: &Picture, roots: &[String], lines: Lines) -> String {
    let mut drawing = Drawing {
        picture,
        lines,
        shown: BTreeSet::new(),
        is_cut: false,
        is_rare: false,
        text: String::new(),
    };
    for root in roots {
        drawing.node(root, "", None);
    }
    let notes = [
        (drawing.is_cut, "(*) unfolded above\n"),
        (
            drawing.is_rare,
            "? only on some systems, or with an extra\n",
        ),
    ];
    if drawing.is_cut || drawing.is_rare {
        drawing.text.push('\n');
    }
    for (_, note) in notes.iter().filter(|(wanted, _)| *wanted) {
        drawing.text.push_str(note);
    }
    drawing.text
}

struct Drawing<'a> {
    picture: &'a Picture,
    lines: Lines,
    shown: BTreeSet<&'a str>,
    is_cut: bool,
    is_rare: bool,
    text: String,
}

impl<'a> Drawing<'a> {
    /// A node's line and all below it. `prefix` stands before every line of it.
    fn node(&mut self, name: &'a str, prefix: &str, branch: Option<(bool, &str)>) {
        let graph: &'a Graph = &self.picture.drawn;
        let Some(node) = graph.nodes.get(name) else {
            return;
        };
        let children: Vec<_> = graph.required_by(name).collect();
        let children = self.worth_showing(name, children);
        let beside = self.picture.beside(name);
        let leaf = children.is_empty() && beside.is_empty();
        let again = !self.shown.insert(name) && !leaf;
        self.is_cut |= again;
        let (is_last, remark) = branch.unwrap_or_default();
        let mut words = vec![node.label.clone()];
        words.extend(Some(node.version.clone()).filter(|version| !version.is_empty()));
        words.extend(
            (node.kind == Kind::ThirdParty).then(|| "(third party, packaged here)".to_owned()),
        );
        words.extend(Some(remark.to_owned()).filter(|remark| !remark.is_empty()));
        words.extend(again.then(|| "(*)".to_owned()));
        let mark = branch.map_or("", |_| self.lines.branch(is_last));
        self.line(&format!("{prefix}{mark}{}", words.join(" ")));
        if again {
            return;
        }
        let inner = match branch {
            Some(_) => format!("{prefix}{}", self.lines.below(is_last)),
            None => prefix.to_owned(),
        };
        let count = children.len();
        for (at, (child, remark)) in children.into_iter().enumerate() {
            let is_last = at + 1 == count && beside.is_empty();
            self.node(child, &inner, Some((is_last, &remark)));
        }
        self.list(&inner, &beside);
    }

    /// What is shown below a node, with a note each. Below the environment stands what nothing else in it brings along.
    fn worth_showing(
        &self,
        name: &str,
        children: Vec<(&'a str, &'a super::Edge)>,
    ) -> Vec<(&'a str, String)> {
        let graph = &self.picture.drawn;
        let of_environment = graph
            .nodes
            .get(name)
            .is_some_and(|node| node.kind == Kind::Environment);
        let brought = |to: &str| {
            let mut edges = graph.edges.iter();
            edges.any(|((from, other), edge)| other == to && from != name && edge.only.is_empty())
        };
        children
            .into_iter()
            .filter(|(to, _)| !of_environment || !brought(to))
            .map(|(to, edge)| {
                let mut notes: Vec<String> = edge
                    .extras
                    .iter()
                    .map(|extra| format!("[{extra}]"))
                    .collect();
                if !edge.only.is_empty() {
                    let only: Vec<&str> = edge.only.iter().map(String::as_str).collect();
                    notes.push(format!("(only with {})", only.join(", ")));
                }
                (to, notes.join(" "))
            })
            .collect()
    }

    /// What comes from nixpkgs, broken into lines.
    fn list(&mut self, prefix: &str, names: &[(String, bool)]) {
        if names.is_empty() {
            return;
        }
        let mark = self.lines.branch(true);
        let head = match self.picture.nixpkgs {
            FromNixpkgs::List => "nixpkgs: ",
            _ => "",
        };
        let indent = prefix.chars().count() + 4 + head.len();
        let width = COLUMNS.saturating_sub(indent).max(NARROWEST);
        let mut rows: Vec<String> = vec![String::new()];
        for (at, (name, always)) in names.iter().enumerate() {
            let mut word = name.clone();
            word.push_str(if *always { "" } else { "?" });
            self.is_rare |= !always;
            word.push_str(if at + 1 == names.len() { "" } else { "," });
            match rows.last_mut() {
                Some(row) if row.is_empty() => row.push_str(&word),
                Some(row) if row.chars().count() + 1 + word.chars().count() <= width => {
                    row.push(' ');
                    row.push_str(&word);
                }
                _ => rows.push(word),
            }
        }
        for (at, row) in rows.iter().enumerate() {
            let start = if at == 0 {
                format!("{mark}{head}")
            } else {
                " ".repeat(4 + head.len())
            };
            self.line(&format!("{prefix}{start}{row}"));
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }
}
