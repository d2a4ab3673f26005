//! The places in the columns: one for each box, and one wherever a line passes a column.

use super::layers::Forward;
use super::{Bundle, Size};
use std::collections::BTreeMap;

/// What a passing line takes of a column.
const PASSING: i64 = 6;

/// A place in a column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    /// The box, or `None` where lines pass.
    pub(super) item: Option<usize>,
    pub(super) height: i64,
    /// The middle, from the top.
    pub(super) middle: i64,
}

/// A piece of a line, from a place in one column to a place in the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) style: usize,
    /// Whether the line was turned round, and its arrow is at the beginning.
    pub(super) is_turned: bool,
}

/// Places, and how they hang together.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    pub(super) all: Vec<Slot>,
    /// The numbers of the places in each column, from the top.
    pub(super) columns: Vec<Vec<usize>>,
    /// Each once, sorted.
    pub(super) links: Vec<Link>,
}

impl Slots {
    /// The places that a place is linked to in the column before it (`true`) or after it.
    pub(super) fn neighbours(&self) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
        let mut before = vec![Vec::new(); self.all.len()];
        let mut after = before.clone();
        for link in &self.links {
            if let Some(list) = after.get_mut(link.from) {
                list.push(link.to);
            }
            if let Some(list) = before.get_mut(link.to) {
                list.push(link.from);
            }
        }
        (before, after)
    }

    pub(super) fn middle(&self, slot: usize) -> i64 {
        self.all.get(slot).map_or(0, |slot| slot.middle)
    }

    fn add(&mut self, column: usize, item: Option<usize>, height: i64) -> usize {
        let number = self.all.len();
        self.all.push(Slot {
            item,
            height,
            middle: 0,
        });
        if let Some(column) = self.columns.get_mut(column) {
            column.push(number);
        }
        number
    }
}

/// A place for each box, and for each line that passes a column. Lines of one bundle share their places.
pub(super) fn slots(sizes: &[Size], lines: &[Forward], layers: &[Vec<usize>]) -> Slots {
    let mut slots = Slots {
        columns: vec![Vec::new(); layers.len()],
        ..Slots::default()
    };
    let mut at = BTreeMap::new();
    for (column, items) in layers.iter().enumerate() {
        for item in items {
            let height = sizes.get(*item).map_or(0, |size| size.height);
            let slot = slots.add(column, Some(*item), height);
            at.insert(*item, (slot, column));
        }
    }
    let mut passing = BTreeMap::new();
    for forward in lines {
        let line = forward.line;
        let (Some((from, first)), Some((to, last))) =
            (at.get(&line.from).copied(), at.get(&line.to).copied())
        else {
            continue;
        };
        let piece = |from, to| Link {
            from,
            to,
            style: line.style,
            is_turned: forward.is_turned,
        };
        let mut before = from;
        for column in first + 1..last {
            let common = match line.bundle {
                Bundle::From => line.from,
                Bundle::To => line.to,
            };
            let key = (common, line.bundle, line.style, forward.is_turned, column);
            let here = *passing
                .entry(key)
                .or_insert_with(|| slots.add(column, None, PASSING));
            slots.links.push(piece(before, here));
            before = here;
        }
        slots.links.push(piece(before, to));
    }
    slots.links.sort_unstable();
    slots.links.dedup();
    slots
}
