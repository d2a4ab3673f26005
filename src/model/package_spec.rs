//! What a person asks for: a package, perhaps with extras.

use crate::python::{PyName, PyNameError};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// A package with the extras that are asked of it: `acme-postgres[aws]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackageSpec {
    /// The package.
    pub name: PyName,
    /// Its extras, normalised.
    pub extras: BTreeSet<PyName>,
}

/// Why a text asks for no package.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackageSpecError {
    /// A name is not a name.
    #[error(transparent)]
    Name(#[from] PyNameError),
    /// The bracket is not closed, or something follows it.
    #[error("`{}` is not a package: write `name` or `name[extra,…]`", .0.escape_debug())]
    Bracket(String),
}

impl FromStr for PackageSpec {
    type Err = PackageSpecError;

    fn from_str(text: &str) -> Result<Self, PackageSpecError> {
        let text = text.trim();
        let (name, extras) = match text.split_once('[') {
            None => (text, ""),
            Some((name, rest)) => match rest.strip_suffix(']') {
                Some(extras) if !extras.trim().is_empty() => (name.trim_end(), extras),
                _ => return Err(PackageSpecError::Bracket(text.to_owned())),
            },
        };
        let extras = extras
            .split(',')
            .map(str::trim)
            .filter(|extra| !extra.is_empty());
        Ok(Self {
            name: name.parse()?,
            extras: extras.map(str::parse).collect::<Result<_, _>>()?,
        })
    }
}

impl fmt::Display for PackageSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name.as_str())?;
        if !self.extras.is_empty() {
            let extras: Vec<&str> = self.extras.iter().map(PyName::as_str).collect();
            write!(f, "[{}]", extras.join(","))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extras_are_read_and_written_in_one_form() {
        for (text, shown) in [
            ("Acme_Postgres", "acme-postgres"),
            (" acme-postgres[ gcp , AWS ] ", "acme-postgres[aws,gcp]"),
        ] {
            assert_eq!(text.parse::<PackageSpec>().unwrap().to_string(), shown);
        }
        for text in ["", "a[", "a[]", "a[x]y", "[x]", "a b", "a[x y]"] {
            assert!(text.parse::<PackageSpec>().is_err(), "{text}");
        }
    }
}
