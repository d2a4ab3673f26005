//! From places to boxes and lines on paper.

use super::slots::{Link, Slots};
use super::{Layout, Rect, Size};
use std::collections::BTreeMap;

/// The least and the largest distance between two columns; lines make it wider.
const NARROW: i64 = 56;
const WIDE: i64 = 130;
const FOR_EACH_LINE: i64 = 4;

/// The distance between the ends of lines at one box, where there is room.
const ENDS_APART: i64 = 13;

/// What stays free of ends at the corners of a box.
const CORNER: i64 = 12;

/// A piece of a line: from the right edge of a box or a passing place, over the gap, to the left edge of the next, and on to
/// the far edge of that column where the next is a passing place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graph) struct Wire {
    /// Where it begins.
    pub(in crate::graph) from: (i64, i64),
    /// Where the gap begins: the line is straight up to there.
    pub(in crate::graph) gap: i64,
    /// Where the gap ends; the line is straight from there.
    pub(in crate::graph) gap_end: i64,
    /// Where it ends.
    pub(in crate::graph) to: (i64, i64),
    /// How it looks.
    pub(in crate::graph) style: usize,
    /// The box at its beginning and at its end, where there is one.
    pub(in crate::graph) ends: (Option<usize>, Option<usize>),
    /// Whether its arrow is at the beginning.
    pub(in crate::graph) is_turned: bool,
}

/// Everything in its place.
pub(super) fn draw(slots: &Slots, sizes: &[Size]) -> Layout {
    let columns = columns(slots, sizes);
    let mut layout = Layout {
        boxes: vec![Rect::default(); sizes.len()],
        ..Layout::default()
    };
    let mut spans = vec![(0, 0); slots.all.len()];
    for (column, (left, right)) in slots.columns.iter().zip(&columns) {
        for number in column {
            let Some(slot) = slots.all.get(*number) else {
                continue;
            };
            let size = slot.item.and_then(|item| sizes.get(item));
            let width = size.map_or(right - left, |size| even(size, right - left));
            let place = Rect {
                x: left + (right - left - width) / 2,
                y: slot.middle - slot.height / 2,
                width,
                height: slot.height,
            };
            if let Some(span) = spans.get_mut(*number) {
                *span = (place.x, place.x + width);
            }
            if let Some(known) = slot.item.and_then(|item| layout.boxes.get_mut(item)) {
                *known = place;
            }
            layout.height = layout.height.max(place.y + place.height);
        }
        layout.width = *right;
    }
    layout.wires = wires(slots, &columns, &spans);
    layout
}

/// The pieces of the lines, between what the places span from left to right.
fn wires(slots: &Slots, columns: &[(i64, i64)], spans: &[(i64, i64)]) -> Vec<Wire> {
    let column_of = column_of(slots);
    let (starts, ends) = (ports(slots, Side::Right), ports(slots, Side::Left));
    let span = |slot: usize| spans.get(slot).copied().unwrap_or_default();
    let column = |slot: usize| {
        let column = column_of.get(&slot).copied().unwrap_or_default();
        columns.get(column).copied().unwrap_or_default()
    };
    let item = |slot: usize| slots.all.get(slot).and_then(|slot| slot.item);
    let pieces = slots.links.iter().map(|link| {
        let y = |ports: &BTreeMap<Link, i64>| ports.get(link).copied().unwrap_or_default();
        let arrival = match item(link.to) {
            Some(_) => span(link.to).0,
            None => column(link.to).1,
        };
        Wire {
            from: (span(link.from).1, y(&starts)),
            gap: column(link.from).1,
            gap_end: column(link.to).0,
            to: (arrival, y(&ends)),
            style: link.style,
            ends: (item(link.from), item(link.to)),
            is_turned: link.is_turned,
        }
    });
    pieces.collect()
}

/// Boxes that are nearly as wide as their column are as wide.
fn even(size: &Size, column: i64) -> i64 {
    if size.alone || column > size.width * 2 {
        size.width
    } else {
        column
    }
}

/// Left and right edge of each column.
fn columns(slots: &Slots, sizes: &[Size]) -> Vec<(i64, i64)> {
    let column_of = column_of(slots);
    let mut lines = vec![0; slots.columns.len()];
    for link in &slots.links {
        if let Some(count) = column_of
            .get(&link.from)
            .and_then(|column| lines.get_mut(*column))
        {
            *count += 1;
        }
    }
    let mut left = 0;
    let mut columns = Vec::new();
    for (column, lines) in slots.columns.iter().zip(lines) {
        let widths = column.iter().filter_map(|number| {
            let item = slots.all.get(*number)?.item?;
            Some(sizes.get(item)?.width)
        });
        let right = left + widths.max().unwrap_or_default();
        columns.push((left, right));
        left = right + (NARROW + lines * FOR_EACH_LINE).min(WIDE);
    }
    columns
}

fn column_of(slots: &Slots) -> BTreeMap<usize, usize> {
    let columns = slots.columns.iter().enumerate();
    columns
        .flat_map(|(at, column)| column.iter().map(move |slot| (*slot, at)))
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// How high each link begins at the right side of its first place, or ends at the left side of its last: spread over the
/// middle of a box, in the order of the other ends, so that no two cross there.
fn ports(slots: &Slots, side: Side) -> BTreeMap<Link, i64> {
    let mut at: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
    for link in &slots.links {
        let slot = if side == Side::Right {
            link.from
        } else {
            link.to
        };
        at.entry(slot).or_default().push(*link);
    }
    let mut ports = BTreeMap::new();
    for (number, mut links) in at {
        let Some(slot) = slots.all.get(number) else {
            continue;
        };
        links.sort_by_key(|link| {
            let other = if side == Side::Right {
                link.to
            } else {
                link.from
            };
            (slots.middle(other), *link)
        });
        let gaps = i64::try_from(links.len()).unwrap_or(i64::MAX) - 1;
        let room = match slot.item {
            Some(_) => (slot.height - 2 * CORNER).max(0),
            None => 0,
        };
        let whole = room.min(gaps * ENDS_APART);
        for (index, link) in (0..).zip(links) {
            let shift = if gaps > 0 { whole * index / gaps } else { 0 };
            ports.insert(link, slot.middle - whole / 2 + shift);
        }
    }
    ports
}
