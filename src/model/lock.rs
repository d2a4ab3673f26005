//! The lock: what an intent resolved to. A pure function of intent, catalogue, index and templates: no dates of its own, no
//! tool version.

use super::{LockedOrigin, LockedSdist, PackageSpec, Source, System};
use crate::python::PyName;
use crate::tree::RelPath;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The lock's schema that this program writes and reads.
pub const LOCK_SCHEMA: u32 = 1;

/// `floxwright.lock` in a workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Lock {
    /// The lock's schema.
    pub schema: u32,
    /// Name of the scaffold.
    pub scaffold: String,
    /// SHA-256 over the scaffold's files, in hexadecimal.
    pub scaffold_digest: String,
    /// The nixpkgs index that predicted the verdicts: its source and its date.
    pub index: String,
    /// The upstream release.
    pub release: LockedRelease,
    /// The environment.
    pub environment: LockedEnvironment,
    /// What is built, by name.
    pub packages: BTreeMap<PyName, LockedPackage>,
    /// What nixpkgs lacks, or has in another version than the person wants, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub third_party: BTreeMap<PyName, LockedThirdParty>,
    /// What is generated, by path.
    #[serde(default)]
    pub files: BTreeMap<RelPath, LockedFile>,
}

/// The upstream release and where its sources come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LockedRelease {
    /// The release, which is the version of its core packages; at a commit the release that lends its number, `+g` and the
    /// commit's first digits.
    pub version: String,
    /// The monorepo at the release's tag or at a commit; `None` where every package comes from its sdist.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<LockedSource>,
    /// Why the sources come from there.
    pub because: String,
}

impl LockedRelease {
    /// Where the sources come from; never `Auto`, which is settled.
    pub fn source_kind(&self) -> Source {
        if self.source.is_some() {
            Source::Github
        } else {
            Source::Pypi
        }
    }
}

/// A git repository at one tag or commit, as `fetchFromGitHub` takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedSource {
    /// The repository's owner.
    pub owner: String,
    /// The repository's name.
    pub repo: String,
    /// The tag; empty where it is a commit.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tag: String,
    /// The commit; empty where it is a tag.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rev: String,
    /// NAR hash of the tree, SRI.
    pub hash: String,
}

impl LockedSource {
    /// What it is fetched at, in words.
    pub fn told(&self) -> String {
        let (kind, name) = self.reference();
        format!("{kind} `{name}`")
    }

    /// What it is fetched at: the kind, and its name.
    pub fn reference(&self) -> (&'static str, &str) {
        if self.rev.is_empty() {
            ("tag", &self.tag)
        } else {
            ("commit", &self.rev)
        }
    }
}

/// The environment in which the packages run together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LockedEnvironment {
    /// Name of the package.
    pub name: String,
    /// Programs that it links, sorted.
    pub programs: Vec<String>,
    /// Libraries of the person's own code: nixpkgs attribute, and version where the index knows it.
    pub libraries: BTreeMap<String, String>,
    /// Extras of the packages that are taken into it: `package[extra]`.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub extras: BTreeSet<String>,
}

/// One package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LockedPackage {
    /// Its own version.
    pub version: String,
    /// Why it is built.
    pub because: String,
    /// Where its files come from.
    pub origin: LockedOrigin,
    /// What a release lends to it, because the tree at a commit does not hold it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lent: Option<LockedLoan>,
    /// nixpkgs attributes of its build system.
    pub build_system: Vec<String>,
    /// Python versions that it supports.
    pub requires_python: String,
    /// SPDX identifier of its licence; `None` where it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// Module that is imported to prove it.
    pub module: String,
    /// Its programs, sorted.
    pub programs: Vec<String>,
    /// What it requires, in the metadata's order; then what the person added.
    pub requires: Vec<LockedRequirement>,
    /// Patches of the person, in the order in which they are applied.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub patches: BTreeSet<RelPath>,
    /// Extras that it offers, each with all its members in nixpkgs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extras: BTreeMap<String, Vec<LockedRequirement>>,
}

/// What the sdist of a release has and the tree at a commit has not, because it is made before a release is packed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedLoan {
    /// The version of the sdist.
    pub version: String,
    /// The sdist.
    pub sdist: LockedSdist,
    /// The directory that is taken from it, below the package's own.
    pub directory: String,
}

/// A distribution of the package index that is packaged beside the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LockedThirdParty {
    /// One line about it.
    pub description: String,
    /// Its home page; empty where the metadata names none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub homepage: String,
    /// The rest, as for a package of the upstream.
    pub package: LockedPackage,
}

/// What became of one requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// A package of this repository.
    Sibling,
    /// An attribute of nixpkgs' Python set.
    Nixpkgs,
    /// An attribute that stands in for the required one.
    Substituted,
    /// Left out: the marker is false on every system.
    Excluded,
    /// Left out because the person said so.
    Removed,
    /// Put in because the person said so.
    Added,
}

/// What the nixpkgs index says about a requirement's bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prediction {
    /// The index's version lies within the bounds.
    Satisfied,
    /// The index's version is past the upper bound; Nix relaxes it.
    Relaxed,
    /// The index knows no version.
    Unknown,
    /// There is nothing to predict: no version is looked up.
    None,
}

/// How an upper bound is treated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LockedBound {
    /// `at-least`: past the bound from this version on. `past`: past the bound above this version. `always`: relaxed whatever
    /// nixpkgs has. `kept`: not relaxed, because the relax hook would hit another requirement as well.
    pub test: BoundTest,
    /// The version; empty for `always`.
    pub version: String,
}

/// See [`LockedBound::test`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BoundTest {
    /// `lib.versionAtLeast attribute.version version`
    AtLeast,
    /// `lib.versionOlder version attribute.version`
    Past,
    /// Unconditionally, as the person asked.
    Always,
    /// Never: the name is a prefix of another requirement's.
    Kept,
}

/// One requirement and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LockedRequirement {
    /// The requirement as the metadata says it.
    pub requirement: String,
    /// What became of it.
    pub decision: Decision,
    /// The name in the metadata's spelling.
    pub spelling: String,
    /// Attribute in the Python set, or the sibling's name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub attribute: String,
    /// Extras of the attribute that are taken along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<String>,
    /// Systems on which it holds; empty for all.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub systems: BTreeSet<System>,
    /// Its upper bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<LockedBound>,
    /// The version that the index has; empty where it knows none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub index: String,
    /// What the index predicts.
    pub prediction: Prediction,
    /// Why, where that is not plain from the rest.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Who a generated file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    /// floxwright's: kept up to date, the person's edits merged.
    Generated,
    /// The person's after it was first written.
    Yours,
}

/// One generated file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedFile {
    /// Stable name of the output, by which a rename is known.
    pub id: String,
    /// Who it belongs to.
    pub owner: Owner,
    /// SHA-256 of the text as it was generated, in hexadecimal.
    pub sha256: String,
}

impl Lock {
    /// The extras of a package that the environment takes.
    pub fn environment_extras(&self) -> impl Iterator<Item = PackageSpec> {
        self.environment
            .extras
            .iter()
            .filter_map(|spec| spec.parse().ok())
    }
}
