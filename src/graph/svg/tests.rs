//! What must hold of every picture.

use super::super::{Edge, FromNixpkgs, Graph, Node};
use super::*;
use crate::graph::layout::Rect;

/// An environment over a core of three, `count` packages that stand alike, and one over one of them.
fn graph(count: usize) -> Graph {
    let mut graph = Graph {
        title: "Acme <1.0> & \"more\"".to_owned(),
        ..Graph::default()
    };
    let mut add = |name: &str, kind: Kind, category: &str| {
        let node = Node {
            label: name.to_owned(),
            version: "1.0".to_owned(),
            kind,
            category: category.to_owned(),
        };
        graph.nodes.insert(name.to_owned(), node);
    };
    add("all", Kind::Environment, "");
    add("base", Kind::Core, "core");
    add("core", Kind::Core, "core");
    add("web", Kind::Core, "core");
    for number in 0..count {
        add(
            &format!("one-{number:02}"),
            Kind::Integration,
            ["cloud", "data", "other"][number % 3],
        );
    }
    add("over", Kind::Integration, "cloud");
    add("third", Kind::ThirdParty, "");
    for number in 0..30 {
        add(&format!("nixpkgs:lib-{number:02}"), Kind::Nixpkgs, "");
    }
    let only = Edge {
        only: ["aarch64-darwin".to_owned()].into(),
        ..Edge::default()
    };
    let mut edges = vec![("web".to_owned(), "core".to_owned())];
    edges.push(("core".to_owned(), "base".to_owned()));
    edges.push(("over".to_owned(), "one-00".to_owned()));
    edges.push(("over".to_owned(), "third".to_owned()));
    for number in 0..count {
        edges.push((format!("one-{number:02}"), "core".to_owned()));
        edges.push((
            format!("one-{number:02}"),
            format!("nixpkgs:lib-{:02}", number % 30),
        ));
    }
    edges.extend((0..27).map(|number| ("core".to_owned(), format!("nixpkgs:lib-{number:02}"))));
    for (from, to) in edges {
        graph.add(&from, &to, Edge::default());
    }
    graph.add("web", "nixpkgs:lib-29", only.clone());
    graph.add("web", "third", only);
    for name in graph.nodes.keys().cloned().collect::<Vec<_>>() {
        if name != "all" && !name.starts_with("nixpkgs:") {
            graph.add("all", &name, Edge::default());
        }
    }
    graph
}

/// Numbers of an attribute, of every element of the text that has it.
fn boxes(text: &str) -> Vec<Rect> {
    let number = |line: &str, name: &str| -> Option<i64> {
        let rest = line.split(&format!(" {name}=\"")).nth(1)?;
        rest.split('"').next()?.parse().ok()
    };
    let heads = text
        .lines()
        .filter(|line| line.starts_with("<rect class=\"head"));
    heads
        .filter_map(|line| {
            Some(Rect {
                x: number(line, "x")?,
                y: number(line, "y")?,
                width: number(line, "width")?,
                height: number(line, "height")?,
            })
        })
        .collect()
}

fn check(count: usize, nixpkgs: FromNixpkgs) {
    let picture = Picture::new(graph(count), nixpkgs).reduced();
    let text = svg(&picture);
    assert_eq!(text, svg(&picture), "the same bytes every time");
    let boxes = boxes(&text);
    for node in picture.drawn.nodes.values() {
        assert!(text.contains(&format!(">{}</text>", text::escaped(&node.label))));
    }
    for (at, one) in boxes.iter().enumerate() {
        for other in boxes.iter().skip(at + 1) {
            let apart = one.x + one.width <= other.x
                || other.x + other.width <= one.x
                || one.y + one.height <= other.y
                || other.y + other.height <= one.y;
            assert!(apart, "{one:?} and {other:?} overlap");
        }
    }
    assert!(boxes.len() >= picture.drawn.nodes.len(), "{}", boxes.len());
    assert!(text.contains("<title id=\"title\">Acme &lt;1.0&gt; &amp; &quot;more&quot;</title>"));
    for words in [
        "core package",
        "environment",
        "role=\"img\"",
        "prefers-color-scheme:dark",
    ] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn no_two_boxes_overlap_and_every_name_is_there() {
    for count in [1, 3, 15, 66] {
        for nixpkgs in FromNixpkgs::ALL {
            check(count, nixpkgs);
        }
    }
}

#[test]
fn a_frame_holds_its_boxes() {
    let picture = Picture::new(graph(20), FromNixpkgs::List).reduced();
    let groups = groups::groups(&picture.drawn);
    let largest = groups.iter().max_by_key(|group| group.len()).unwrap();
    assert_eq!(largest.len(), 19, "one of twenty has something above it");
    let cards: Vec<Card> = largest
        .iter()
        .filter_map(|name| Card::new(&picture, name))
        .collect();
    let frame = Frame::new(cards);
    for place in frame.boxes((0, 0)) {
        assert!(place.x > 0 && place.x + place.width < frame.width());
        assert!(place.y > 0 && place.y + place.height < frame.height());
    }
}
