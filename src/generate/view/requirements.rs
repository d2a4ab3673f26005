//! Requirements as the templates see them: lists for Nix, rows for the documents.

use super::View;
use crate::model::{BoundTest, Decision, LockedPackage, LockedRequirement, Prediction, System};
use crate::nix::{is_identifier, nix_attr, nix_string};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The parts of a `dependencies` list, each sorted.
#[derive(Serialize)]
pub(super) struct DependenciesView {
    /// Packages of this repository.
    siblings: Vec<String>,
    /// Attributes of the Python set.
    attributes: Vec<String>,
    /// Attributes that only some systems need.
    conditional: Vec<ConditionalView>,
    /// `attribute.optional-dependencies.extra`
    extras: Vec<String>,
}

#[derive(Serialize)]
struct ConditionalView {
    condition: String,
    attributes: Vec<String>,
}

impl DependenciesView {
    pub(super) fn is_empty(&self) -> bool {
        self.siblings.is_empty()
            && self.attributes.is_empty()
            && self.conditional.is_empty()
            && self.extras.is_empty()
    }

    pub(super) fn is_conditional(&self) -> bool {
        !self.conditional.is_empty()
    }

    /// Every attribute that the lists name, of the Python set or of this repository.
    pub(super) fn names(&self) -> BTreeSet<String> {
        let conditional = self
            .conditional
            .iter()
            .flat_map(|part| part.attributes.iter());
        let plain = self
            .siblings
            .iter()
            .chain(&self.attributes)
            .chain(conditional)
            .cloned();
        let extras = self
            .extras
            .iter()
            .filter_map(|extra| extra.split('.').next().map(str::to_owned));
        plain.chain(extras).collect()
    }

    pub(super) fn sibling_names(&self) -> Vec<String> {
        self.siblings.clone()
    }
}

/// The lists for one set of requirements.
pub(super) fn dependencies(of: &View<'_>, requires: &[LockedRequirement]) -> DependenciesView {
    let set = of.intent.python.packages();
    let (mut siblings, mut attributes, mut extras) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut conditional: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for one in requires {
        match one.decision {
            Decision::Excluded | Decision::Removed => continue,
            Decision::Sibling => {
                siblings.insert(nix_attr(&one.attribute));
            }
            Decision::Nixpkgs | Decision::Substituted | Decision::Added
                if one.systems.is_empty() =>
            {
                attributes.insert(within(&set, &one.attribute));
            }
            Decision::Nixpkgs | Decision::Substituted | Decision::Added => {
                conditional
                    .entry(condition(&one.systems))
                    .or_default()
                    .insert(within(&set, &one.attribute));
            }
        }
        extras.extend(one.extras.iter().map(|extra| {
            format!(
                "{}.optional-dependencies.{}",
                nix_attr(&one.attribute),
                nix_attr(extra)
            )
        }));
    }
    DependenciesView {
        siblings: siblings.into_iter().collect(),
        attributes: attributes.into_iter().collect(),
        conditional: conditional
            .into_iter()
            .map(|(condition, attributes)| ConditionalView {
                condition,
                attributes: attributes.into_iter().collect(),
            })
            .collect(),
        extras: extras.into_iter().collect(),
    }
}

/// Names that the generated files bind, which `with` does not shadow.
const LEXICAL: [&str; 9] = [
    "environment",
    "fetchFromGitHub",
    "fetchPypi",
    "lib",
    "pkgs",
    "release",
    "runCommand",
    "runtimeShell",
    "stdenv",
];

/// An attribute inside `with SET;`: a name that Nix takes only in quotes, or finds elsewhere, is selected from the set.
pub(super) fn within(set: &str, attribute: &str) -> String {
    if is_identifier(attribute) && !LEXICAL.contains(&attribute) {
        attribute.to_owned()
    } else {
        format!("{set}.{}", nix_attr(attribute))
    }
}

/// A Nix condition that holds on exactly these systems, of those that Flox knows.
fn condition(systems: &BTreeSet<System>) -> String {
    let linux = systems
        .iter()
        .all(|system| system.name().ends_with("linux"));
    let darwin = systems
        .iter()
        .all(|system| system.name().ends_with("darwin"));
    let aarch64 = systems
        .iter()
        .all(|system| system.name().starts_with("aarch64"));
    match (linux, darwin, aarch64, systems.len()) {
        (true, _, _, 2) => "stdenv.hostPlatform.isLinux".to_owned(),
        (_, true, _, 2) => "stdenv.hostPlatform.isDarwin".to_owned(),
        (_, _, true, 2) => "stdenv.hostPlatform.isAarch64".to_owned(),
        _ => {
            let names: Vec<String> = systems
                .iter()
                .map(|system| nix_string(system.name()))
                .collect();
            format!(
                "(builtins.elem stdenv.hostPlatform.system [ {} ])",
                names.join(" ")
            )
        }
    }
}

/// A row of the dependencies table.
#[derive(Serialize)]
pub(super) struct RowView {
    requirement: String,
    /// The required distribution, in the metadata's spelling.
    name: String,
    /// Systems on which it holds; empty for all.
    systems: Vec<String>,
    attribute: String,
    extra: Option<String>,
    index: String,
    read: String,
    decision: Decision,
    verdict: &'static str,
    reason: String,
}

/// All requirements of a package, those of its offered extras last.
pub(super) fn rows(of: &View<'_>, package: &LockedPackage) -> Vec<RowView> {
    let own = package.requires.iter().map(|one| row(of, one, None));
    let extras = package
        .extras
        .iter()
        .flat_map(|(extra, members)| members.iter().map(move |one| row(of, one, Some(extra))));
    own.chain(extras).collect()
}

fn row(of: &View<'_>, one: &LockedRequirement, extra: Option<&String>) -> RowView {
    let read = one
        .spelling
        .parse()
        .ok()
        .and_then(|name| of.index.read(&name))
        .unwrap_or_default();
    RowView {
        requirement: one.requirement.clone(),
        name: one.spelling.clone(),
        systems: one.systems.iter().map(ToString::to_string).collect(),
        attribute: one.attribute.clone(),
        extra: extra.cloned(),
        index: one.index.clone(),
        read: read.to_owned(),
        decision: one.decision,
        verdict: verdict(one),
        reason: one.reason.clone(),
    }
}

fn verdict(one: &LockedRequirement) -> &'static str {
    let kept = one
        .bound
        .as_ref()
        .is_some_and(|bound| bound.test == BoundTest::Kept);
    match (one.decision, one.prediction) {
        (Decision::Excluded | Decision::Removed, _) => "left out",
        (Decision::Sibling, _) => "built here",
        (Decision::Substituted, _) => "stand-in",
        (Decision::Added, _) => "added",
        (Decision::Nixpkgs, Prediction::Satisfied) => "within bounds",
        (Decision::Nixpkgs, Prediction::Relaxed) if kept => "past its bound, not relaxed",
        (Decision::Nixpkgs, Prediction::Relaxed) => "past its bound, relaxed",
        (Decision::Nixpkgs, Prediction::Unknown | Prediction::None) => "version unknown",
    }
}
