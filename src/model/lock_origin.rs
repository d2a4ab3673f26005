//! Where the files of a package come from, as the lock has it.

use super::System;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Where the files of a package come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "OriginKeys", into = "OriginKeys")]
pub enum LockedOrigin {
    /// Its directory in the monorepo.
    Path(String),
    /// Its sdist on the package index.
    Sdist(LockedSdist),
    /// One wheel, the same for every system.
    Wheel(LockedWheel),
    /// A wheel for each system that has one.
    Wheels(BTreeMap<System, LockedWheel>),
}

impl LockedOrigin {
    /// The directory in the monorepo.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Path(path) => Some(path),
            _ => None,
        }
    }

    /// The sdist.
    pub fn sdist(&self) -> Option<&LockedSdist> {
        match self {
            Self::Sdist(sdist) => Some(sdist),
            _ => None,
        }
    }

    /// The systems to which its files limit a package; empty where they do not.
    pub fn systems(&self) -> BTreeSet<System> {
        match self {
            Self::Path(_) | Self::Sdist(_) => BTreeSet::new(),
            Self::Wheel(wheel) => wheel.binaries.clone(),
            Self::Wheels(wheels) => wheels.keys().copied().collect(),
        }
    }
}

/// The origin as the file has it: one of the keys.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OriginKeys {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sdist: Option<LockedSdist>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wheel: Option<LockedWheel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wheels: Option<BTreeMap<System, LockedWheel>>,
}

impl From<LockedOrigin> for OriginKeys {
    fn from(origin: LockedOrigin) -> Self {
        let mut keys = Self::default();
        match origin {
            LockedOrigin::Path(path) => keys.path = Some(path),
            LockedOrigin::Sdist(sdist) => keys.sdist = Some(sdist),
            LockedOrigin::Wheel(wheel) => keys.wheel = Some(wheel),
            LockedOrigin::Wheels(wheels) => keys.wheels = Some(wheels),
        }
        keys
    }
}

impl TryFrom<OriginKeys> for LockedOrigin {
    type Error = &'static str;

    fn try_from(keys: OriginKeys) -> Result<Self, Self::Error> {
        match (keys.path, keys.sdist, keys.wheel, keys.wheels) {
            (Some(path), None, None, None) => Ok(Self::Path(path)),
            (None, Some(sdist), None, None) => Ok(Self::Sdist(sdist)),
            (None, None, Some(wheel), None) => Ok(Self::Wheel(wheel)),
            (None, None, None, Some(wheels)) => Ok(Self::Wheels(wheels)),
            _ => Err("an origin has one of path, sdist, wheel, wheels"),
        }
    }
}

/// A wheel on the package index: the parts of its file's name, as `fetchPypi` takes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedWheel {
    /// The distribution, in the spelling of the file's name.
    pub name: String,
    /// Tag of the Pythons.
    pub python: String,
    /// Tag of the binary interface.
    pub abi: String,
    /// Tag of the platforms.
    pub platform: String,
    /// Flat SHA-256, SRI.
    pub hash: String,
    /// The systems for which it carries programs or libraries in machine code, if it is one wheel for all and its tag does not
    /// tell.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub binaries: BTreeSet<System>,
}

/// An sdist on the package index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedSdist {
    /// File name without version and ending.
    pub name: String,
    /// Flat SHA-256, SRI.
    pub hash: String,
}
