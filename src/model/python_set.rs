//! Which Python everything is built for.

use crate::python::PythonVersion;
use std::fmt;
use std::str::FromStr;

/// A CPython 3 of nixpkgs, by its minor version: `python313`, with the package set `python313Packages`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PythonSet {
    minor: u8,
}

/// A text that names no Python of nixpkgs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not a Python of nixpkgs: write `python313` or `3.13`", .given.escape_debug())]
pub struct PythonSetError {
    /// What was given.
    pub given: String,
}

impl PythonSet {
    /// CPython 3.`minor`.
    pub fn new(minor: u8) -> Self {
        Self { minor }
    }

    /// The minor version.
    pub fn minor(self) -> u8 {
        self.minor
    }

    /// The package set's attribute in nixpkgs.
    pub fn packages(self) -> String {
        format!("{self}Packages")
    }

    /// The language version: `3.13`.
    pub fn version(self) -> PythonVersion {
        PythonVersion {
            major: 3,
            minor: u32::from(self.minor),
        }
    }
}

impl FromStr for PythonSet {
    type Err = PythonSetError;

    fn from_str(text: &str) -> Result<Self, PythonSetError> {
        let text = text.trim();
        let bare = text.strip_prefix("python").unwrap_or(text);
        let bare = bare.strip_suffix("Packages").unwrap_or(bare);
        bare.strip_prefix("3.")
            .or_else(|| bare.strip_prefix('3'))
            .filter(|minor| minor.chars().all(|c| c.is_ascii_digit()) && !minor.starts_with('0'))
            .and_then(|minor| minor.parse().ok())
            .map(Self::new)
            .ok_or_else(|| PythonSetError {
                given: text.to_owned(),
            })
    }
}

impl fmt::Display for PythonSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "python3{}", self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_spellings_are_read() {
        for text in [
            "python313",
            "3.13",
            "313",
            "python313Packages",
            "python3.13",
        ] {
            assert_eq!(
                text.parse::<PythonSet>().unwrap().to_string(),
                "python313",
                "{text}"
            );
        }
        for text in [
            "", "python", "2.7", "3", "3.x", "python3.", "3.013", "3.999",
        ] {
            assert!(text.parse::<PythonSet>().is_err(), "{text}");
        }
    }
}
