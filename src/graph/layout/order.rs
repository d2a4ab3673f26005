//! The order within the columns: as few crossings as some sweeps with the means of the neighbours bring about.

use super::slots::Slots;

/// How often the columns are gone through. More brings no less crossings on real graphs.
const SWEEPS: usize = 12;

/// Orders each column; keeps the best order that was seen.
pub(super) fn order(slots: &mut Slots) {
    let (before, after) = slots.neighbours();
    let mut best = slots.columns.clone();
    let mut fewest = crossings(slots, &slots.columns);
    let mut columns = best.clone();
    for sweep in 0..SWEEPS {
        let count = columns.len();
        for step in 1..count {
            // Towards the right along what comes before, towards the left along what comes after.
            let (at, fixed, neighbours) = if sweep % 2 == 0 {
                let at = count - 1 - step;
                (at, at + 1, &after)
            } else {
                (step, step - 1, &before)
            };
            let fixed = columns.get(fixed).cloned().unwrap_or_default();
            if let Some(column) = columns.get_mut(at) {
                arrange(column, &fixed, neighbours);
            }
        }
        let now = crossings(slots, &columns);
        if now < fewest {
            fewest = now;
            best.clone_from(&columns);
        }
    }
    slots.columns = best;
}

/// Orders a column by the mean place of each one's neighbours in the fixed column; what has none keeps its place.
fn arrange(column: &mut [usize], fixed: &[usize], neighbours: &[Vec<usize>]) {
    let mut place = std::collections::BTreeMap::new();
    for (at, slot) in fixed.iter().enumerate() {
        place.insert(*slot, at);
    }
    let length = column.len().max(1);
    let scale = fixed.len().max(1);
    let mut keyed: Vec<(usize, usize)> = column
        .iter()
        .enumerate()
        .map(|(at, slot)| {
            let near = neighbours.get(*slot).map(Vec::as_slice).unwrap_or_default();
            let places: Vec<usize> = near
                .iter()
                .filter_map(|other| place.get(other).copied())
                .collect();
            let key = match places.len() {
                0 => at * scale * 1000 / length,
                count => places.iter().sum::<usize>() * 1000 / count,
            };
            (key, *slot)
        })
        .collect();
    keyed.sort_by_key(|(key, _)| *key);
    for (slot, (_, next)) in column.iter_mut().zip(keyed) {
        *slot = next;
    }
}

/// How many pairs of links between neighbouring columns cross.
fn crossings(slots: &Slots, columns: &[Vec<usize>]) -> usize {
    let mut place = vec![(0, 0); slots.all.len()];
    for (column, list) in columns.iter().enumerate() {
        for (at, slot) in list.iter().enumerate() {
            if let Some(place) = place.get_mut(*slot) {
                *place = (column, at);
            }
        }
    }
    let mut gaps: Vec<Vec<(usize, usize)>> = vec![Vec::new(); columns.len()];
    for link in &slots.links {
        let (column, from) = place.get(link.from).copied().unwrap_or_default();
        let (_, to) = place.get(link.to).copied().unwrap_or_default();
        if let Some(gap) = gaps.get_mut(column) {
            gap.push((from, to));
        }
    }
    gaps.iter()
        .map(|gap| {
            let pairs = gap
                .iter()
                .enumerate()
                .flat_map(|(at, one)| gap.iter().skip(at + 1).map(move |other| (one, other)));
            pairs
                .filter(|(one, other)| {
                    (one.0 < other.0 && one.1 > other.1) || (one.0 > other.0 && one.1 < other.1)
                })
                .count()
        })
        .sum()
}
