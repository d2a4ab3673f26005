//! Distributions that nixpkgs lacks and the ready-made releases require, as a file of the catalogue: what the package index said of
//! them on one day. With it a repository is made without the network, and comes out the same on every day.

use super::date::Date;
use super::distribution::Distribution;
use crate::model::{PythonSet, System};
use crate::python::{PyName, PythonVersion, Requirement, Verdict, verdict};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The number of the format that this program reads and writes.
const SCHEMA: u32 = 1;

/// What was read of third parties, each perhaps in several versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ThirdParties {
    /// The format.
    schema: u32,
    /// The day of reading.
    date: Date,
    /// The Python set for which files were chosen; another one reads the package index.
    python: String,
    /// The systems for which files were chosen.
    systems: BTreeSet<System>,
    /// Versions of each distribution, oldest first.
    distributions: BTreeMap<PyName, Vec<Distribution>>,
}

/// The file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ThirdPartiesError {
    /// Not JSON, or not of this shape.
    #[error("not a file of third parties: {0}")]
    Json(#[from] serde_json::Error),
    /// Written by another version of the program.
    #[error("the file has schema {0}, and this program knows schema {SCHEMA}")]
    Schema(u32),
}

impl ThirdParties {
    /// Those of no distribution, read for a Python set and systems.
    pub fn new(date: Date, python: PythonSet, systems: BTreeSet<System>) -> Self {
        Self {
            schema: SCHEMA,
            date,
            python: python.to_string(),
            systems,
            distributions: BTreeMap::new(),
        }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// Text that is not JSON of this shape, unknown keys included, or of another schema.
    pub fn parse(text: &str) -> Result<Self, ThirdPartiesError> {
        let read: Self = serde_json::from_str(text)?;
        if read.schema != SCHEMA {
            return Err(ThirdPartiesError::Schema(read.schema));
        }
        Ok(read)
    }

    /// The text of the file: one line for each version of a distribution, sorted.
    ///
    /// # Errors
    /// None in practice: every key is a string.
    pub fn to_text(&self) -> Result<String, ThirdPartiesError> {
        let mut head = serde_json::to_value(Self {
            distributions: BTreeMap::new(),
            ..self.clone()
        })?;
        if let Some(head) = head.as_object_mut() {
            head.remove("distributions");
        }
        head.sort_all_objects();
        let head = serde_json::to_string_pretty(&head)?;
        let mut names = Vec::new();
        for (name, versions) in &self.distributions {
            let lines = versions.iter().map(|version| {
                let mut value = serde_json::to_value(version)?;
                value.sort_all_objects();
                Ok(format!("      {}", serde_json::to_string(&value)?))
            });
            let lines: Vec<String> = lines.collect::<Result<_, serde_json::Error>>()?;
            names.push(format!("    \"{name}\": [\n{}\n    ]", lines.join(",\n")));
        }
        let head = head.trim_end_matches(['\n', '}']);
        Ok(format!(
            "{head},\n  \"distributions\": {{\n{}\n  }}\n}}\n",
            names.join(",\n")
        ))
    }

    /// Adds what was read; a version that is there already stays.
    pub fn add(&mut self, name: &PyName, read: &Distribution) {
        let versions = self.distributions.entry(name.clone()).or_default();
        if let Err(place) = versions.binary_search_by(|known| known.version.cmp(&read.version)) {
            versions.insert(place, read.clone());
        }
    }

    /// How many distributions there are.
    pub fn len(&self) -> usize {
        self.distributions.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.distributions.is_empty()
    }

    /// The newest version with which everybody is content, if its files were chosen for this Python and these systems.
    pub fn newest(
        &self,
        name: &PyName,
        asked: &[&Requirement],
        python: PythonVersion,
        systems: &BTreeSet<System>,
    ) -> Option<&Distribution> {
        let read_for: PythonSet = self.python.parse().ok()?;
        if read_for.version() != python || !systems.is_subset(&self.systems) {
            return None;
        }
        let versions = self.distributions.get(name)?;
        versions.iter().rev().find(|known| {
            let mut asked = asked.iter();
            asked.all(|one| verdict(one, &known.version) == Verdict::Satisfied)
        })
    }
}
