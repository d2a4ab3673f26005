//! What changes from one lock to another: versions, requirements, build systems, programs, bounds, as facts that a person can decide
//! from. Pure; it writes nothing, and decides nothing.

mod built;
mod grouped;
mod report;
mod requirements;
mod text;

pub use grouped::Shared;
pub use report::{Item, Section, sections};
pub use requirements::{Part, RequirementChange};
pub use text::{markdown, text, who};

use crate::model::Lock;
use crate::python::PyName;
use crate::scaffold::{Release, Scaffold};
use serde::Serialize;
use std::collections::BTreeSet;

/// From one value to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Step {
    /// What it was.
    pub from: String,
    /// What it becomes.
    pub to: String,
}

impl Step {
    /// The step, if it leads elsewhere.
    pub fn between(from: &str, to: &str) -> Option<Self> {
        (from != to).then(|| Self {
            from: from.to_owned(),
            to: to.to_owned(),
        })
    }
}

/// Another place where the sources come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceChange {
    /// From which kind to which.
    #[serde(flatten)]
    pub step: Step,
    /// Why.
    pub because: String,
}

/// Something with a name and a version that comes or goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Why it is there, or was.
    pub because: String,
}

/// Something with a name that takes a step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Moved {
    /// Its name.
    pub name: String,
    /// From which version to which.
    #[serde(flatten)]
    pub step: Step,
    /// Its home page, where one is known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub homepage: String,
}

/// What is offered with a release and was not before, and the other way round; with what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Offered {
    /// New packages.
    pub came: Vec<String>,
    /// Packages that are no more.
    pub went: Vec<String>,
}

/// A program that a package begins to install, or installs no more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "change", content = "program", rename_all = "kebab-case")]
pub enum ProgramChange {
    /// It is new.
    Came(String),
    /// It is gone.
    Went(String),
}

/// An upper bound that nixpkgs is past.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Passed {
    /// The requirement.
    pub requirement: String,
    /// What nixpkgs has, as far as the index knows.
    pub nixpkgs: String,
    /// Whether Nix relaxes the bound; if not, the build fails.
    pub relaxed: bool,
}

/// A fault that upstream did not declare.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// The package.
    pub package: String,
    /// What it is and what to do, and who found it.
    pub text: String,
}

/// What differs between two locks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Changes {
    /// The release, where it moves.
    pub release: Option<Step>,
    /// Where the sources come from, where that changes.
    pub source: Option<SourceChange>,
    /// The index of nixpkgs, where it is another.
    pub index: Option<Step>,
    /// Versions of the packages that are built, by step.
    pub versions: Vec<Shared<Step>>,
    /// Packages that are built from now on.
    pub came: Vec<Named>,
    /// Packages that are built no more.
    pub went: Vec<Named>,
    /// What the release offers, where both releases are known as a whole.
    pub offered: Option<Offered>,
    /// Requirements.
    pub requirements: Vec<Shared<RequirementChange>>,
    /// Build systems.
    pub build_systems: Vec<Shared<Step>>,
    /// The Pythons that packages support.
    pub pythons: Vec<Shared<Step>>,
    /// Programs.
    pub programs: Vec<Shared<ProgramChange>>,
    /// Upper bounds that nixpkgs is past from now on.
    pub passed: Vec<Shared<Passed>>,
    /// Upper bounds that hold again, or are gone.
    pub kept: Vec<Shared<Passed>>,
    /// Faults that come.
    pub faults: Vec<Fault>,
    /// Faults that are gone.
    pub mended: Vec<Fault>,
    /// Distributions from PyPI that are packaged from now on.
    pub third_parties_came: Vec<Named>,
    /// Distributions from PyPI that are packaged no more.
    pub third_parties_went: Vec<Named>,
    /// Distributions from PyPI that move.
    pub third_parties_moved: Vec<Moved>,
    /// Distributions of nixpkgs that are required here, and of which the index knows another version.
    pub nixpkgs: Vec<Moved>,
}

impl Changes {
    /// What changes from `old` to `new`. The scaffold tells what the releases offer, and which faults are known.
    pub fn between(old: &Lock, new: &Lock, scaffold: &Scaffold) -> Self {
        let kind = |lock: &Lock| lock.release.source_kind().name();
        let mut changes = Self {
            release: Step::between(&old.release.version, &new.release.version),
            source: Step::between(kind(old), kind(new)).map(|step| SourceChange {
                step,
                because: new.release.because.clone(),
            }),
            index: Step::between(&old.index, &new.index),
            offered: offered(old, new, scaffold),
            ..Self::default()
        };
        changes.of_packages(old, new);
        changes.of_third_parties(old, new);
        changes.requirements = requirements::between(old, new);
        (changes.passed, changes.kept) = requirements::passed(old, new);
        changes.nixpkgs = requirements::of_nixpkgs(old, new);
        (changes.faults, changes.mended) = faults(old, new, scaffold);
        changes
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What the releases offer, where both are known as a whole and differ.
fn offered(old: &Lock, new: &Lock, scaffold: &Scaffold) -> Option<Offered> {
    let whole = |lock: &Lock| -> Option<&Release> {
        let release = scaffold.release(&lock.release.version)?;
        (!scaffold.is_partial(&release.release)).then_some(release)
    };
    let names = |release: &Release| -> BTreeSet<PyName> {
        let offered = scaffold.catalogue.offered(release);
        offered.map(|(name, _)| name.clone()).collect()
    };
    let (before, now) = (names(whole(old)?), names(whole(new)?));
    let told = |name: &PyName| match scaffold.catalogue.fate(name) {
        Some(fate) => format!("{name} ({fate})"),
        None => name.to_string(),
    };
    let offered = Offered {
        came: now.difference(&before).map(ToString::to_string).collect(),
        went: before.difference(&now).map(told).collect(),
    };
    (offered != Offered::default()).then_some(offered)
}

/// The faults that come with the new versions, and those that are gone.
fn faults(old: &Lock, new: &Lock, scaffold: &Scaffold) -> (Vec<Fault>, Vec<Fault>) {
    let known = |lock: &Lock| -> BTreeSet<Fault> {
        let packages = lock.packages.iter();
        let versions = packages.filter_map(|(name, one)| Some((name, one.version.parse().ok()?)));
        let known = versions.flat_map(|(name, version)| scaffold.catalogue.known(name, &version));
        let fault = known.map(|known| Fault {
            package: known.package.to_string(),
            text: format!("{} ({}, {})", known.text, known.source, known.date),
        });
        fault.collect()
    };
    let (before, now) = (known(old), known(new));
    let without = |one: &BTreeSet<Fault>, other| one.difference(other).cloned().collect();
    (without(&now, &before), without(&before, &now))
}

#[cfg(test)]
mod tests;
