//! What packages require: what is new, what is gone, what has other bounds; and which bounds nixpkgs is past.

use super::grouped::{Shared, shared};
use super::{Moved, Passed, Step, built};
use crate::model::{BoundTest, Decision, Lock, LockedPackage, LockedRequirement, Prediction};
use crate::python::{PyName, Requirement, pinned};
use serde::Serialize;
use std::collections::BTreeMap;

/// What happens to a requirement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum RequirementChange {
    /// It is new.
    Added {
        /// As the metadata says it.
        requirement: String,
    },
    /// It is gone.
    Removed {
        /// As the metadata said it.
        requirement: String,
    },
    /// Something of it is otherwise.
    Changed {
        /// As the metadata said it.
        from: String,
        /// As the metadata says it.
        to: String,
        /// What of it.
        parts: Vec<Part>,
    },
}

/// A part of a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The versions that are allowed.
    Bounds,
    /// The extras that are asked for.
    Extras,
    /// The marker: where it holds.
    Marker,
}

/// The packages of a lock, third parties included.
fn all(lock: &Lock) -> BTreeMap<PyName, LockedPackage> {
    let own = lock.packages.clone().into_iter();
    let others = lock.third_party.clone().into_iter();
    own.chain(others.map(|(name, other)| (name, other.package)))
        .collect()
}

/// Every requirement of a package, those of its extras too.
fn every(package: &LockedPackage) -> impl Iterator<Item = &LockedRequirement> {
    let of_extras = package.extras.values().flatten();
    package.requires.iter().chain(of_extras)
}

/// What the metadata asks for and is not left out, by name. What pins a package of the same release says nothing but that.
fn asked(package: &LockedPackage) -> BTreeMap<PyName, Vec<Requirement>> {
    let mut asked: BTreeMap<PyName, Vec<Requirement>> = BTreeMap::new();
    let left_out = [Decision::Excluded, Decision::Removed, Decision::Added];
    for one in every(package).filter(|one| !left_out.contains(&one.decision)) {
        let Ok(parsed) = one.requirement.parse::<Requirement>() else {
            continue;
        };
        let of_same_release = one.decision == Decision::Sibling && pinned(&parsed).is_some();
        let parsed = if of_same_release {
            unpinned(&parsed).unwrap_or(parsed)
        } else {
            parsed
        };
        let texts = asked.entry(parsed.name().clone()).or_default();
        if !texts.iter().any(|known| known.means(&parsed)) {
            texts.push(parsed);
        }
    }
    asked
}

/// The requirement without its version, which is that of the release.
fn unpinned(requirement: &Requirement) -> Option<Requirement> {
    let extras: Vec<&str> = requirement.extras().iter().map(PyName::as_str).collect();
    let extras = if extras.is_empty() {
        String::new()
    } else {
        format!("[{}]", extras.join(","))
    };
    let marker = requirement.raw().split_once(';');
    let marker = marker
        .map(|(_, marker)| format!("; {}", marker.trim()))
        .unwrap_or_default();
    let text = format!("{}{extras}{marker}", requirement.spelling());
    text.parse().ok()
}

/// What packages that are in both locks require otherwise.
pub(super) fn between(old: &Lock, new: &Lock) -> Vec<Shared<RequirementChange>> {
    let (before, now) = (all(old), all(new));
    let changes = built::both(&before, &now).flat_map(|(name, one, other)| {
        let changes = of_package(&asked(one), &asked(other));
        changes
            .into_iter()
            .map(|change| (name.to_string(), change))
            .collect::<Vec<_>>()
    });
    shared(changes)
}

