//! The whole picture: title, boxes, lines, legend.

use super::legend::{self, legend};
use super::text::{escaped, width};
use super::{CONDITIONAL, Item, MEMBER, style};
use crate::graph::Picture;
use crate::graph::layout::{Layout, Wire};
use std::fmt::Write;

/// What lies around everything.
const MARGIN: i64 = 24;

/// Height of the title with its second line.
const TITLE: i64 = 62;

/// Length of an arrow's tip.
const TIP: i64 = 7;

/// No picture is narrower: the legend wants some room.
const NARROWEST: i64 = 620;

/// The picture's text.
pub(super) fn page(picture: &Picture, items: &[Item], layout: &Layout) -> String {
    let subtitle = picture.subtitle();
    let title = &picture.whole.title;
    let inner = layout
        .width
        .max(width(title, 20))
        .max(width(&subtitle, 11))
        .max(NARROWEST);
    let origin = (MARGIN + (inner - layout.width) / 2, MARGIN + TITLE);
    let below = origin.1 + layout.height + MARGIN;
    let (legend, rows) = legend(picture, items, layout, (MARGIN, below), inner);
    let (wide, high) = (inner + 2 * MARGIN, below + rows * legend::ROW + MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" height=\"{high}\" role=\"img\" aria-labelledby=\"title desc\">\n"
    );
    let _ = writeln!(out, "<title id=\"title\">{}</title>", escaped(title));
    let _ = writeln!(
        out,
        "<desc id=\"desc\">What requires what, from left to right: {}</desc>",
        escaped(&subtitle)
    );
    let _ = writeln!(out, "<style>\n{}</style>", style::style());
    let _ = writeln!(
        out,
        "<rect class=\"page\" width=\"{wide}\" height=\"{high}\" rx=\"10\"/>"
    );
    let _ = writeln!(
        out,
        "<text class=\"title\" x=\"{MARGIN}\" y=\"{}\">{}</text>",
        MARGIN + 18,
        escaped(title)
    );
    let _ = writeln!(
        out,
        "<text class=\"note\" x=\"{MARGIN}\" y=\"{}\">{}</text>",
        MARGIN + 38,
        escaped(&subtitle)
    );
    let moved = |(x, y): (i64, i64)| (x + origin.0, y + origin.1);
    for wire in &layout.wires {
        line(wire, moved, &mut out);
    }
    for (item, place) in items.iter().zip(&layout.boxes) {
        let corner = moved((place.x, place.y));
        match item {
            Item::Card(card) => card.draw(corner, place.width, &mut out),
            Item::Frame(frame) => frame.draw(corner, &mut out),
        }
    }
    out + legend.as_str() + "</svg>\n"
}

/// A piece of a line, with its arrow where it ends at a box.
fn line(wire: &Wire, moved: impl Fn((i64, i64)) -> (i64, i64), out: &mut String) {
    let (class, tip) = match wire.style {
        MEMBER => ("line member", "member-tip"),
        CONDITIONAL => ("line rare-line", "tip"),
        _ => ("line", "tip"),
    };
    let arrives = wire.ends.1.is_some() && !wire.is_turned;
    let departs = wire.ends.0.is_some() && wire.is_turned;
    let (mut from, mut to) = (moved(wire.from), moved(wire.to));
    let (gap, gap_end) = (moved((wire.gap, 0)).0, moved((wire.gap_end, 0)).0);
    for (wanted, (x, y), way) in [(arrives, to, -1), (departs, from, 1)] {
        if wanted {
            let (back, high) = (x + way * TIP, TIP / 2);
            let _ = writeln!(
                out,
                "<path class=\"{tip}\" d=\"M{x} {y}L{back} {} {back} {}z\"/>",
                y - high,
                y + high
            );
        }
    }
    if arrives {
        to.0 -= TIP;
    }
    if departs {
        from.0 += TIP;
    }
    let end = gap_end.min(to.0);
    let start = gap.max(from.0);
    let middle = i64::midpoint(start, end);
    let _ = writeln!(
        out,
        "<path class=\"{class}\" d=\"M{} {}H{start}C{middle} {} {middle} {} {end} {}H{}\"/>",
        from.0, from.1, from.1, to.1, to.1, to.0
    );
}
