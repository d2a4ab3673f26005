//! What was read of one nixpkgs, for one repository: `.floxwright/nixpkgs.json`. It holds the distributions that the upstream can
//! require and no others, so that everybody who has the repository predicts the same.

use crate::python::PyName;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Where a repository keeps it.
pub const INDEX_FILE: &str = ".floxwright/nixpkgs.json";

/// The format that this program reads and writes.
pub const INDEX_SCHEMA: u32 = 1;

/// What was read of one nixpkgs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Refreshed {
    /// The format, [`INDEX_SCHEMA`].
    pub schema: u32,
    /// Where it was read, in a few words.
    pub source: String,
    /// The commit of nixpkgs, where the source says it.
    pub revision: Option<String>,
    /// The day of reading, `YYYY-MM-DD`.
    pub date: String,
    /// The Python set that was read: `python313`.
    pub python: String,
    /// What was found of each distribution; `None` where nixpkgs lacks it.
    pub packages: BTreeMap<PyName, Option<Found>>,
}

/// One distribution in nixpkgs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Found {
    /// The attribute in the Python set.
    pub attribute: String,
    /// Its version, where nixpkgs says one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Whether nixpkgs says that it does not build.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub broken: bool,
    /// Flox's systems for which nixpkgs does not offer it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub unsupported: BTreeSet<String>,
    /// The extras that it offers, with their members; `None` where the source does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extras: Option<BTreeMap<PyName, Vec<String>>>,
}

/// The file of a repository cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RefreshedError {
    /// Not JSON, or not of this shape.
    #[error("it is no index: {0}")]
    Json(#[from] serde_json::Error),
    /// Written by another version of the program.
    #[error("it has schema {0}, and this program knows schema {INDEX_SCHEMA}")]
    Schema(u64),
}

impl Refreshed {
    /// Reads the file.
    ///
    /// # Errors
    /// Text that is not JSON of this shape, or of another schema.
    pub fn parse(text: &str) -> Result<Self, RefreshedError> {
        let value: serde_json::Value = serde_json::from_str(text)?;
        match value.get("schema").and_then(serde_json::Value::as_u64) {
            Some(schema) if schema != u64::from(INDEX_SCHEMA) => {
                Err(RefreshedError::Schema(schema))
            }
            _ => Ok(serde_json::from_value(value)?),
        }
    }

    /// The text of the file: a line for each distribution, sorted, so that two readings are easily compared.
    pub fn to_text(&self) -> String {
        let packages = self
            .packages
            .iter()
            .map(|(name, found)| format!("    {}: {}", json(&name.as_str()), json(found)));
        let packages = packages.collect::<Vec<_>>().join(",\n");
        format!(
            "{{\n  \"schema\": {},\n  \"source\": {},\n  \"revision\": {},\n  \"date\": {},\n  \"python\": {},\n  \"packages\": {{\n{packages}\n  }}\n}}\n",
            self.schema,
            json(&self.source),
            json(&self.revision),
            json(&self.date),
            json(&self.python),
        )
    }

    /// Where it was read, in a few words, with the commit.
    pub fn place(&self) -> String {
        match &self.revision {
            Some(revision) => {
                let short = revision.get(..12).unwrap_or(revision);
                format!("{} at {short}", self.source)
            }
            None => self.source.clone(),
        }
    }
}

/// A value as JSON in one line.
fn json(value: &impl Serialize) -> String {
    // Strings, and maps with keys that are strings, can always be written.
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Refreshed {
        let found = Found {
            attribute: "click".to_owned(),
            version: Some("8.1.8".to_owned()),
            broken: true,
            unsupported: ["aarch64-darwin".to_owned()].into(),
            extras: Some([("x".parse().unwrap(), vec!["y".to_owned()])].into()),
        };
        let bare = Found {
            attribute: "six".to_owned(),
            version: None,
            broken: false,
            unsupported: BTreeSet::new(),
            extras: None,
        };
        Refreshed {
            schema: INDEX_SCHEMA,
            source: "nixos-unstable".to_owned(),
            revision: Some("0123456789abcdef0123456789abcdef01234567".to_owned()),
            date: "2026-11-20".to_owned(),
            python: "python313".to_owned(),
            packages: [
                ("click".parse().unwrap(), Some(found)),
                ("lkml".parse().unwrap(), None),
                ("six".parse().unwrap(), Some(bare)),
            ]
            .into(),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let text = sample().to_text();
        assert_eq!(Refreshed::parse(&text).unwrap(), sample());
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        assert!(lines.contains(&"\"lkml\": null,"), "{text}");
        assert!(
            lines.contains(&"\"six\": {\"attribute\":\"six\"}"),
            "{text}"
        );
        let none = Refreshed {
            packages: BTreeMap::new(),
            ..sample()
        };
        assert_eq!(Refreshed::parse(&none.to_text()).unwrap(), none);
    }

    #[test]
    fn what_is_not_of_this_shape_is_refused() {
        let text = sample().to_text();
        let newer = text.replace("\"schema\": 1", "\"schema\": 2");
        let error = Refreshed::parse(&newer).unwrap_err().to_string();
        assert_eq!(error, "it has schema 2, and this program knows schema 1");
        for bad in ["", "[]", "{}", &text.replace("attribute", "attr")] {
            assert!(Refreshed::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_place_is_short() {
        assert_eq!(sample().place(), "nixos-unstable at 0123456789ab");
    }
}
