//! The nixpkgs index: which Python distributions nixpkgs has, under which attribute, in which version. It only predicts, for
//! reports; what a build does is decided by Nix.

mod backends;
mod interpreters;
mod licenses;

pub use backends::is_plain_backend;
pub use interpreters::{OFFERED, interpreter_cost};
pub use licenses::license_attribute;

use crate::python::PyName;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The snapshot in the program.
const SNAPSHOT: &str = include_str!("python.json");

/// What is known of nixpkgs' Python set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// Where the facts were read.
    source: String,
    /// When, as `YYYY-MM-DD`.
    date: String,
    packages: BTreeMap<PyName, Entry>,
}

/// One distribution.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The attribute, or `null` where nixpkgs was found to lack it.
    attribute: Option<String>,
    version: Option<String>,
    /// Where and when the version was read.
    read: Option<String>,
    #[serde(default)]
    extras: BTreeMap<PyName, Vec<String>>,
}

/// What the index says about a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup<'a> {
    /// nixpkgs has it.
    Present {
        /// Its attribute in the Python set.
        attribute: &'a str,
        /// Its version, where one was read.
        version: Option<&'a str>,
    },
    /// nixpkgs was searched and lacks it.
    Absent,
    /// Nobody looked.
    Unknown,
}

impl Index {
    /// The snapshot in the program.
    ///
    /// # Errors
    /// None in practice: a test reads it.
    pub fn built_in() -> Result<Self, serde_json::Error> {
        serde_json::from_str(SNAPSHOT)
    }

    /// The same index with versions that the person corrected.
    #[must_use]
    pub fn corrected(mut self, corrections: &BTreeMap<PyName, String>) -> Self {
        for (name, version) in corrections {
            let entry = self.packages.entry(name.clone()).or_insert_with(|| Entry {
                attribute: Some(name.to_string()),
                version: None,
                read: None,
                extras: BTreeMap::new(),
            });
            entry.version = Some(version.clone());
            entry.read = Some("floxwright.toml".to_owned());
        }
        self
    }

    /// The index's source and date in one line.
    pub fn stamp(&self) -> String {
        format!("{}, {}", self.date, self.source)
    }

    /// The day on which the index was made, `YYYY-MM-DD`.
    pub fn date(&self) -> &str {
        &self.date
    }

    /// What is known of `name`.
    pub fn look_up(&self, name: &PyName) -> Lookup<'_> {
        match self.packages.get(name) {
            None => Lookup::Unknown,
            Some(Entry {
                attribute: None, ..
            }) => Lookup::Absent,
            Some(Entry {
                attribute: Some(attribute),
                version,
                ..
            }) => Lookup::Present {
                attribute,
                version: version.as_deref(),
            },
        }
    }

    /// Whether nixpkgs' package offers the extra as `optional-dependencies`.
    pub fn offers(&self, name: &PyName, extra: &PyName) -> bool {
        self.packages
            .get(name)
            .is_some_and(|entry| entry.extras.contains_key(extra))
    }

    /// Where and when the version of `name` was read.
    pub fn read(&self, name: &PyName) -> Option<&str> {
        self.packages.get(name)?.read.as_deref()
    }

    /// Names that nixpkgs has.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.packages
            .iter()
            .filter(|(_, entry)| entry.attribute.is_some())
            .map(|(name, _)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_snapshot_is_sound() {
        let index = Index::built_in().unwrap();
        for (name, entry) in &index.packages {
            assert_eq!(
                entry.version.is_some(),
                entry.read.is_some(),
                "{name}: a version has a source"
            );
            assert!(
                entry.attribute.is_some() || entry.version.is_none(),
                "{name}"
            );
        }
        let known = |name: &str| index.look_up(&name.parse().unwrap());
        assert!(matches!(
            known("Jinja2"),
            Lookup::Present {
                attribute: "jinja2",
                ..
            }
        ));
        assert_eq!(known("lkml"), Lookup::Absent);
        assert_eq!(known("no-such-thing"), Lookup::Unknown);
        assert!(index.offers(&"uvicorn".parse().unwrap(), &"standard".parse().unwrap()));
    }

    #[test]
    fn a_correction_wins() {
        let corrections = BTreeMap::from([("protobuf".parse().unwrap(), "7.1".to_owned())]);
        let index = Index::built_in().unwrap().corrected(&corrections);
        let name = "protobuf".parse().unwrap();
        assert!(matches!(
            index.look_up(&name),
            Lookup::Present {
                version: Some("7.1"),
                ..
            }
        ));
        assert_eq!(index.read(&name), Some("floxwright.toml"));
    }
}
