//! The box of one node: its name and version, and below them what it takes from nixpkgs.

use super::text::{escaped, width};
use crate::graph::{Kind, Picture};
use std::fmt::Write;

/// Sizes of the fonts: the name, and everything else.
const NAME: i64 = 13;
const SMALL: i64 = 11;

/// Height of the part with the name.
const HEAD: i64 = 28;

/// Height of a line of the list, and what lies above and below the list.
const ROW: i64 = 15;
const AROUND: i64 = 7;

/// What lies left and right of text.
const INDENT: i64 = 10;

/// What lies between two columns of the list.
const COLUMN_GAP: i64 = 18;

/// No box is narrower.
const NARROWEST: i64 = 96;

/// A list of more names than this gets another column.
const ROWS: usize = 10;

/// The box of one node.
pub(super) struct Card {
    kind: Kind,
    /// The words of its category, after their place among the categories.
    pub(super) category: (usize, String),
    label: String,
    version: String,
    /// What it takes from nixpkgs, each with whether it always holds.
    list: Vec<(String, bool)>,
    columns: usize,
    /// What is said of it where the pointer rests.
    title: String,
    pub(super) width: i64,
}

impl Card {
    /// The box of the node `name`.
    pub(super) fn new(picture: &Picture, name: &str) -> Option<Self> {
        let node = picture.drawn.nodes.get(name)?;
        let list = picture.beside(name);
        let head = match node.version.as_str() {
            "" => width(&node.label, NAME),
            version => width(&node.label, NAME) + INDENT + width(version, SMALL),
        };
        let columns = list.len().div_ceil(ROWS).clamp(1, 4);
        let widest = list.iter().map(|(line, _)| width(line, SMALL)).max();
        let body = (widest.unwrap_or_default() + COLUMN_GAP) * pixels(columns) - COLUMN_GAP;
        Some(Self {
            kind: node.kind,
            category: category(picture, &node.category),
            label: node.label.clone(),
            version: node.version.clone(),
            list,
            columns,
            title: title(picture, name),
            width: (head.max(body) + 2 * INDENT).max(NARROWEST),
        })
    }

    pub(super) fn height(&self) -> i64 {
        match self.list.len() {
            0 => HEAD,
            count => HEAD + pixels(count.div_ceil(self.columns)) * ROW + 2 * AROUND,
        }
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Draws it with its left upper corner there, as wide as said.
    pub(super) fn draw(&self, (x, y): (i64, i64), wide: i64, out: &mut String) {
        let kind = self.kind.name();
        let _ = writeln!(out, "<g><title>{}</title>", escaped(&self.title));
        let height = self.height();
        if !self.list.is_empty() {
            let _ = writeln!(
                out,
                "<rect class=\"list\" x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{height}\" rx=\"5\"/>"
            );
        }
        let _ = writeln!(
            out,
            "<rect class=\"head {kind}\" x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{HEAD}\" rx=\"5\"/>"
        );
        let baseline = y + 19;
        let _ = writeln!(
            out,
            "<text class=\"name\" x=\"{}\" y=\"{baseline}\">{}</text>",
            x + INDENT,
            escaped(&self.label)
        );
        if !self.version.is_empty() {
            let _ = writeln!(
                out,
                "<text class=\"version\" x=\"{}\" y=\"{baseline}\">{}</text>",
                x + wide - INDENT,
                escaped(&self.version)
            );
        }
        let rows = self.list.len().div_ceil(self.columns).max(1);
        let column = (wide - 2 * INDENT + COLUMN_GAP) / pixels(self.columns);
        for (at, (line, always)) in self.list.iter().enumerate() {
            let class = if *always { "item" } else { "item rare" };
            let _ = writeln!(
                out,
                "<text class=\"{class}\" x=\"{}\" y=\"{}\">{}</text>",
                x + INDENT + column * pixels(at / rows),
                y + HEAD + AROUND + ROW * pixels(at % rows) + 11,
                escaped(line)
            );
        }
        out.push_str("</g>\n");
    }
}

/// The place and the words of a category; one that is not listed comes last, under its name.
fn category(picture: &Picture, name: &str) -> (usize, String) {
    let known = &picture.whole.categories;
    let found = known.iter().zip(0..).find(|((known, _), _)| known == name);
    found.map_or_else(
        || (known.len(), name.to_owned()),
        |((_, title), place)| (place, title.clone()),
    )
}

/// What a node is and what it requires, in one sentence.
fn title(picture: &Picture, name: &str) -> String {
    let graph = &picture.whole;
    let Some(node) = graph.nodes.get(name) else {
        return name.to_owned();
    };
    let mut title = node.label.clone();
    for part in [&node.version, &format!("({})", node.kind.label())] {
        if !part.is_empty() {
            title.push(' ');
            title.push_str(part);
        }
    }
    let required: Vec<String> = graph
        .required_by(name)
        .map(|(to, edge)| {
            let label = graph.label_with_extras(to, edge);
            let only: Vec<&str> = edge.only.iter().map(String::as_str).collect();
            match only.as_slice() {
                [] => label,
                only => format!("{label} (only with {})", only.join(", ")),
            }
        })
        .collect();
    match required.as_slice() {
        [] => title,
        required => format!("{title} requires {}", required.join(", ")),
    }
}

/// A number of things, as a factor.
pub(super) fn pixels(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX / 1000)
}
