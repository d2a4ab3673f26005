//! One release of an upstream, as a file of the catalogue.
//!
//! The file holds what was read and nothing that was decided: raw requirements, hashes, programs, modules.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::date::Date;
use crate::python::{PyName, PythonVersion, Requirement, Version, VersionSpecifiers};

/// The number of the format that this program reads and writes.
pub const SCHEMA: u32 = 1;

/// One upstream release: what its packages are, require and contain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Release {
    /// The format, [`SCHEMA`].
    pub schema: u32,
    /// The version that upstream gives the whole.
    pub release: Version,
    /// Where the facts were read, and when.
    pub read: Read,
    /// The commit that this is, where nobody released it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<Commit>,
    /// The packages by name.
    pub packages: BTreeMap<PyName, Package>,
}

/// A commit of the monorepo, told as a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Commit {
    /// What was asked for: a branch, a tag or a commit.
    pub asked: String,
    /// The commit to which that led, 40 digits.
    pub commit: String,
    /// NAR hash of its tree, SRI.
    pub hash: String,
    /// The release that lends its number and what only releases have.
    pub lender: Version,
    /// What it lends, by package.
    pub loans: BTreeMap<PyName, Loan>,
}

/// What a release lends to a package at a commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loan {
    /// The package's version at the release.
    pub version: Version,
    /// The source distribution that holds it.
    pub sdist: Artifact,
}

/// Where the facts of a release come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Read {
    /// The source.
    pub from: Origin,
    /// The day of reading; the day of the release where it was read for one repository.
    pub date: Date,
}

/// A source of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The Python package index: metadata of the built wheels.
    Pypi,
    /// The monorepo at the release: what its packages declare. Names and hashes of files come from the package index.
    Tree,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pypi => f.write_str("PyPI"),
            Self::Tree => f.write_str("the monorepo"),
        }
    }
}

/// One package of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Package {
    /// The package's own version, which can differ from the release's.
    pub version: Version,
    /// The day of the first upload.
    pub uploaded: Date,
    /// The one-line description.
    pub summary: Option<String>,
    /// The home page that the metadata names.
    pub homepage: Option<String>,
    /// The licence as an SPDX expression; `None` where the metadata leaves doubt.
    pub license: Option<String>,
    /// The Python versions that it supports.
    pub requires_python: Option<VersionSpecifiers>,
    /// What it requires in any case, in the order of its METADATA.
    pub requires: Vec<Requirement>,
    /// What each of its extras requires besides, raw: the marker still names the extra.
    pub extras: BTreeMap<PyName, Vec<Requirement>>,
    /// The programs that it installs, sorted.
    pub programs: Vec<String>,
    /// The modules that can be imported from it, sorted, tests left out.
    pub modules: Vec<String>,
    /// The build backend's object path.
    pub build_backend: String,
    /// What the backend needs.
    pub build_requires: Vec<Requirement>,
    /// The source distribution; `None` at a commit, which nobody published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdist: Option<Artifact>,
    /// The wheel from which the facts come; `None` at a commit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wheel: Option<Artifact>,
    /// For each guard file asked for, whether it stands in the sdist.
    pub files: BTreeMap<String, bool>,
    /// Whether upstream withdrew it.
    pub yanked: bool,
}

/// A file to download.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Artifact {
    /// The file's name.
    pub file: String,
    /// The hash as Nix takes it: `sha256-` and base64.
    pub hash: String,
}

/// A release file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// Not JSON, or not of this shape.
    #[error("not a release file: {0}")]
    Json(#[from] serde_json::Error),
    /// Written by another version of the program.
    #[error("the release file has schema {0}, and this program knows schema {SCHEMA}")]
    Schema(u32),
}

impl Package {
    /// What the package says of the Pythons that it supports, if that is not all of this one.
    pub fn refuses(&self, python: PythonVersion) -> Option<&VersionSpecifiers> {
        let specifiers = self.requires_python.as_ref()?;
        (python.satisfies(specifiers) != Some(true)).then_some(specifiers)
    }
}

