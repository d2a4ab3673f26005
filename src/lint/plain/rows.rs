//! The answers of the trials: all combinations, or the pairs.

use super::answers::{Row, values};
use crate::expand::Declared;
use crate::lint::matrix::pairwise;
use std::collections::BTreeMap;

/// Above so many combinations, only the pairs are tried.
const MOST: usize = 256;

/// The answers of each trial, and whether they are all that there are.
pub(super) fn rows(declared: &Declared) -> (Vec<Row>, bool) {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for question in &declared.placeholders {
        let size = sizes.entry(&question.name).or_default();
        *size = (*size).max(values(question).len());
    }
    let of: Vec<usize> = sizes.values().copied().collect();
    let all = of
        .iter()
        .try_fold(1usize, |all, size| all.checked_mul(*size));
    let is_whole = all.is_some_and(|all| all <= MOST);
    let rows = if is_whole {
        product(&of)
    } else {
        pairwise(&of)
    };
    let named = |row: Vec<usize>| {
        let names = sizes.keys().map(|name| (*name).to_owned());
        names.zip(row).collect()
    };
    (rows.into_iter().map(named).collect(), is_whole)
}

fn product(sizes: &[usize]) -> Vec<Vec<usize>> {
    let mut rows = vec![Vec::new()];
    for size in sizes {
        let longer = |row: Vec<usize>| {
            (0..*size).map(move |place| {
                let mut row = row.clone();
                row.push(place);
                row
            })
        };
        rows = rows.into_iter().flat_map(longer).collect();
    }
    rows
}
