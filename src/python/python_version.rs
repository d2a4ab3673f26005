//! Minor versions of Python.

use std::fmt;
use std::str::FromStr;

use super::{Version, VersionSpecifiers};

/// The patch releases for which a marker has to have the same answer.
const PATCH_RELEASES: std::ops::Range<u64> = 0..100;

/// A minor version of Python, such as 3.13: what the name of a nixpkgs package set fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PythonVersion {
    /// The 3 of 3.13.
    pub major: u32,
    /// The 13 of 3.13.
    pub minor: u32,
}

/// A text is not a minor version of Python.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a minor version of Python: two numbers are wanted, like `3.13`")]
pub struct PythonVersionError(String);

impl FromStr for PythonVersion {
    type Err = PythonVersionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |part: &str| {
            let digits = part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
            if digits {
                part.parse::<u32>().ok()
            } else {
                None
            }
        };
        let both = text
            .split_once('.')
            .and_then(|(major, minor)| Some((number(major)?, number(minor)?)));
        let (major, minor) = both.ok_or_else(|| PythonVersionError(text.to_owned()))?;
        Ok(Self { major, minor })
    }
}

impl fmt::Display for PythonVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl PythonVersion {
    /// Every release of it that counts, 3.13.0 to 3.13.99.
    pub(super) fn releases(self) -> impl Iterator<Item = Version> {
        PATCH_RELEASES
            .map(move |patch| Version::new([u64::from(self.major), u64::from(self.minor), patch]))
    }

    /// Whether the interpreters of this minor version satisfy a `Requires-Python`: `None` if only some do.
    pub fn satisfies(self, specifiers: &VersionSpecifiers) -> Option<bool> {
        let mut answers = self.releases().map(|version| specifiers.contains(&version));
        let first = answers.next()?;
        answers.all(|answer| answer == first).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_two_numbers_are_a_minor_version() {
        for text in ["3", "3.13.1", "", ".", "3.", "3.x", "+3.13", "3.99999"] {
            assert!(text.parse::<PythonVersion>().is_err(), "{text:?}");
        }
        assert_eq!("3.13".parse::<PythonVersion>().unwrap().to_string(), "3.13");
    }

    #[test]
    fn requires_python() {
        let check = |python: &str, specifiers: &str, expected| {
            let python: PythonVersion = python.parse().unwrap();
            assert_eq!(
                python.satisfies(&specifiers.parse().unwrap()),
                expected,
                "{python} {specifiers}"
            );
        };
        check("3.13", ">=3.9,<3.14", Some(true));
        check("3.14", ">=3.9,<3.14", Some(false));
        check("3.9", ">=3.9.7,<4", None);
        check("3.9", "!=3.9.7,>=3.8", None);
        check("3.12", "", Some(true));
        check("3.13", "<=3.13", None);
    }
}
