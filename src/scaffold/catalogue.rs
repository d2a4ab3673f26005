//! `catalogue/catalogue.toml`: the facts of one upstream that its packages' metadata does not say.

use super::category::{Category, Group};
use super::fate::{Elsewhere, Known, NotBuilt};
use super::version_rule::VersionRule;
use super::wrong::{Claim, Configuration};
use crate::python::{PyName, Requirement, Version};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The facts of one upstream.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Catalogue {
    schema: u32,
    /// Why no test suite runs in a build, where a package does not say otherwise.
    check: String,
    /// The upstream itself.
    pub upstream: Upstream,
    /// Rules by which a package's version follows from the release, by name.
    pub tracks: BTreeMap<String, VersionRule>,
    #[serde(default)]
    source: Vec<SourceHash>,
    /// Releases that must not be packaged.
    #[serde(default)]
    pub yanked: Vec<Yanked>,
    /// Requirements for which another attribute stands in.
    #[serde(default)]
    pub substitution: Vec<Substitution>,
    /// Versions to which third-party distributions are held that are packaged here.
    #[serde(default)]
    pub hold: Vec<Hold>,
    /// Faults that upstream did not declare.
    #[serde(default)]
    pub known: Vec<Known>,
    /// Configurations that its releases refuse.
    #[serde(default)]
    pub configuration: Vec<Configuration>,
    /// Sentences that are known to be wrong.
    #[serde(default)]
    pub claim: Vec<Claim>,
    /// The package that each storage needs, by the storage's name.
    #[serde(default)]
    pub storage: BTreeMap<String, PyName>,
    /// What of the monorepo is deliberately not built.
    #[serde(default)]
    pub not_built: Vec<NotBuilt>,
    /// What a person may look for here and not find.
    #[serde(default)]
    pub elsewhere: Vec<Elsewhere>,
    /// What a package can be for, in the order in which they are shown.
    pub category: Vec<Category>,
    /// The packages, by name.
    pub packages: BTreeMap<PyName, Package>,
}

/// What an upstream is called and where it lives.
#[derive(Clone, Debug, Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Upstream {
    /// Its name for people.
    pub name: String,
    /// The owner of its repository on GitHub.
    pub owner: String,
    /// The repository.
    pub repo: String,
    /// Its home page.
    pub homepage: String,
    /// Address of the tree at a release, without the release.
    pub tree: String,
    /// Address of the notes on a release, without the release.
    pub changelog: String,
    /// SPDX identifier of its licence.
    pub license: String,
    /// What stands before the release in the name of its tag; often nothing.
    #[serde(default)]
    pub tag_prefix: String,
    /// The version that every package has in the tree between releases. Without it no commit can be packaged: what the packages
    /// say of each other there holds for no version that is one.
    #[serde(default)]
    pub development_version: Option<Version>,
    /// What the environment is called unless the person says otherwise.
    pub environment: String,
    /// What the workspace is called unless the person says otherwise.
    pub workspace: String,
    /// The Python that is offered first.
    pub python: String,
    /// The program that runs when only the environment is named, where the core has one.
    #[serde(default)]
    pub main_program: Option<String>,
    /// What the interpreter is called in the environment.
    pub interpreter: String,
    /// What the core brings, in a few words each, for the environment's description.
    pub includes: Vec<String>,
    /// Extras that serve the development of a package and never its use; with `-` and more behind it as well.
    #[serde(default)]
    pub development_extras: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceHash {
    release: String,
    hash: String,
    /// Where the hash comes from; for the reader of the file.
    #[expect(
        dead_code,
        reason = "a fact without its origin is none; the key must be there"
    )]
    origin: String,
}

/// A release that must not be packaged.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Yanked {
    /// The release.
    pub release: String,
    /// Why.
    pub because: String,
    /// The newest good release beside it.
    pub instead: String,
}

/// A third-party distribution whose other versions do not build or run from Nix.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// The distribution, with the versions that do.
    pub requirement: Requirement,
    /// Why, as the end of a sentence.
    pub because: String,
    /// Who found it.
    #[expect(
        dead_code,
        reason = "a fact without its origin is none; the key must be there"
    )]
    source: String,
    /// When, `YYYY-MM-DD`.
    #[expect(
        dead_code,
        reason = "a fact without its date is none; the key must be there"
    )]
    date: String,
}

/// A requirement for which another attribute stands in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Substitution {
    /// The required distribution.
    pub requirement: PyName,
    /// The attribute of nixpkgs' Python set.
    pub attribute: String,
    /// Why this is right.
    pub reason: String,
}

/// One package of the monorepo.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Package {
    /// What it is to the person who chooses.
    pub group: Group,
    /// Its category, for `category:NAME`.
    pub category: String,
    /// Its track.
    pub track: String,
    /// Its directory in the monorepo.
    pub path: String,
    /// One line without article and full stop, as nixpkgs wants it.
    pub description: String,
    /// The page of the upstream's documentation.
    #[serde(default)]
    pub documentation: Option<String>,
    /// The module whose import proves the package, where many packages share the one at the top.
    #[serde(default)]
    pub module: Option<String>,
    /// The program that the package is known by.
    #[serde(default)]
    pub main_program: Option<String>,
    /// Why its test suite does not run in a build, if not for the reason of all.
    #[serde(default)]
    check: Option<String>,
    /// A few words for the environment's description.
    #[serde(default)]
    pub label: Option<String>,
    /// Set where the monorepo does not hold all that the package needs.
    #[serde(default)]
    pub sdist_only: Option<SdistOnly>,
    /// A file that must be installed.
    #[serde(default)]
    pub guard: Option<Guard>,
}

/// Why a package comes from its sdist in any case.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SdistOnly {
    /// The reason, as it stands in the generated file.
    pub because: String,
    /// The directory below the package's own that the sdist has and the tree has not.
    pub directory: String,
}

/// A file without which a package builds but does not work.
#[derive(Clone, Debug, Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Guard {
    /// Its path below site-packages.
    pub file: String,
    /// The reason, as it stands in the generated file.
    pub because: String,
}

impl Upstream {
    /// The tag of a release.
    pub fn tag(&self, release: &str) -> String {
        format!("{}{release}", self.tag_prefix)
    }
}

impl Catalogue {
    /// Reads the file.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let catalogue: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if catalogue.schema != 1 {
            return Err(format!(
                "schema {} is not known; this program reads schema 1",
                catalogue.schema
            ));
        }
        catalogue.check_words()?;
        match catalogue
            .storage
            .values()
            .find(|name| !catalogue.packages.contains_key(name))
        {
            Some(name) => Err(format!("storage needs `{name}`, which is not there")),
            None => Ok(catalogue),
        }
    }

    /// Whether every track and category that a package names is there.
    fn check_words(&self) -> Result<(), String> {
        for (name, package) in &self.packages {
            let Package {
                track, category, ..
            } = package;
            if !self.tracks.contains_key(track) {
                return Err(format!(
                    "`{name}` is on the track `{track}`, which is not there"
                ));
            }
            if self.category(category).is_none() {
                return Err(format!(
                    "`{name}` is of the category `{category}`, which is not there"
                ));
            }
        }
        Ok(())
    }

    /// NAR hash of the monorepo's tree at the release's tag, where it is known.
    pub fn source_hash(&self, release: &str) -> Option<&str> {
        let source = self
            .source
            .iter()
            .find(|source| source.release == release)?;
        Some(&source.hash)
    }

    /// Why the test suite of a package does not run in a build.
    pub fn check<'a>(&'a self, package: &'a Package) -> &'a str {
        package.check.as_deref().unwrap_or(&self.check)
    }
}
