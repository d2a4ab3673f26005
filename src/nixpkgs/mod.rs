//! The nixpkgs index: which Python distributions nixpkgs has, under which attribute, in which version. It only predicts, for
//! reports; what a build does is decided by Nix.

mod backends;
mod flox_lock;
mod interpreters;
mod licenses;
mod listing;
mod refreshed;
mod top_level;

pub use backends::is_plain_backend;
pub use flox_lock::{FLOX_LOCK, Pinned, pinned};
pub use interpreters::{OFFERED, interpreter_cost};
pub use licenses::license_attribute;
pub use listing::{Listed, Listing, attributes, unsupported};
pub use refreshed::{Found, INDEX_FILE, INDEX_SCHEMA, Refreshed, RefreshedError};
pub use top_level::{is_python, is_top_level};

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

    /// The same index with what was read of one nixpkgs in place of what it says. What is broken there counts as absent.
    #[must_use]
    pub fn refreshed(mut self, refreshed: &Refreshed) -> Self {
        let read = format!("{}, {}", refreshed.place(), refreshed.date);
        for (name, found) in &refreshed.packages {
            let old = self.packages.remove(name);
            let old_extras = old.map(|old| old.extras).unwrap_or_default();
            let usable = found.as_ref().filter(|found| !found.broken);
            let entry = Entry {
                attribute: usable.map(|found| found.attribute.clone()),
                version: usable.and_then(|found| found.version.clone()),
                read: usable
                    .filter(|found| found.version.is_some())
                    .map(|_| read.clone()),
                extras: usable
                    .map(|found| found.extras.clone().unwrap_or(old_extras))
                    .unwrap_or_default(),
            };
            self.packages.insert(name.clone(), entry);
        }
        self.source = refreshed.place();
        self.date.clone_from(&refreshed.date);
        self
    }

    /// Every distribution that somebody looked for, and the attribute under which it was found.
    pub fn looked_for(&self) -> impl Iterator<Item = (&PyName, Option<&str>)> {
        let packages = self.packages.iter();
        packages.map(|(name, entry)| (name, entry.attribute.as_deref()))
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

    /// The attributes that an extra of nixpkgs' package brings; none where it is not known to offer the extra.
    pub fn members(&self, attribute: &str, extra: &str) -> &[String] {
        let extra: Option<PyName> = extra.parse().ok();
        let is_it = |entry: &&Entry| entry.attribute.as_deref() == Some(attribute);
        let entry = self.packages.values().find(is_it);
        entry
            .zip(extra)
            .and_then(|(entry, extra)| entry.extras.get(&extra))
            .map(Vec::as_slice)
            .unwrap_or_default()
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

    #[test]
    fn what_was_refreshed_wins() {
        let refreshed = |name: &str, found: Option<Found>| Refreshed {
            schema: INDEX_SCHEMA,
            source: "nixos-unstable".to_owned(),
            revision: None,
            date: "2027-01-02".to_owned(),
            python: "python313".to_owned(),
            packages: [(name.parse().unwrap(), found)].into(),
        };
        let found = |version: &str, broken| {
            Some(Found {
                attribute: "uvicorn_".to_owned(),
                version: Some(version.to_owned()),
                broken,
                unsupported: std::collections::BTreeSet::new(),
                extras: None,
            })
        };
        let name = "uvicorn".parse().unwrap();
        let index = |found| {
            Index::built_in()
                .unwrap()
                .refreshed(&refreshed("uvicorn", found))
        };
        let new = index(found("99", false));
        let present = Lookup::Present {
            attribute: "uvicorn_",
            version: Some("99"),
        };
        assert_eq!(new.look_up(&name), present);
        assert_eq!(new.read(&name), Some("nixos-unstable, 2027-01-02"));
        assert_eq!(new.stamp(), "2027-01-02, nixos-unstable");
        // A list of versions says nothing of extras; what was known of them stays.
        assert!(new.offers(&name, &"standard".parse().unwrap()));
        assert_eq!(index(found("99", true)).look_up(&name), Lookup::Absent);
        assert_eq!(index(None).look_up(&name), Lookup::Absent);
        let other = "click".parse().unwrap();
        assert_eq!(
            index(None).look_up(&other),
            Index::built_in().unwrap().look_up(&other)
        );
    }
}