impl Release {
    /// Which package refuses the Python: the one that is named, or one that it needs from the same release. With what it says.
    pub fn refusing<'a>(
        &'a self,
        name: &'a PyName,
        python: PythonVersion,
    ) -> Option<(&'a PyName, &'a VersionSpecifiers)> {
        let mut seen = BTreeSet::new();
        let mut open = vec![name];
        while let Some(name) = open.pop() {
            let Some(package) = self.packages.get(name).filter(|_| seen.insert(name)) else {
                continue;
            };
            if let Some(specifiers) = package.refuses(python) {
                return Some((name, specifiers));
            }
            open.extend(package.requires.iter().map(Requirement::name));
        }
        None
    }

    /// Reads a release file.
    ///
    /// # Errors
    /// Text that is not JSON of this shape, unknown keys included, or of another schema.
    pub fn parse(text: &str) -> Result<Self, ReleaseError> {
        let value: serde_json::Value = serde_json::from_str(text)?;
        let schema = value.get("schema").and_then(serde_json::Value::as_u64);
        match schema.map(|schema| u32::try_from(schema).unwrap_or(u32::MAX)) {
            Some(schema) if schema != SCHEMA => Err(ReleaseError::Schema(schema)),
            _ => Ok(serde_json::from_value(value)?),
        }
    }

    /// The text of the file: indented by two, keys sorted, a line end at the end.
    ///
    /// # Errors
    /// None in practice: every key is a string.
    pub fn to_text(&self) -> Result<String, ReleaseError> {
        let mut value = serde_json::to_value(self)?;
        value.sort_all_objects();
        Ok(format!("{}\n", serde_json::to_string_pretty(&value)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"{
  "packages": {
    "one-two": {
      "build-backend": "hatchling.build",
      "build-requires": [
        "hatchling>=1.19.0"
      ],
      "extras": {
        "web": [
          "gql[requests]; extra == \"web\""
        ]
      },
      "files": {
        "one/index.html": true
      },
      "homepage": null,
      "license": null,
      "modules": [
        "one"
      ],
      "programs": [],
      "requires": [
        "Jinja2",
        "click<9.0,>=5.0"
      ],
      "requires-python": ">=3.9,<3.14",
      "sdist": {
        "file": "one_two-1.0.tar.gz",
        "hash": "sha256-AA="
      },
      "summary": null,
      "uploaded": "2025-10-30",
      "version": "1.0",
      "wheel": {
        "file": "one_two-1.0-py3-none-any.whl",
        "hash": "sha256-AA="
      },
      "yanked": false
    }
  },
  "read": {
    "date": "2026-11-20",
    "from": "pypi"
  },
  "release": "1.0",
  "schema": 1
}
"#;

    #[test]
    fn the_text_is_kept_byte_for_byte() {
        assert_eq!(Release::parse(SMALL).unwrap().to_text().unwrap(), SMALL);
    }

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "a test reads the catalogues that are carried along"
    )]
    fn the_carried_releases_are_kept_byte_for_byte() {
        let scaffolds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scaffolds");
        let folders = std::fs::read_dir(scaffolds)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let folders = folders
            .map(|scaffold| scaffold.join("catalogue/releases"))
            .filter(|folder| folder.is_dir());
        for file in folders.flat_map(|folder| std::fs::read_dir(folder).unwrap()) {
            let file = file.unwrap().path();
            let text = std::fs::read_to_string(&file).unwrap();
            let release = Release::parse(&text).unwrap();
            assert_eq!(release.to_text().unwrap(), text, "{}", file.display());
            assert_eq!(
                file.file_stem().unwrap().to_str(),
                Some(release.release.to_string().as_str())
            );
        }
    }

    fn check_error(from: &str, to: &str, expected: &str) {
        let text = SMALL.replacen(from, to, 1);
        assert_ne!(text, SMALL);
        let error = Release::parse(&text).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn what_is_not_of_this_shape_is_refused() {
        check_error(
            "\"schema\": 1",
            "\"schema\": 2",
            "has schema 2, and this program knows schema 1",
        );
        check_error(
            "\"schema\": 1",
            "\"schema\": 1, \"extra\": 1",
            "unknown field `extra`",
        );
        check_error(
            "\"yanked\": false",
            "\"yanked\": false, \"hash\": \"\"",
            "unknown field `hash`",
        );
        check_error(
            "\"Jinja2\"",
            "\"Jinja2>=1.*\"",
            "`Jinja2>=1.*` is not a requirement",
        );
        check_error("2025-10-30", "yesterday", "`yesterday` is not a date");
        check_error("\"one-two\"", "\"-\"", "`-` is not a Python package name");
        check_error("\"pypi\"", "\"memory\"", "unknown variant `memory`");
        check_error("{", "", "not a release file");
    }
}
