//! Which answers a scaffold is tried with: as few combinations as hold every pair of values of any two questions.

/// The values of each axis, as places in it; one combination a row, every pair of values of two axes in some row. Every axis has a
/// value.
///
/// The rows are the same for the same sizes.
pub fn pairwise(sizes: &[usize]) -> Vec<Vec<usize>> {
    let mut open = pairs(sizes);
    let mut rows = Vec::new();
    while let Some(first) = open.first().copied() {
        let row = row(sizes, first, &open);
        open.retain(|pair| !holds(&row, *pair));
        rows.push(row);
    }
    if rows.is_empty() && sizes.iter().all(|size| *size > 0) {
        rows = singles(sizes);
    }
    rows
}

/// A value of one axis with a value of a later one.
type Pair = ((usize, usize), (usize, usize));

fn pairs(sizes: &[usize]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (one, ones) in sizes.iter().enumerate() {
        for (other, others) in sizes.iter().enumerate().skip(one + 1) {
            for value in 0..*ones {
                pairs.extend((0..*others).map(|its| ((one, value), (other, its))));
            }
        }
    }
    pairs
}

fn holds(row: &[usize], ((one, value), (other, its)): Pair) -> bool {
    row.get(one) == Some(&value) && row.get(other) == Some(&its)
}

/// A row with one pair that is open, and on every other axis the value that closes most.
fn row(sizes: &[usize], ((one, value), (other, its)): Pair, open: &[Pair]) -> Vec<usize> {
    let mut chosen: Vec<Option<usize>> = vec![None; sizes.len()];
    for (axis, place) in [(one, value), (other, its)] {
        if let Some(slot) = chosen.get_mut(axis) {
            *slot = Some(place);
        }
    }
    for (axis, size) in sizes.iter().enumerate() {
        if chosen.get(axis) != Some(&None) {
            continue;
        }
        let closes = |candidate: usize| {
            let at = |(of, place): (usize, usize)| {
                if of == axis {
                    place == candidate
                } else {
                    chosen.get(of) == Some(&Some(place))
                }
            };
            let named = |pair: &&Pair| pair.0.0 == axis || pair.1.0 == axis;
            let closed = open.iter().filter(named);
            closed.filter(|pair| at(pair.0) && at(pair.1)).count()
        };
        // Of those that close as many, the first.
        let best = (0..*size).max_by_key(|candidate| (closes(*candidate), size - candidate));
        if let Some(slot) = chosen.get_mut(axis) {
            *slot = best;
        }
    }
    chosen.into_iter().map(Option::unwrap_or_default).collect()
}

/// With one axis there are no pairs: each of its values once.
fn singles(sizes: &[usize]) -> Vec<Vec<usize>> {
    let widest = sizes.iter().copied().max().unwrap_or_default();
    let of_row = |at: usize| sizes.iter().map(|size| at.min(size - 1)).collect();
    (0..widest).map(of_row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sizes: &[usize], most: usize) {
        let rows = pairwise(sizes);
        assert!(rows.len() <= most, "{sizes:?}: {} rows", rows.len());
        for row in &rows {
            let inside = row.iter().zip(sizes).all(|(place, size)| place < size);
            assert!(inside && row.len() == sizes.len(), "{sizes:?}: {row:?}");
        }
        for pair in pairs(sizes) {
            assert!(rows.iter().any(|row| holds(row, pair)), "{pair:?}");
        }
        assert_eq!(rows, pairwise(sizes));
    }

    #[test]
    fn every_pair_is_in_some_row() {
        check(&[], 1);
        check(&[3], 3);
        check(&[1, 1], 1);
        check(&[2, 2, 2], 6);
        check(&[3, 2, 2, 3, 2, 2, 3, 5, 2, 2, 3, 2, 2], 24);
    }
}
