//! A graph as a Mermaid flowchart.

use super::{Kind, Picture};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The text of the flowchart. Names are numbers in it, so that no name can be taken for Mermaid's own words.
pub fn mermaid(picture: &Picture) -> String {
    let title = serde_json::Value::from(format!("{}: {}", picture.whole.title, picture.subtitle()));
    let mut text = format!("---\ntitle: {title}\n---\nflowchart LR\n");
    let graph = &picture.drawn;
    let ids: BTreeMap<&str, usize> = graph.nodes.keys().map(String::as_str).zip(0..).collect();
    for (name, node) in &graph.nodes {
        let id = ids.get(name.as_str()).copied().unwrap_or_default();
        let label = match node.version.as_str() {
            "" => quoted(&node.label),
            version => format!("{}<br/>{}", quoted(&node.label), quoted(version)),
        };
        let _ = writeln!(text, "  n{id}[\"{label}\"]:::{}", class(node.kind));
        let beside: Vec<String> = picture
            .beside(name)
            .iter()
            .map(|(line, _)| quoted(line))
            .collect();
        if !beside.is_empty() {
            let class = class(Kind::Nixpkgs);
            let _ = writeln!(text, "  n{id}x[\"{}\"]:::{class}", beside.join("<br/>"));
            let _ = writeln!(text, "  n{id} --> n{id}x");
        }
    }
    for ((from, to), edge) in &graph.edges {
        let (Some(from), Some(to)) = (ids.get(from.as_str()), ids.get(to.as_str())) else {
            continue;
        };
        let arrow = if edge.only.is_empty() { "-->" } else { "-.->" };
        let extras = edge.extras.iter().map(|extra| format!("[{extra}]"));
        let words: Vec<String> = extras.chain(edge.only.iter().cloned()).collect();
        let label = match words.as_slice() {
            [] => String::new(),
            words => format!("|\"{}\"|", quoted(&words.join(", "))),
        };
        let _ = writeln!(text, "  n{from} {arrow}{label} n{to}");
    }
    text + legend(picture).as_str()
}

fn legend(picture: &Picture) -> String {
    let mut text = "  subgraph legend [Legend]\n    direction TB\n".to_owned();
    let kinds = picture.kinds();
    for kind in &kinds {
        let class = class(*kind);
        let _ = writeln!(text, "    legend_{class}[\"{}\"]:::{class}", kind.label());
    }
    text.push_str("  end\n");
    for kind in kinds {
        let colours = kind.light();
        let _ = writeln!(
            text,
            "  classDef {} fill:{},stroke:{},color:#1c2024",
            class(kind),
            colours.fill,
            colours.line
        );
    }
    text
}

/// The name of a kind's class: letters alone.
fn class(kind: Kind) -> String {
    kind.name().replace('-', "")
}

/// Text inside a quoted label, where `#` begins a reference to a character.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '#' | '"' | '<' | '>' | '&' | '`' | '\\' => {
                let _ = write!(quoted, "#{};", u32::from(c));
            }
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_escaped() {
        for (text, expected) in [
            ("uvicorn[standard]", "uvicorn[standard]"),
            ("a\"b", "a#34;b"),
            ("<b>#1;&", "#60;b#62;#35;1;#38;"),
            ("end\n", "end "),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }
}
