//! Which column each box stands in.

use super::{Line, Size};
use std::collections::BTreeSet;

/// A column that would be higher is split: its boxes have no lines among each other.
const HIGHEST: i64 = 1500;

/// What lies between two boxes of a column, at least.
pub(super) const APART: i64 = 20;

/// A line, turned round where it closes a circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Forward {
    pub(super) line: Line,
    pub(super) is_turned: bool,
}

/// The lines without those from a box to itself, each once; those that close a circle are turned round.
pub(super) fn without_circles(boxes: usize, lines: &[Line]) -> Vec<Forward> {
    let lines: BTreeSet<Line> = lines
        .iter()
        .copied()
        .filter(|line| line.from != line.to && line.from < boxes && line.to < boxes)
        .collect();
    let mut state = vec![State::New; boxes];
    let mut turned = BTreeSet::new();
    for start in 0..boxes {
        visit(start, &lines, &mut state, &mut turned);
    }
    lines
        .into_iter()
        .map(|line| {
            let is_turned = turned.contains(&line);
            let line = if is_turned {
                Line {
                    from: line.to,
                    to: line.from,
                    bundle: line.bundle.other(),
                    ..line
                }
            } else {
                line
            };
            Forward { line, is_turned }
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Walks down from one box, without recursion: a chain of requirements may be long.
fn visit(start: usize, lines: &BTreeSet<Line>, state: &mut [State], turned: &mut BTreeSet<Line>) {
    let from = |from: usize| {
        let of = lines.iter().filter(|line| line.from == from);
        of.copied().collect::<Vec<_>>()
    };
    let mut open = vec![(start, None)];
    while let Some((at, rest)) = open.pop() {
        let known = state.get(at).copied().unwrap_or(State::Done);
        let mut rest: Vec<Line> = match rest {
            Some(rest) => rest,
            None if known == State::New => from(at),
            None => continue,
        };
        if let Some(place) = state.get_mut(at) {
            *place = if rest.is_empty() {
                State::Done
            } else {
                State::Open
            };
        }
        if let Some(line) = rest.pop() {
            open.push((at, Some(rest)));
            match state.get(line.to) {
                Some(State::Open) => {
                    turned.insert(line);
                }
                Some(State::New) => open.push((line.to, None)),
                _ => {}
            }
        }
    }
}

/// The columns from left to right, each with the numbers of its boxes.
pub(super) fn layers(sizes: &[Size], lines: &[Forward]) -> Vec<Vec<usize>> {
    let ranks = ranks(sizes.len(), lines);
    let key = |at: usize| {
        let alone = sizes.get(at).is_some_and(|size| size.alone);
        let rank = ranks.get(at).copied().unwrap_or_default();
        // A box that is alone comes first: what passes it are then a few bundles.
        (rank, !alone, alone.then_some(at))
    };
    let keys: BTreeSet<_> = (0..sizes.len()).map(key).collect();
    let columns = keys.into_iter().map(|wanted| {
        (0..sizes.len())
            .filter(|at| key(*at) == wanted)
            .collect::<Vec<_>>()
    });
    columns.flat_map(|column| split(&column, sizes)).collect()
}

/// How many steps the longest way to each box has: what requires stands as near as can be to what it requires first.
fn ranks(boxes: usize, lines: &[Forward]) -> Vec<usize> {
    let mut ranks = vec![0; boxes];
    // Without circles no way has more steps than there are boxes.
    for _ in 0..boxes {
        let before = ranks.clone();
        for forward in lines {
            let before = ranks.get(forward.line.from).copied().unwrap_or_default();
            if let Some(rank) = ranks.get_mut(forward.line.to) {
                *rank = (*rank).max(before + 1);
            }
        }
        if ranks == before {
            break;
        }
    }
    ranks
}

/// A column in as many parts as it needs, of about the same height.
fn split(column: &[usize], sizes: &[Size]) -> Vec<Vec<usize>> {
    let height = |at: &usize| sizes.get(*at).map_or(0, |size| size.height + APART);
    let total: i64 = column.iter().map(height).sum();
    let parts = (total + HIGHEST - 1) / HIGHEST;
    let target = total / parts.max(1);
    let (mut split, mut sum) = (vec![Vec::new()], 0);
    for at in column {
        let full = sum >= target && i64::try_from(split.len()).is_ok_and(|made| made < parts);
        if full {
            split.push(Vec::new());
            sum = 0;
        }
        sum += height(at);
        if let Some(last) = split.last_mut() {
            last.push(*at);
        }
    }
    split
}