fn of_package(
    old: &BTreeMap<PyName, Vec<Requirement>>,
    new: &BTreeMap<PyName, Vec<Requirement>>,
) -> Vec<RequirementChange> {
    let mut changes = Vec::new();
    let none = Vec::new();
    let names = old
        .keys()
        .chain(new.keys().filter(|name| !old.contains_key(*name)));
    for name in names {
        let (before, now) = (
            old.get(name).unwrap_or(&none),
            new.get(name).unwrap_or(&none),
        );
        let without = |one: &[Requirement], other: &[Requirement]| -> Vec<Requirement> {
            let left = one.iter();
            let left = left.filter(|one| !other.iter().any(|same| same.means(one)));
            left.cloned().collect()
        };
        let (gone, came) = (without(before, now), without(now, before));
        if let ([from], [to]) = (gone.as_slice(), came.as_slice()) {
            changes.push(RequirementChange::Changed {
                from: from.raw().to_owned(),
                to: to.raw().to_owned(),
                parts: parts(from, to),
            });
            continue;
        }
        let gone = gone.iter().map(|one| RequirementChange::Removed {
            requirement: one.raw().to_owned(),
        });
        changes.extend(gone);
        let came = came.iter().map(|one| RequirementChange::Added {
            requirement: one.raw().to_owned(),
        });
        changes.extend(came);
    }
    changes
}

/// What of a requirement is otherwise.
fn parts(from: &Requirement, to: &Requirement) -> Vec<Part> {
    let bounds = |one: &Requirement| {
        let mut texts: Vec<String> = one.specifiers().iter().map(ToString::to_string).collect();
        texts.sort();
        texts
    };
    let extras = |one: &Requirement| {
        let mut extras = one.extras().to_vec();
        extras.sort();
        extras
    };
    let all = [
        (Part::Bounds, bounds(from) != bounds(to)),
        (Part::Extras, extras(from) != extras(to)),
        (Part::Marker, from.marker() != to.marker()),
    ];
    let differ = all.into_iter().filter(|(_, differs)| *differs);
    differ.map(|(part, _)| part).collect()
}

/// The bounds that nixpkgs is past, by package and by what is required.
type Past = BTreeMap<(PyName, PyName), Passed>;

fn past(lock: &Lock) -> Past {
    let mut past = BTreeMap::new();
    for (name, package) in all(lock) {
        let passed = every(&package).filter(|one| one.prediction == Prediction::Relaxed);
        for one in passed {
            let kept = one
                .bound
                .as_ref()
                .is_some_and(|bound| bound.test == BoundTest::Kept);
            let told = Passed {
                requirement: one.requirement.clone(),
                nixpkgs: one.index.clone(),
                relaxed: !kept,
            };
            if let Ok(required) = one.spelling.parse() {
                past.insert((name.clone(), required), told);
            }
        }
    }
    past
}

/// The bounds that nixpkgs is past and was not, and those that it was past and is not.
pub(super) fn passed(old: &Lock, new: &Lock) -> (Vec<Shared<Passed>>, Vec<Shared<Passed>>) {
    let (before, now) = (past(old), past(new));
    let without = |one: &Past, other: &Past| {
        let left = one.iter().filter(|(key, passed)| {
            let same = other.get(*key);
            same.is_none_or(|same| same.relaxed != passed.relaxed)
        });
        shared(left.map(|((name, _), passed)| (name.to_string(), passed.clone())))
    };
    (without(&now, &before), without(&before, &now))
}

/// Distributions of nixpkgs of which the index knows another version than before.
pub(super) fn of_nixpkgs(old: &Lock, new: &Lock) -> Vec<Moved> {
    let versions = |lock: &Lock| -> BTreeMap<String, String> {
        let packaged_here = |one: &LockedRequirement| {
            let name = one.spelling.parse::<PyName>();
            name.is_ok_and(|name| lock.third_party.contains_key(&name))
        };
        let mut versions = BTreeMap::new();
        for package in all(lock).values() {
            let of_nixpkgs = every(package).filter(|one| one.decision == Decision::Nixpkgs);
            for one in of_nixpkgs.filter(|one| !one.index.is_empty() && !packaged_here(one)) {
                versions.insert(one.attribute.clone(), one.index.clone());
            }
        }
        versions
    };
    let (before, now) = (versions(old), versions(new));
    let moved = now.iter().filter_map(|(name, version)| {
        Some(Moved {
            name: name.clone(),
            step: Step::between(before.get(name)?, version)?,
            homepage: String::new(),
        })
    });
    moved.collect()
}
