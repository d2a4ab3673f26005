//! What the colours and lines mean.

use super::text::{escaped, width};
use super::{CONDITIONAL, Item, MEMBER, REQUIRED};
use crate::graph::Picture;
use crate::graph::layout::Layout;
use std::fmt::Write;

/// Height of a row.
pub(super) const ROW: i64 = 24;

const SIZE: i64 = 11;
const SAMPLE: i64 = 26;
const APART: i64 = 22;

/// An entry: how its sample is drawn, and its words.
struct Entry {
    sample: Sample,
    words: &'static str,
}

enum Sample {
    Box(&'static str),
    Line(&'static str),
    Words(&'static str),
}

/// The legend in rows of at most so many pixels, from there on; returns its text and the number of rows.
pub(super) fn legend(
    picture: &Picture,
    items: &[Item],
    layout: &Layout,
    (left, top): (i64, i64),
    wide: i64,
) -> (String, i64) {
    let (mut x, mut row) = (0, 0);
    let mut text = String::new();
    for entry in entries(picture, items, layout) {
        let needed = SAMPLE + width(entry.words, SIZE);
        if x > 0 && x + needed > wide {
            x = 0;
            row += 1;
        }
        let (at, middle) = (left + x, top + row * ROW + ROW / 2);
        let _ = match entry.sample {
            Sample::Box(class) => writeln!(
                text,
                "<rect class=\"{class}\" x=\"{at}\" y=\"{}\" width=\"18\" height=\"12\" rx=\"3\"/>",
                middle - 6
            ),
            Sample::Line(class) => {
                writeln!(text, "<path class=\"{class}\" d=\"M{at} {middle}h20\"/>")
            }
            Sample::Words(word) => writeln!(
                text,
                "<text class=\"item rare\" x=\"{at}\" y=\"{}\">{word}</text>",
                middle + 4
            ),
        };
        let _ = writeln!(
            text,
            "<text class=\"note\" x=\"{}\" y=\"{}\">{}</text>",
            at + SAMPLE,
            middle + 4,
            escaped(entry.words)
        );
        x += needed + APART;
    }
    (text, row + 1)
}

fn entries(picture: &Picture, items: &[Item], layout: &Layout) -> Vec<Entry> {
    let kinds = picture.kinds().into_iter().map(|kind| Entry {
        sample: Sample::Box(match kind {
            crate::graph::Kind::Environment => "head environment",
            crate::graph::Kind::Core => "head core",
            crate::graph::Kind::Integration => "head integration",
            crate::graph::Kind::Tool => "head tool",
            crate::graph::Kind::ThirdParty => "head third-party",
            crate::graph::Kind::Nixpkgs => "list",
        }),
        words: kind.label(),
    });
    let mut entries: Vec<Entry> = kinds.collect();
    let drawn = |style| layout.wires.iter().any(|wire| wire.style == style);
    for (style, class, words) in [
        (REQUIRED, "line", "requires"),
        (MEMBER, "line member", "brings along"),
        (
            CONDITIONAL,
            "line rare-line",
            "only on some systems, or with an extra",
        ),
    ] {
        if drawn(style) {
            entries.push(Entry {
                sample: Sample::Line(class),
                words,
            });
        }
    }
    let rare = |name: &String| picture.beside(name).iter().any(|(_, always)| !always);
    if picture.drawn.nodes.keys().any(rare) {
        entries.push(Entry {
            sample: Sample::Words("abc"),
            words: "only on some systems, or with an extra",
        });
    }
    if items.iter().any(|item| matches!(item, Item::Frame(_))) {
        entries.push(Entry {
            sample: Sample::Box("frame"),
            words: "a line at a frame is one for each in it",
        });
    }
    entries
}
