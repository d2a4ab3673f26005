//! What a repository keeps of the facts that its scaffold does not carry: the release that was read for it, and third parties. With
//! these files everything is made again without the package index, and comes out the same years later. They hold what is needed
//! and no more, and nothing of a clock.

use super::Scaffold;
use super::distribution::Distribution;
use super::release::Release;
use crate::model::{PythonSet, System};
use crate::python::{PyName, PythonVersion, Requirement, Verdict, verdict};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Where a repository keeps its release, in the form of a catalogue's.
pub const RELEASE_FILE: &str = ".floxwright/release.json";

/// Where a repository keeps third parties.
pub const THIRD_PARTY_FILE: &str = ".floxwright/third-parties.json";

/// The number of the format that this program reads and writes.
const SCHEMA: u32 = 1;

/// The third-party distributions that one repository rests on and its scaffold does not carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct KeptThirdParties {
    /// The format.
    schema: u32,
    /// The Python set for which files were chosen; another one reads the package index.
    python: String,
    /// Each distribution in the one version that is used.
    distributions: BTreeMap<PyName, Kept>,
}

/// One distribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Kept {
    /// The systems for which its files were chosen; others read the package index.
    pub systems: BTreeSet<System>,
    /// What was read of it.
    pub distribution: Distribution,
}

/// A file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum KeptError {
    /// Not JSON, or not of this shape.
    #[error("not a file of third parties: {0}")]
    Json(#[from] serde_json::Error),
    /// Written by another version of the program.
    #[error("it has schema {0}, and this program knows schema {SCHEMA}")]
    Schema(u64),
}

impl KeptThirdParties {
    /// Those of a repository that builds for this Python set.
    pub fn new(python: PythonSet, distributions: BTreeMap<PyName, Kept>) -> Self {
        Self {
            schema: SCHEMA,
            python: python.to_string(),
            distributions,
        }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// Text that is not JSON of this shape, unknown keys included, or of another schema.
    pub fn parse(text: &str) -> Result<Self, KeptError> {
        let value: serde_json::Value = serde_json::from_str(text)?;
        match value.get("schema").and_then(serde_json::Value::as_u64) {
            Some(schema) if schema != u64::from(SCHEMA) => Err(KeptError::Schema(schema)),
            _ => Ok(serde_json::from_value(value)?),
        }
    }

    /// The text of the file: one line for each distribution, sorted, so that branches merge.
    ///
    /// # Errors
    /// None in practice: every key is a string.
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        let lines = self.distributions.iter().map(|(name, kept)| {
            let mut value = serde_json::to_value(kept)?;
            value.sort_all_objects();
            Ok(format!(
                "    \"{name}\": {}",
                serde_json::to_string(&value)?
            ))
        });
        let lines: Vec<String> = lines.collect::<Result<_, serde_json::Error>>()?;
        Ok(format!(
            "{{\n  \"schema\": {},\n  \"python\": {},\n  \"distributions\": {{\n{}\n  }}\n}}\n",
            self.schema,
            serde_json::to_string(&self.python)?,
            lines.join(",\n")
        ))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.distributions.is_empty()
    }

    /// What is kept of a distribution, if everybody is content with its version and its files were chosen for this Python and
    /// these systems.
    pub fn find(
        &self,
        name: &PyName,
        asked: &[&Requirement],
        python: PythonVersion,
        systems: &BTreeSet<System>,
    ) -> Option<&Kept> {
        let read_for: PythonSet = self.python.parse().ok()?;
        let kept = self.distributions.get(name)?;
        let mut asked = asked.iter();
        let fits = read_for.version() == python
            && systems.is_subset(&kept.systems)
            && asked.all(|one| verdict(one, &kept.distribution.version) == Verdict::Satisfied);
        fits.then_some(kept)
    }
}

impl Scaffold {
    /// What is needed of a release for packages that were named, each with the extras that were asked for: the core, these, and what
    /// they bring along. What the release is known to lack is among them too.
    pub fn needed(
        &self,
        release: &Release,
        named: &BTreeMap<PyName, BTreeSet<PyName>>,
    ) -> BTreeSet<PyName> {
        let known = &self.catalogue.packages;
        // A core package that is not there came later than the release.
        let core = release.packages.keys();
        let core = core.filter(|name| self.catalogue.is_core(name)).cloned();
        let named_here = named.keys().filter(|name| known.contains_key(*name));
        let mut open: Vec<PyName> = core.chain(named_here.cloned()).collect();
        let mut needed = BTreeSet::new();
        while let Some(name) = open.pop() {
            let Some(package) = release.packages.get(&name) else {
                needed.insert(name);
                continue;
            };
            if needed.contains(&name) {
                continue;
            }
            let extras = named.get(&name);
            let of_extras = package
                .extras
                .iter()
                .filter(|(extra, _)| extras.is_some_and(|extras| extras.contains(*extra)))
                .flat_map(|(_, all)| all);
            let all = package.requires.iter().chain(of_extras);
            let wanted = all.map(Requirement::name);
            open.extend(wanted.filter(|wanted| known.contains_key(*wanted)).cloned());
            needed.insert(name);
        }
        needed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scaffold::{built_in, default_name};

    fn sample() -> KeptThirdParties {
        let name = default_name();
        let scaffold = Scaffold::load(name, &built_in(name).unwrap()).unwrap();
        let carried = scaffold.third_parties.unwrap();
        let python: PythonSet = "python313".parse().unwrap();
        let systems: BTreeSet<System> = [System::DEFAULT[0]].into();
        let lkml: PyName = "lkml".parse().unwrap();
        let found = carried.newest(&lkml, &[], python.version(), &systems);
        let kept = Kept {
            systems,
            distribution: found.unwrap().clone(),
        };
        KeptThirdParties::new(python, [(lkml, kept)].into())
    }

    #[test]
    fn what_is_written_is_read() {
        let text = sample().to_text().unwrap();
        assert_eq!(KeptThirdParties::parse(&text).unwrap(), sample());
        assert_eq!(text.lines().count(), 7, "{text}");
    }

    #[test]
    fn what_is_not_of_this_shape_is_refused() {
        let text = sample().to_text().unwrap();
        let newer = text.replace("\"schema\": 1", "\"schema\": 2");
        let error = KeptThirdParties::parse(&newer).unwrap_err().to_string();
        assert_eq!(error, "it has schema 2, and this program knows schema 1");
        for bad in ["", "[]", "{}", &text.replace("\"systems\"", "\"system\"")] {
            assert!(KeptThirdParties::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_was_read_for_others_is_read_again() {
        let kept = sample();
        let name: PyName = "lkml".parse().unwrap();
        let all: BTreeSet<System> = System::DEFAULT.into();
        let one: BTreeSet<System> = [System::DEFAULT[0]].into();
        let old: Requirement = "lkml<0.1".parse().unwrap();
        let check = |asked: &[&Requirement], python: &str, systems, expected: bool| {
            let found = kept.find(&name, asked, python.parse().unwrap(), systems);
            assert_eq!(found.is_some(), expected, "{python} {systems:?}");
        };
        check(&[], "3.13", &one, true);
        check(&[], "3.12", &one, false);
        check(&[], "3.13", &all, false);
        check(&[&old], "3.13", &one, false);
    }
}
