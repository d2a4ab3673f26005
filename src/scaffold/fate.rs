//! What cannot be had, or not without fault, and why: packages that are not built, packages that are elsewhere, and faults that
//! upstream did not declare.

use super::catalogue::Catalogue;
use crate::python::{PyName, Version, VersionSpecifiers};
use serde::Deserialize;

/// A fault that upstream did not declare.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// The package that has it.
    pub package: PyName,
    /// The package's own versions that have it; all of them where nothing is said.
    #[serde(default)]
    pub versions: Option<VersionSpecifiers>,
    /// Whether the package is of no use with it: it is left out where everything is asked for.
    #[serde(default)]
    pub broken: bool,
    /// Requirements that the package forgot to state, and that are added.
    #[serde(default)]
    pub adds: Vec<PyName>,
    /// Programs that cannot start, and are not linked.
    #[serde(default)]
    pub drops: Vec<String>,
    /// What it is and what to do.
    pub text: String,
    /// Who found it.
    pub source: String,
    /// When, `YYYY-MM-DD`.
    pub date: String,
}

/// A part of the monorepo that is deliberately not built.
#[derive(Clone, Debug, Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct NotBuilt {
    /// Its name.
    pub name: String,
    /// Why.
    pub because: String,
}

/// A package that belongs to the upstream in people's minds, and that the monorepo does not hold, or holds no more.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elsewhere {
    /// Its name.
    pub name: PyName,
    /// The last release with which the monorepo published it.
    #[serde(default)]
    pub last: Option<Version>,
    /// What became of it.
    pub because: String,
    /// The address where it is now.
    #[serde(default)]
    pub at: Option<String>,
}

impl Catalogue {
    /// The faults that a version of a package has.
    pub fn known(&self, package: &PyName, version: &Version) -> Vec<&Known> {
        let holds = |known: &&Known| {
            let versions = known.versions.as_ref();
            known.package == *package && versions.is_none_or(|versions| versions.contains(version))
        };
        self.known.iter().filter(holds).collect()
    }

    /// Whether a program of a version of a package starts, for all that is known.
    pub fn starts(&self, package: &PyName, version: &Version, program: &str) -> bool {
        let known = self.known(package, version);
        !known
            .iter()
            .any(|known| known.drops.iter().any(|dropped| dropped == program))
    }

    /// The fault with which a version of a package is of no use.
    pub fn broken(&self, package: &PyName, version: &Version) -> Option<&Known> {
        self.known(package, version)
            .into_iter()
            .find(|known| known.broken)
    }

    /// Why no release has this package, if the catalogue knows why.
    pub fn refusal(&self, name: &PyName) -> Option<String> {
        if self.packages.contains_key(name) {
            return None;
        }
        let mut not_built = self.not_built.iter();
        if let Some(part) = not_built.find(|part| part.name == name.as_str()) {
            return Some(format!("`{name}` is not built: {}", part.because));
        }
        let fate = self.fate(name)?;
        Some(format!("there is no package `{name}` here: {fate}"))
    }

    /// What became of a package that the monorepo does not hold, or holds no more.
    pub fn fate(&self, name: &PyName) -> Option<String> {
        let mut elsewhere = self.elsewhere.iter();
        let Elsewhere {
            last, because, at, ..
        } = elsewhere.find(|package| package.name == *name)?;
        let last = last
            .as_ref()
            .map(|last| format!("; {last} was the last release with it"));
        let at = at.as_ref().map(|at| format!("; see {at}"));
        Some(format!(
            "{because}{}{}",
            last.unwrap_or_default(),
            at.unwrap_or_default()
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scaffold::{Scaffold, built_in, built_in_names};

    fn catalogues() -> impl Iterator<Item = Catalogue> {
        built_in_names().into_iter().map(|name| {
            Scaffold::load(name, &built_in(name).unwrap())
                .unwrap()
                .catalogue
        })
    }

    #[test]
    fn a_fault_holds_in_the_versions_that_it_names() {
        let mut catalogue = catalogues().next().unwrap();
        let name: PyName = catalogue.packages.keys().next().unwrap().clone();
        let known = |versions: Option<&str>| Known {
            package: name.clone(),
            versions: versions.map(|versions| versions.parse().unwrap()),
            broken: false,
            adds: Vec::new(),
            drops: Vec::new(),
            text: String::new(),
            source: String::new(),
            date: String::new(),
        };
        catalogue.known = vec![known(None), known(Some(">=1.2,<1.4")), known(Some("==1.4"))];
        for (version, count) in [("1.1", 1), ("1.2", 2), ("1.3.9", 2), ("1.4", 2), ("1.5", 1)] {
            let found = catalogue.known(&name, &version.parse().unwrap());
            assert_eq!(found.len(), count, "{version}");
        }
        let other = "no-such-package".parse().unwrap();
        assert!(catalogue.known(&other, &"1.2".parse().unwrap()).is_empty());
    }

    #[test]
    fn what_cannot_be_had_is_told_with_its_reason() {
        for catalogue in catalogues() {
            for elsewhere in &catalogue.elsewhere {
                let Elsewhere { name, because, .. } = elsewhere;
                let there = catalogue.packages.contains_key(name);
                assert_eq!(catalogue.refusal(name).is_none(), there, "{name}");
                assert!(catalogue.fate(name).unwrap().starts_with(because), "{name}");
                let known = elsewhere.last.is_some() != elsewhere.at.is_some();
                assert!(
                    known,
                    "{name}: it ended with a release, or is at an address"
                );
                assert!(!there || elsewhere.last.is_some(), "{name}: it is here");
            }
            for known in &catalogue.known {
                assert!(
                    catalogue.packages.contains_key(&known.package),
                    "{}",
                    known.package
                );
            }
        }
    }
}
