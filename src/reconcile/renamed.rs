//! Which files have another path now: a file that goes and one that comes, with nearly the same text.

use super::text::plain;
use crate::tree::{File, RelPath, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// So many of a hundred lines two texts have to share.
const ALIKE: usize = 60;

/// The most pairs that are compared line by line.
const MOST: usize = 2_500;

/// Larger texts are not compared.
const LARGEST: usize = 64 << 10;

/// The files that moved, from and to, sorted. `known` are those of which somebody knows it; the others are found by their content: the
/// same bytes, else the text that is most alike.
pub fn renamed(
    base: &Tree,
    desired: &Tree,
    known: &[(RelPath, RelPath)],
) -> Vec<(RelPath, RelPath)> {
    let gone = base.iter().filter(|(path, _)| desired.get(path).is_none());
    let mut gone: BTreeMap<&RelPath, &File> = gone.collect();
    let come = desired.iter().filter(|(path, _)| base.get(path).is_none());
    let mut come: BTreeMap<&RelPath, &File> = come.collect();
    let mut moves = BTreeSet::new();
    for (from, to) in known {
        if gone.contains_key(from) && come.contains_key(to) {
            gone.remove(from);
            come.remove(to);
            moves.insert((from.clone(), to.clone()));
        }
    }
    let mut pairs = Vec::new();
    let compares = gone.len().saturating_mul(come.len()) <= MOST;
    for (from, old) in &gone {
        for (to, new) in &come {
            let alike = if old.bytes == new.bytes && !old.bytes.is_empty() {
                100
            } else if compares {
                alike(old, new)
            } else {
                0
            };
            if alike >= ALIKE {
                // A file that keeps its name went to another directory.
                let keeps_name = from.components().last() == to.components().last();
                pairs.push((alike, keeps_name, *from, *to));
            }
        }
    }
    pairs.sort_by(|a, b| {
        let better = (b.0, b.1).cmp(&(a.0, a.1));
        better.then_with(|| (a.2, a.3).cmp(&(b.2, b.3)))
    });
    for (_, _, from, to) in pairs {
        if gone.contains_key(from) && come.contains_key(to) {
            gone.remove(from);
            come.remove(to);
            moves.insert((from.clone(), to.clone()));
        }
    }
    moves.into_iter().collect()
}

/// How many of a hundred lines two texts share.
fn alike(old: &File, new: &File) -> usize {
    if old.bytes.len().max(new.bytes.len()) > LARGEST {
        return 0;
    }
    let (Some(old), Some(new)) = (plain(old), plain(new)) else {
        return 0;
    };
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    for line in old.lines() {
        *lines.entry(line).or_default() += 1;
    }
    let mut shared = 0;
    for line in new.lines() {
        if let Some(left) = lines.get_mut(line).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    let all = old.lines().count() + new.lines().count();
    2 * shared * 100 / all.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: &str, desired: &str, known: &[(&str, &str)], expected: &[(&str, &str)]) {
        let tree = |text: &str| Tree::from_fixture(text).unwrap();
        let paths = |pairs: &[(&str, &str)]| -> Vec<(RelPath, RelPath)> {
            let pair = |(from, to): &(&str, &str)| (from.parse().unwrap(), to.parse().unwrap());
            pairs.iter().map(pair).collect()
        };
        let found = renamed(&tree(base), &tree(desired), &paths(known));
        assert_eq!(found, paths(expected), "{base} to {desired}");
    }

    #[test]
    fn a_file_is_known_under_its_new_name() {
        check("//- a\n1\n", "//- b\n1\n", &[], &[("a", "b")]);
        check("//- a\n1\n", "//- a\n1\n//- b\n1\n", &[], &[]);
        check("//- a\n1\n", "//- b\n2\n", &[], &[]);
        check("//- a\n1\n", "//- b\n2\n", &[("a", "b")], &[("a", "b")]);
        check(
            "//- a\n1\n2\n3\n",
            "//- b\n1\n2\nthree\n",
            &[],
            &[("a", "b")],
        );
        // The one that is more alike, and of two that are the same the one with the name.
        check(
            "//- a\n1\n2\n3\n",
            "//- b\n1\n2\nthree\n//- c\n1\n2\n3\n",
            &[],
            &[("a", "c")],
        );
        check(
            "//- d/a\n1\n//- d/b\n1\n",
            "//- e/a\n1\n//- e/b\n1\n",
            &[],
            &[("d/a", "e/a"), ("d/b", "e/b")],
        );
        check("//- a\n", "//- b\n", &[], &[]);
    }
}
