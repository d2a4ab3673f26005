//! How high each place of a column stands: as near to its neighbours as order and distance allow.

use super::layers::APART;
use super::slots::{Slot, Slots};

/// How often the columns are gone through, once in each direction.
const SWEEPS: usize = 8;

/// What lies between lines that pass, and between such a line and a box.
const LINES_APART: i64 = 6;
const LINE_FROM_BOX: i64 = 12;

/// Sets the middle of each place; the highest edge is at 0.
pub(super) fn place(slots: &mut Slots) {
    let (before, after) = slots.neighbours();
    let columns = slots.columns.clone();
    for column in &columns {
        settle(slots, column, |_| None);
    }
    for _ in 0..SWEEPS {
        for column in columns.iter().rev() {
            settle(slots, column, |slot| after.get(slot));
        }
        for column in &columns {
            settle(slots, column, |slot| before.get(slot));
        }
    }
    // At last both sides pull.
    let both: Vec<Vec<usize>> = before
        .iter()
        .zip(&after)
        .map(|(before, after)| before.iter().chain(after).copied().collect())
        .collect();
    for column in columns.iter().rev().chain(&columns) {
        settle(slots, column, |slot| both.get(slot));
    }
    let top = slots.all.iter().map(|slot| slot.middle - slot.height / 2);
    let top = top.min().unwrap_or_default();
    for slot in &mut slots.all {
        slot.middle -= top;
    }
}

/// Moves the places of a column to the mean of their neighbours, as far as those beside them allow.
///
/// With the distances taken off, the heights only have to be in order; the nearest such heights are found by joining
/// those that are not (pool adjacent violators).
fn settle<'a>(
    slots: &mut Slots,
    column: &[usize],
    neighbours: impl Fn(usize) -> Option<&'a Vec<usize>>,
) {
    let mut offset = 0;
    let mut above: Option<Slot> = None;
    let mut blocks: Vec<Block> = Vec::new();
    let mut offsets = Vec::new();
    for number in column {
        let Some(slot) = slots.all.get(*number).copied() else {
            continue;
        };
        if let Some(above) = above {
            offset += (above.height + 1) / 2 + (slot.height + 1) / 2 + apart(above, slot);
        }
        above = Some(slot);
        offsets.push(offset);
        let near = neighbours(*number).map(Vec::as_slice).unwrap_or_default();
        let count = i64::try_from(near.len()).unwrap_or(i64::MAX);
        let wanted = match count {
            0 => slot.middle,
            count => near.iter().map(|other| slots.middle(*other)).sum::<i64>() / count,
        };
        // A line that passes shall be straight before anything else; what has no neighbours goes where it must.
        let weight = match (count, slot.item) {
            (0, _) => 1,
            (_, None) => 8,
            (_, Some(_)) => 4,
        };
        blocks.push(Block {
            sum: (wanted - offset) * weight,
            weight,
            members: 1,
        });
        join(&mut blocks);
    }
    let heights = blocks
        .iter()
        .flat_map(|block| std::iter::repeat_n(block.mean(), block.members));
    for ((number, offset), height) in column.iter().zip(offsets).zip(heights) {
        if let Some(slot) = slots.all.get_mut(*number) {
            slot.middle = height + offset;
        }
    }
}

/// Neighbours that share one height.
struct Block {
    sum: i64,
    weight: i64,
    members: usize,
}

impl Block {
    fn mean(&self) -> i64 {
        self.sum.div_euclid(self.weight)
    }
}

/// Joins the last blocks while one is higher than the one before it.
fn join(blocks: &mut Vec<Block>) {
    while let [.., above, below] = blocks.as_mut_slice() {
        if below.mean() > above.mean() {
            break;
        }
        above.sum += below.sum;
        above.weight += below.weight;
        above.members += below.members;
        blocks.pop();
    }
}

fn apart(above: Slot, below: Slot) -> i64 {
    match (above.item, below.item) {
        (Some(_), Some(_)) => APART,
        (None, None) => LINES_APART,
        _ => LINE_FROM_BOX,
    }
}
