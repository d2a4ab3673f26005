//! Names of Python distributions, in the normal form of PEP 503.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The name of a distribution or of an extra: lower case, and one dash for each run of `-`, `_` and `.`.
///
/// Two spellings of one name are equal here. Where the spelling matters (nixpkgs' relax hook compares it),
/// [`super::Requirement::spelling`] has it. The rule is PEP 508's for what is a name and PEP 503's for the form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PyName(String);

/// The text is not a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a Python package name: letters, digits, `-`, `_` and `.`, beginning and ending with a letter or digit"
)]
pub struct PyNameError(String);

impl PyName {
    /// The normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The normal form with underscores, as file names of distributions and module names have it.
    pub fn underscored(&self) -> String {
        self.0.replace('-', "_")
    }
}

impl FromStr for PyName {
    type Err = PyNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = |c: char| c.is_ascii_alphanumeric() || is_separator(c);
        let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if !text.chars().all(known) || !edge(text.chars().next()) || !edge(text.chars().last()) {
            return Err(PyNameError(text.to_owned()));
        }
        let parts = text.split(is_separator).filter(|part| !part.is_empty());
        let name = parts.collect::<Vec<_>>().join("-");
        Ok(Self(name.to_ascii_lowercase()))
    }
}

/// Whether a character only separates the words of a name.
fn is_separator(c: char) -> bool {
    matches!(c, '-' | '_' | '.')
}

impl fmt::Display for PyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for PyName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for PyName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let name = text.parse::<PyName>().ok();
        assert_eq!(name.as_ref().map(PyName::as_str), expected, "{text:?}");
    }

    #[test]
    fn spellings_have_one_form() {
        check("Jinja2", Some("jinja2"));
        check("typing_extensions", Some("typing-extensions"));
        check("ruamel.yaml", Some("ruamel-yaml"));
        check("A-._-b", Some("a-b"));
        check("7", Some("7"));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for text in ["", "-a", "a-", "a b", "é", "a/b", "a;", "."] {
            check(text, None);
        }
    }

    #[test]
    fn the_error_states_the_rule() {
        let error = "a b".parse::<PyName>().unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("`a b` is not a Python package name: letters")
        );
    }
}
