//! Packages in an order in which each comes after those that it requires.

use super::package::PackageView;
use std::collections::BTreeSet;

/// Dependencies first; among those that could come next, by name.
pub(super) fn dependencies_first(packages: &[PackageView]) -> Vec<&PackageView> {
    let mut ordered: Vec<&PackageView> = Vec::new();
    let mut placed: BTreeSet<&str> = BTreeSet::new();
    while ordered.len() < packages.len() {
        let ready = |package: &&PackageView| {
            !placed.contains(package.name.as_str())
                && package
                    .siblings
                    .iter()
                    .all(|sibling| placed.contains(sibling.as_str()) || *sibling == package.name)
        };
        // A circle would leave none ready; Nix's `let` takes any order, so the first that is left goes next.
        let next = packages.iter().find(ready).or_else(|| {
            packages
                .iter()
                .find(|package| !placed.contains(package.name.as_str()))
        });
        let Some(next) = next else { break };
        placed.insert(&next.name);
        ordered.push(next);
    }
    ordered
}
