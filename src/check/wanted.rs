//! What a package's release requires, and what that means for its file.

use super::subject::Subject;
use crate::model::System;
use crate::nixpkgs::{Index, Lookup};
use crate::python::{PyName, Requirement, Version};
use crate::scaffold::{ReleasedPackage, Scaffold};
use std::collections::BTreeSet;

/// What a requirement means for the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A package of the same release.
    Sibling,
    /// A package of nixpkgs' Python set.
    Nixpkgs,
    /// Another package of nixpkgs stands in for it.
    StandIn,
    /// It holds on none of the systems.
    Elsewhere,
    /// The person took it out.
    Removed,
}

/// One requirement.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// As the metadata says it.
    pub requirement: &'a Requirement,
    /// What it means here.
    pub fate: Fate,
    /// The attribute of the Python set, or the sibling's name.
    pub attribute: String,
    /// The version that nixpkgs' index has.
    pub version: Option<Version>,
    /// Whether nixpkgs is known to lack it.
    pub is_lacking: bool,
}

impl Wanted<'_> {
    /// Whether the file has to name it.
    pub fn is_needed(&self) -> bool {
        matches!(self.fate, Fate::Sibling | Fate::Nixpkgs | Fate::StandIn)
    }

    /// Whether a name of the file means it.
    pub fn is_called(&self, name: &str) -> bool {
        let name = normal(name);
        name == normal(&self.attribute) || name == self.requirement.name().as_str()
    }
}

/// A name as Python packaging compares it.
pub(super) fn normal(name: &str) -> String {
    name.parse::<PyName>()
        .map_or_else(|_| name.to_owned(), |name| name.to_string())
}

/// What a package requires.
pub(super) fn wanted<'a>(
    name: &PyName,
    released: &'a ReleasedPackage,
    (scaffold, index): (&Scaffold, &Index),
    subject: &Subject<'_>,
) -> Vec<Wanted<'a>> {
    let tweaks = subject.tables.tweaks.get(name);
    let all = released.requires.iter().filter(|one| one.name() != name);
    let all = all.filter_map(|requirement| {
        let systems = systems(requirement, subject)?;
        let mut wanted = plain(requirement, scaffold, index, subject);
        if systems.is_empty() {
            wanted.fate = Fate::Elsewhere;
        } else if tweaks.is_some_and(|tweaks| {
            let removed = tweaks.remove_dependencies.iter();
            removed.into_iter().any(|name| wanted.is_called(name))
        }) {
            wanted.fate = Fate::Removed;
        }
        Some(wanted)
    });
    let mut all: Vec<Wanted<'a>> = all.collect();
    // One name may be required several times, under markers that exclude each other.
    let needed: BTreeSet<PyName> = all
        .iter()
        .filter(|one| one.is_needed())
        .map(|one| one.requirement.name().clone())
        .collect();
    all.retain(|one| one.is_needed() || !needed.contains(one.requirement.name()));
    all
}

/// The systems on which a requirement holds; nothing where that cannot be told.
fn systems(requirement: &Requirement, subject: &Subject<'_>) -> Option<Vec<System>> {
    let python = subject.python.version();
    let none = BTreeSet::new();
    let mut held = Vec::new();
    for system in &subject.systems {
        if requirement.holds(python, *system, &none).ok()? {
            held.push(*system);
        }
    }
    Some(held)
}

fn plain<'a>(
    requirement: &'a Requirement,
    scaffold: &Scaffold,
    index: &Index,
    subject: &Subject<'_>,
) -> Wanted<'a> {
    let name = requirement.name();
    let mut wanted = Wanted {
        requirement,
        fate: Fate::Nixpkgs,
        attribute: name.to_string(),
        version: None,
        is_lacking: false,
    };
    let release = subject.released.map(|release| &release.packages);
    let mut stand_ins = scaffold.catalogue.substitution.iter();
    if let Some(sibling) = release.and_then(|packages| packages.get(name)) {
        wanted.fate = Fate::Sibling;
        wanted.version = Some(sibling.version.clone());
    } else if let Some(stand_in) = stand_ins.find(|one| one.requirement == *name) {
        wanted.fate = Fate::StandIn;
        wanted.attribute.clone_from(&stand_in.attribute);
    } else {
        match index.look_up(name) {
            Lookup::Present { attribute, version } => {
                attribute.clone_into(&mut wanted.attribute);
                wanted.version = version.and_then(|version| version.parse().ok());
            }
            Lookup::Absent => wanted.is_lacking = true,
            Lookup::Unknown => {}
        }
    }
    wanted
}
