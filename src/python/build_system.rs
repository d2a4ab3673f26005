//! The build system that a source tree declares (PEP 517 and 518).

use serde::{Deserialize, Serialize};

use super::{Requirement, RequirementError};

/// What a tree without a declared backend is built with.
///
/// PEP 517 calls a variant of it (`:__legacy__`), which differs only in what a `setup.py` can import beside itself;
/// nixpkgs' builders do not tell them apart, and neither does this program.
const LEGACY: &str = "setuptools.build_meta";

/// The backend and what it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BuildSystem {
    /// The backend's object path: `setuptools.build_meta`, `hatchling.build`.
    pub backend: String,
    /// The requirements of the build, in the file's order.
    pub requires: Vec<Requirement>,
}

/// A `pyproject.toml` does not say how to build.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildSystemError {
    /// Not TOML, or `build-system` is no such table.
    #[error("`pyproject.toml` cannot be read: {0}")]
    Toml(String),
    /// A build requirement cannot be parsed.
    #[error("`build-system.requires` of `pyproject.toml`: {0}")]
    Requirement(#[from] RequirementError),
}

/// The part of the file that matters here.
#[derive(Deserialize)]
struct File {
    #[serde(rename = "build-system")]
    build_system: Option<Table>,
}

/// The table, whose keys are PEP 518's and 517's.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Table {
    requires: Vec<String>,
    build_backend: Option<String>,
}

impl BuildSystem {
    /// Reads the text of a `pyproject.toml`; without the file or without the table it is legacy setuptools.
    ///
    /// # Errors
    /// Text that is not TOML, a table without `requires`, a requirement that cannot be parsed.
    pub fn parse(text: Option<&str>) -> Result<Self, BuildSystemError> {
        let file = text.map(toml::from_str::<File>).transpose();
        let file = file.map_err(|error| BuildSystemError::Toml(error.message().to_owned()))?;
        let table = file.and_then(|file| file.build_system);
        let table = table.unwrap_or_else(|| Table {
            requires: vec!["setuptools".to_owned()],
            build_backend: None,
        });
        Ok(Self {
            backend: table.build_backend.unwrap_or_else(|| LEGACY.to_owned()),
            requires: table
                .requires
                .iter()
                .map(|text| text.parse())
                .collect::<Result<_, _>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: Option<&str>, backend: &str, requires: &[&str]) {
        let read = BuildSystem::parse(text).unwrap();
        let found: Vec<&str> = read.requires.iter().map(Requirement::raw).collect();
        assert_eq!(
            (read.backend.as_str(), found.as_slice()),
            (backend, requires),
            "{text:?}"
        );
    }

    #[test]
    fn declared_or_legacy() {
        check(None, "setuptools.build_meta", &["setuptools"]);
        check(
            Some("[tool.black]\nline-length = 100\n"),
            "setuptools.build_meta",
            &["setuptools"],
        );
        check(
            Some("[build-system]\nrequires = ['setuptools>=61', 'wheel']\n"),
            "setuptools.build_meta",
            &["setuptools>=61", "wheel"],
        );
        check(
            Some(
                "[build-system]\nrequires = ['hatchling>=1.19.0']\nbuild-backend = 'hatchling.build'\nbackend-path = ['.']\n",
            ),
            "hatchling.build",
            &["hatchling>=1.19.0"],
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        let check_error = |text: &str, expected: &str| {
            let error = BuildSystem::parse(Some(text)).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        };
        check_error("[build-system", "`pyproject.toml` cannot be read: ");
        check_error(
            "[build-system]\nbuild-backend = 'x'\n",
            "`pyproject.toml` cannot be read: missing field `requires`",
        );
        check_error(
            "[build-system]\nrequires = ['a b c']\n",
            "`build-system.requires` of `pyproject.toml`: `a b c` is not",
        );
    }
}
