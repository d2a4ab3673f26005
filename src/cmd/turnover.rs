//! What a change lets come and go.

use super::repository::Ended;
use crate::model::{Lock, LockedPackage};
use crate::python::PyName;
use serde_json::{Value, json as object};
use std::collections::BTreeMap;

/// What is built, third-party distributions included.
type Built = BTreeMap<PyName, LockedPackage>;

fn built(locks: &[&Lock]) -> Built {
    let own = locks.iter().flat_map(|lock| {
        lock.packages
            .iter()
            .map(|(name, package)| (name.clone(), package.clone()))
    });
    let others = locks.iter().flat_map(|lock| {
        lock.third_party
            .iter()
            .map(|(name, other)| (name.clone(), other.package.clone()))
    });
    own.chain(others).collect()
}

/// What came and what went: packages that were not built before, and those that no longer are.
pub(super) struct Turnover {
    pub(super) came: Built,
    pub(super) went: Built,
}

impl Turnover {
    /// What a change lets come and go.
    pub(super) fn of(ended: &Ended) -> Self {
        Self::between(&ended.before.locks(), &ended.planned.lock)
    }

    /// From these locks to that one.
    pub(super) fn between(old: &[&Lock], new: &Lock) -> Self {
        let (old, new) = (built(old), built(&[new]));
        let without = |one: &Built, other: &Built| {
            let left = one.iter().filter(|(name, _)| !other.contains_key(*name));
            left.map(|(name, package)| (name.clone(), package.clone()))
                .collect()
        };
        Self {
            came: without(&new, &old),
            went: without(&old, &new),
        }
    }

    /// What came because it was asked for, a line for each.
    pub(super) fn asked(&self) -> String {
        versions(&self.came, |package| package.because == "asked for")
    }

    /// What came along.
    pub(super) fn along(&self) -> String {
        versions(&self.came, |package| package.because != "asked for")
    }

    /// What went.
    pub(super) fn gone(&self) -> String {
        versions(&self.went, |_| true)
    }
}

fn versions(packages: &Built, pick: impl Fn(&LockedPackage) -> bool) -> String {
    let lines = packages.iter().filter(|(_, package)| pick(package));
    let lines = lines.map(|(name, package)| {
        let because = if package.because == "asked for" {
            String::new()
        } else {
            format!(", {}", sentence(&package.because))
        };
        format!("{name} {}{because}", package.version)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A reason in the middle of a line.
fn sentence(because: &str) -> String {
    let text = because.trim_end_matches('.');
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_lowercase().to_string());
    format!("{}{}", first.unwrap_or_default(), chars.as_str())
}

/// Packages for a program.
pub(super) fn json_list(packages: &Built) -> Value {
    let packages = packages.iter().map(|(name, package)| object!({ "name": name.as_str(), "version": package.version, "because": package.because }));
    packages.collect()
}
