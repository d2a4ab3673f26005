//! What was read of a distribution that nixpkgs lacks: what it says of itself, and the files that it can be made from.

use crate::model::System;
use crate::python::{BuildSystem, PyName, Requirement, Version, VersionSpecifiers, WheelName};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One version of a distribution on the package index. Nothing is decided here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Distribution {
    /// The version.
    pub version: Version,
    /// The one-line description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The home page that the metadata names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub homepage: Option<String>,
    /// The licence as an SPDX expression; `None` where the metadata leaves doubt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// The Python versions that it supports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requires_python: Option<VersionSpecifiers>,
    /// What it requires in any case, in the metadata's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<Requirement>,
    /// What each of its extras requires besides.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extras: BTreeMap<PyName, Vec<Requirement>>,
    /// The programs that it installs, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programs: Vec<String>,
    /// The modules that can be imported from it, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modules: Vec<String>,
    /// Why its requirements may be others elsewhere, in words; `None` where they are beyond doubt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<String>,
    /// The source distribution, where there is one that can be fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdist: Option<Sdist>,
    /// Its wheels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wheels: Vec<Wheel>,
    /// The systems for which the wheel that was read carries machine code.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub binaries: BTreeSet<System>,
}

/// A source distribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sdist {
    /// The file's name.
    pub file: String,
    /// The hash as Nix takes it.
    pub hash: String,
    /// How it is built, or why that cannot be told.
    #[serde(with = "build")]
    pub build: Result<BuildSystem, String>,
}

/// A wheel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Wheel {
    /// The parts of its file's name.
    pub name: WheelName,
    /// The hash as Nix takes it.
    pub hash: String,
}

/// What is known of a build, as one table or one sentence.
mod build {
    use crate::python::BuildSystem;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Build {
        Known(BuildSystem),
        Unknown(String),
    }

    pub(super) fn serialize<S: Serializer>(
        build: &Result<BuildSystem, String>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match build.clone() {
            Ok(known) => Build::Known(known),
            Err(unknown) => Build::Unknown(unknown),
        }
        .serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Result<BuildSystem, String>, D::Error> {
        Ok(match Build::deserialize(deserializer)? {
            Build::Known(known) => Ok(known),
            Build::Unknown(unknown) => Err(unknown),
        })
    }
}
