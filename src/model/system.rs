//! Systems that Nix builds for.

use super::NotAChoice;
use std::fmt;
use std::str::FromStr;

/// One of the four systems that Flox knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum System {
    /// Apple silicon.
    Aarch64Darwin,
    /// 64-bit ARM Linux.
    Aarch64Linux,
    /// Intel Macs; out of Flox's defaults since 1.14.1.
    X8664Darwin,
    /// 64-bit Intel and AMD Linux.
    X8664Linux,
}

impl System {
    /// All of them, sorted by name.
    pub const ALL: &'static [Self] = &[
        Self::Aarch64Darwin,
        Self::Aarch64Linux,
        Self::X8664Darwin,
        Self::X8664Linux,
    ];

    /// Those that a new workspace states.
    pub const DEFAULT: &'static [Self] =
        &[Self::Aarch64Darwin, Self::Aarch64Linux, Self::X8664Linux];

    /// Nix's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aarch64Darwin => "aarch64-darwin",
            Self::Aarch64Linux => "aarch64-linux",
            Self::X8664Darwin => "x86_64-darwin",
            Self::X8664Linux => "x86_64-linux",
        }
    }
}

impl FromStr for System {
    type Err = NotAChoice;

    fn from_str(text: &str) -> Result<Self, NotAChoice> {
        Self::ALL
            .iter()
            .copied()
            .find(|system| system.name() == text.trim())
            .ok_or_else(|| NotAChoice {
                given: text.to_owned(),
                allowed: Self::ALL.iter().map(|system| system.name()).collect(),
            })
    }
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl serde::Serialize for System {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> serde::Deserialize<'de> for System {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
