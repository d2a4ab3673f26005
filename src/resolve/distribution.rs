//! What was read of a distribution that nixpkgs lacks: what it says of itself, and the files that it can be made from.

use crate::model::System;
use crate::python::{BuildSystem, PyName, Requirement, Version, VersionSpecifiers, WheelName};
use std::collections::{BTreeMap, BTreeSet};

/// One version of a distribution on the package index. Nothing is decided here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// The version.
    pub version: Version,
    /// The one-line description.
    pub summary: Option<String>,
    /// The home page that the metadata names.
    pub homepage: Option<String>,
    /// The licence as an SPDX expression; `None` where the metadata leaves doubt.
    pub license: Option<String>,
    /// The Python versions that it supports.
    pub requires_python: Option<VersionSpecifiers>,
    /// What it requires in any case, in the metadata's order.
    pub requires: Vec<Requirement>,
    /// What each of its extras requires besides.
    pub extras: BTreeMap<PyName, Vec<Requirement>>,
    /// The programs that it installs, sorted.
    pub programs: Vec<String>,
    /// The modules that can be imported from it, sorted.
    pub modules: Vec<String>,
    /// Why its requirements may be others elsewhere, in words; `None` where they are beyond doubt.
    pub doubt: Option<String>,
    /// The source distribution, where there is one that can be fetched.
    pub sdist: Option<Sdist>,
    /// Its wheels.
    pub wheels: Vec<Wheel>,
    /// The systems for which the wheel that was read carries machine code.
    pub binaries: BTreeSet<System>,
}

/// A source distribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sdist {
    /// The file's name.
    pub file: String,
    /// The hash as Nix takes it.
    pub hash: String,
    /// How it is built, or why that cannot be told.
    pub build: Result<BuildSystem, String>,
}

/// A wheel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wheel {
    /// The parts of its file's name.
    pub name: WheelName,
    /// The hash as Nix takes it.
    pub hash: String,
}
