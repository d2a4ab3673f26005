//! A graph in the language of Graphviz.

use super::{Kind, Picture};
use std::fmt::Write;

/// The text for `dot`.
pub fn dot(picture: &Picture) -> String {
    let title = format!("{}\n{}", picture.whole.title, picture.subtitle());
    let mut text = "digraph requirements {\n".to_owned();
    let _ = writeln!(
        text,
        "  graph [rankdir=LR, label={}, labelloc=t, fontname=\"sans-serif\", fontsize=18, ranksep=0.9, nodesep=0.18];",
        quoted(&title, "\\n")
    );
    text.push_str("  node [shape=box, style=filled, fontname=\"monospace\", fontsize=11, fontcolor=\"#1c2024\"];\n");
    text.push_str("  edge [color=\"#66737f\", fontname=\"monospace\", fontsize=9];\n");
    for (name, node) in &picture.drawn.nodes {
        let label = match node.version.as_str() {
            "" => node.label.clone(),
            version => format!("{}\n{version}", node.label),
        };
        let _ = writeln!(
            text,
            "  {} [label={}, {}];",
            quoted(name, " "),
            quoted(&label, "\\n"),
            look(node.kind)
        );
        let beside: Vec<String> = picture
            .beside(name)
            .into_iter()
            .map(|(line, _)| line + "\n")
            .collect();
        if !beside.is_empty() {
            let list = quoted(&format!("{name} of nixpkgs"), " ");
            let label = quoted(&beside.concat(), "\\l");
            let _ = writeln!(text, "  {list} [label={label}, {}];", look(Kind::Nixpkgs));
            let _ = writeln!(text, "  {} -> {list};", quoted(name, " "));
        }
    }
    for ((from, to), edge) in &picture.drawn.edges {
        let extras = edge.extras.iter().map(|extra| format!("[{extra}]"));
        let words: Vec<String> = extras.chain(edge.only.iter().cloned()).collect();
        let mut attributes = Vec::new();
        if !words.is_empty() {
            attributes.push(format!("label={}", quoted(&words.join(", "), " ")));
        }
        if !edge.only.is_empty() {
            attributes.push("style=dashed".to_owned());
        }
        let attributes = match attributes.as_slice() {
            [] => String::new(),
            some => format!(" [{}]", some.join(", ")),
        };
        let (from, to) = (quoted(from, " "), quoted(to, " "));
        let _ = writeln!(text, "  {from} -> {to}{attributes};");
    }
    text + legend(picture).as_str() + "}\n"
}

fn legend(picture: &Picture) -> String {
    let mut text = "  subgraph cluster_legend {\n    label=\"Legend\";\n    fontsize=12;\n    color=\"#98a7b6\";\n".to_owned();
    for kind in picture.kinds() {
        let _ = writeln!(
            text,
            "    {} [label={}, {}];",
            quoted(&format!("legend {}", kind.name()), " "),
            quoted(kind.label(), " "),
            look(kind)
        );
    }
    text + "  }\n"
}

fn look(kind: Kind) -> String {
    let colours = kind.light();
    format!("fillcolor=\"{}\", color=\"{}\"", colours.fill, colours.line)
}

/// A quoted string of DOT; `line` stands for each line end.
fn quoted(text: &str, line: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", escaped.replace('\n', line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_escaped() {
        for (text, expected) in [
            ("plain", "\"plain\""),
            ("a\"b\\c", "\"a\\\"b\\\\c\""),
            ("two\nlines", "\"two\\nlines\""),
        ] {
            assert_eq!(quoted(text, "\\n"), expected);
        }
    }
}
