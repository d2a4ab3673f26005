//! Changes that many packages have in common, each told once.

use serde::Serialize;
use std::collections::BTreeMap;

/// One change, and the packages that have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shared<T> {
    /// The change.
    #[serde(flatten)]
    pub change: T,
    /// The packages, sorted.
    pub packages: Vec<String>,
}

/// Brings what is the same together; what most packages share comes first.
pub(super) fn shared<T: Ord>(all: impl IntoIterator<Item = (String, T)>) -> Vec<Shared<T>> {
    let mut groups: BTreeMap<T, Vec<String>> = BTreeMap::new();
    for (package, change) in all {
        let packages = groups.entry(change).or_default();
        if !packages.contains(&package) {
            packages.push(package);
        }
    }
    let groups = groups.into_iter();
    let mut shared: Vec<Shared<T>> = groups
        .map(|(change, mut packages)| {
            packages.sort();
            Shared { change, packages }
        })
        .collect();
    shared.sort_by_key(|one| std::cmp::Reverse(one.packages.len()));
    shared
}
