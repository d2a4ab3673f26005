//! Nix systems as environment markers see them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use pep508_rs::MarkerValueString;

/// A Nix system, as far as markers can tell one from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Platform {
    /// Apple silicon.
    Aarch64Darwin,
    /// Linux on 64-bit ARM.
    Aarch64Linux,
    /// macOS on Intel.
    X8664Darwin,
    /// Linux on Intel and AMD.
    X8664Linux,
}

/// A text is not the name of a platform.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a system: `aarch64-darwin`, `aarch64-linux`, `x86_64-darwin` and `x86_64-linux` are"
)]
pub struct PlatformError(String);

impl Platform {
    /// All of them, sorted by name.
    pub const ALL: [Self; 4] = [
        Self::Aarch64Darwin,
        Self::Aarch64Linux,
        Self::X8664Darwin,
        Self::X8664Linux,
    ];

    /// Those that Flox resolves for unless told otherwise, since its version 1.14.1.
    pub const DEFAULT: [Self; 3] = [Self::Aarch64Darwin, Self::Aarch64Linux, Self::X8664Linux];

    /// The name that Nix has for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aarch64Darwin => "aarch64-darwin",
            Self::Aarch64Linux => "aarch64-linux",
            Self::X8664Darwin => "x86_64-darwin",
            Self::X8664Linux => "x86_64-linux",
        }
    }

    /// `platform_machine`, which for Apple silicon differs from Nix's word.
    fn machine(self) -> &'static str {
        match self {
            Self::Aarch64Darwin => "arm64",
            Self::Aarch64Linux => "aarch64",
            Self::X8664Darwin | Self::X8664Linux => "x86_64",
        }
    }

    /// `sys_platform` and `platform_system`.
    fn kernel(self) -> (&'static str, &'static str) {
        match self {
            Self::Aarch64Darwin | Self::X8664Darwin => ("darwin", "Darwin"),
            Self::Aarch64Linux | Self::X8664Linux => ("linux", "Linux"),
        }
    }

    /// The value of a variable, or `None` where the running kernel decides.
    pub(super) fn value(self, key: &MarkerValueString) -> Option<&'static str> {
        match key {
            MarkerValueString::ImplementationName => Some("cpython"),
            MarkerValueString::OsName | MarkerValueString::OsNameDeprecated => Some("posix"),
            MarkerValueString::PlatformMachine | MarkerValueString::PlatformMachineDeprecated => {
                Some(self.machine())
            }
            MarkerValueString::PlatformPythonImplementation
            | MarkerValueString::PlatformPythonImplementationDeprecated
            | MarkerValueString::PythonImplementationDeprecated => Some("CPython"),
            MarkerValueString::PlatformSystem => Some(self.kernel().1),
            MarkerValueString::SysPlatform | MarkerValueString::SysPlatformDeprecated => {
                Some(self.kernel().0)
            }
            MarkerValueString::PlatformRelease
            | MarkerValueString::PlatformVersion
            | MarkerValueString::PlatformVersionDeprecated => None,
        }
    }
}

impl Serialize for Platform {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Platform {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl FromStr for Platform {
    type Err = PlatformError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL
            .into_iter()
            .find(|platform| platform.name() == text);
        found.ok_or_else(|| PlatformError(text.to_owned()))
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for platform in Platform::ALL {
            assert_eq!(platform.name().parse(), Ok(platform));
        }
        assert!("i686-linux".parse::<Platform>().is_err());
        assert!(Platform::ALL.is_sorted_by_key(|platform| platform.name()));
    }
}
