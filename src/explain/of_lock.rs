//! What a lock has to say about one package.

use super::{Asker, Explained, Extra, Kind, Row};
use crate::model::{
    Decision, Lock, LockedOrigin, LockedPackage, LockedRequirement, Prediction, System,
};
use crate::nixpkgs::{Index, Lookup};
use crate::python::{PyName, Requirement};
use crate::scaffold::{Catalogue, Group};
use std::collections::BTreeSet;

/// What a lock says about a package; `None` where it has nothing to do with it.
pub fn explain(
    name: &PyName,
    lock: &Lock,
    catalogue: &Catalogue,
    index: &Index,
) -> Option<Explained> {
    let required_by = askers(name, lock, index);
    if let Some(package) = lock.packages.get(name) {
        let fact = catalogue.packages.get(name);
        let kind = match fact.map(|fact| fact.group) {
            Some(Group::Core) => Kind::Core,
            Some(Group::Tool) => Kind::Tool,
            Some(Group::Support) => Kind::Support,
            Some(Group::Integration) | None => Kind::Integration,
        };
        let mut explained = of_package(name, package, kind, lock);
        explained.description = fact
            .map(|fact| fact.description.clone())
            .unwrap_or_default();
        let version = package.version.parse();
        explained.known = version.map_or_else(
            |_| Vec::new(),
            |version| {
                let known = catalogue.known(name, &version).into_iter();
                known
                    .map(|one| format!("{} ({}, {})", one.text, one.source, one.date))
                    .collect()
            },
        );
        explained.required_by = required_by;
        return Some(explained);
    }
    if let Some(locked) = lock.third_party.get(name) {
        let mut explained = of_package(name, &locked.package, Kind::ThirdParty, lock);
        explained.description.clone_from(&locked.description);
        explained.required_by = required_by;
        return Some(explained);
    }
    (!required_by.is_empty()).then(|| of_nixpkgs(name, index, required_by))
}

/// Every name that a lock has to do with.
pub fn names(lock: &Lock) -> BTreeSet<String> {
    let own = lock.packages.keys().chain(lock.third_party.keys());
    let own = own.map(ToString::to_string);
    let required = all(lock).filter_map(|(_, _, one)| one.spelling.parse::<PyName>().ok());
    own.chain(required.map(|name| name.to_string())).collect()
}

fn of_package(name: &PyName, package: &LockedPackage, kind: Kind, lock: &Lock) -> Explained {
    let taken = |extra: &str| {
        let mut specs = lock.environment_extras();
        specs.any(|spec| spec.name == *name && spec.extras.iter().any(|one| one.as_str() == extra))
    };
    Explained {
        name: name.to_string(),
        version: package.version.clone(),
        kind,
        because: package.because.trim_end_matches('.').to_owned(),
        description: String::new(),
        origin: origin(&package.origin),
        requires_python: package.requires_python.clone(),
        license: package.license.clone(),
        programs: package.programs.clone(),
        requires: package.requires.iter().map(row).collect(),
        extras: package
            .extras
            .iter()
            .map(|(extra, members)| Extra {
                name: extra.clone(),
                taken: taken(extra),
                requires: members.iter().map(row).collect(),
            })
            .collect(),
        required_by: Vec::new(),
        known: Vec::new(),
    }
}

fn of_nixpkgs(name: &PyName, index: &Index, required_by: Vec<Asker>) -> Explained {
    let (version, origin) = match index.look_up(name) {
        Lookup::Present { attribute, version } => (
            version.unwrap_or_default(),
            format!(
                "nixpkgs, as `{attribute}`; {}",
                index.read(name).unwrap_or("its version is not known")
            ),
        ),
        Lookup::Absent => ("", "nixpkgs lacks it".to_owned()),
        Lookup::Unknown => (
            "",
            "not in the index; Nix looks for an attribute of its name".to_owned(),
        ),
    };
    Explained {
        name: name.to_string(),
        version: version.to_owned(),
        kind: Kind::Nixpkgs,
        because: String::new(),
        description: String::new(),
        origin,
        requires_python: String::new(),
        license: None,
        programs: Vec::new(),
        requires: Vec::new(),
        extras: Vec::new(),
        required_by,
        known: Vec::new(),
    }
}

/// Where files come from, in a few words.
fn origin(origin: &LockedOrigin) -> String {
    match origin {
        LockedOrigin::Path(path) => format!("the monorepo, `{path}`"),
        LockedOrigin::Sdist(_) => "its sdist on PyPI".to_owned(),
        LockedOrigin::Wheel(wheel) if wheel.binaries.is_empty() => "its wheel on PyPI".to_owned(),
        LockedOrigin::Wheel(_) | LockedOrigin::Wheels(_) => {
            let systems = origin.systems();
            let systems: Vec<&str> = systems.into_iter().map(System::name).collect();
            format!(
                "wheels on PyPI with machine code for {}",
                systems.join(", ")
            )
        }
    }
}

/// Everything that is required: by whom, in which extra of theirs.
fn all(lock: &Lock) -> impl Iterator<Item = (&PyName, Option<&String>, &LockedRequirement)> {
    let third = lock.third_party.iter();
    let third = third.map(|(name, locked)| (name, &locked.package));
    lock.packages
        .iter()
        .chain(third)
        .flat_map(|(name, package)| {
            let own = package.requires.iter().map(move |one| (name, None, one));
            let extras = package.extras.iter().flat_map(move |(extra, members)| {
                members.iter().map(move |one| (name, Some(extra), one))
            });
            own.chain(extras)
        })
}

/// Who requires a package, under its own name or as its stand-in.
fn askers(name: &PyName, lock: &Lock, index: &Index) -> Vec<Asker> {
    let attribute = match index.look_up(name) {
        Lookup::Present { attribute, .. } => attribute,
        _ => name.as_str(),
    };
    let meant = |one: &LockedRequirement| {
        let named = one.spelling.parse::<PyName>().is_ok_and(|own| own == *name);
        named || (one.decision == Decision::Substituted && one.attribute == attribute)
    };
    all(lock)
        .filter(|(_, _, one)| meant(one))
        .map(|(by, extra, one)| Asker {
            name: by.to_string(),
            extra: extra.cloned(),
            row: row(one),
        })
        .collect()
}

fn row(one: &LockedRequirement) -> Row {
    let parsed = one.requirement.parse::<Requirement>().ok();
    let bound = parsed.map(|parsed| parsed.specifiers().to_string());
    let extras = one.requirement.split_once(&one.spelling);
    let extras = extras
        .and_then(|(_, rest)| rest.trim_start().strip_prefix('['))
        .and_then(|rest| rest.split_once(']'))
        .map(|(extras, _)| format!("[{extras}]"));
    Row {
        requirement: one.requirement.clone(),
        name: format!("{}{}", one.spelling, extras.unwrap_or_default()),
        bound: bound.unwrap_or_default().replace(", ", ","),
        systems: one.systems.iter().map(|system| system.name()).collect(),
        index: one.index.clone(),
        verdict: one.verdict(),
        decision: one.decision,
        attribute: one.attribute.clone(),
        reason: match (one.decision, one.prediction) {
            // The verdict says it.
            (Decision::Nixpkgs, Prediction::Satisfied) if one.reason == "packaged here" => {
                String::new()
            }
            _ => one.reason.clone(),
        },
    }
}
