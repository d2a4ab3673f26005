//! Names of packages that floxwright itself defines: the environment.

use crate::nix::is_identifier;
use std::fmt;
use std::str::FromStr;

/// A package name that is at once a Nix identifier, a file name that Flox finds and a catalogue name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EnvironmentName(String);

/// Why a text is no [`EnvironmentName`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` cannot be the name of a package: {rule}", .given.escape_debug())]
pub struct EnvironmentNameError {
    /// What was given.
    pub given: String,
    /// The rule that it breaks.
    pub rule: &'static str,
}

/// Directories that Flox's own ignore file hides at any depth, arguments of the generated files, and names with a meaning of
/// their own.
const TAKEN: [&str; 19] = [
    "builtins",
    "cache",
    "callPackage",
    "catalogs",
    "default",
    "environment",
    "fetchFromGitHub",
    "fetchPypi",
    "fetchurl",
    "flake",
    "lib",
    "log",
    "pkgs",
    "release",
    "run",
    "runCommand",
    "runtimeShell",
    "stdenv",
    "system",
];

/// Whether nixpkgs has a Python or a Python set of this name.
fn is_python(name: &str) -> bool {
    let bare = name.strip_suffix("Packages").unwrap_or(name);
    bare.strip_prefix("python")
        .is_some_and(|version| version.chars().all(|c| c.is_ascii_digit()))
}

impl EnvironmentName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EnvironmentName {
    type Err = EnvironmentNameError;

    fn from_str(text: &str) -> Result<Self, EnvironmentNameError> {
        let rule = if !is_identifier(text) || text.contains('\'') {
            "it takes letters, digits, `-` and `_`, beginning with a letter, and no keyword of Nix"
        } else if text.len() > 128 {
            "a Flox catalogue takes 128 characters at the most"
        } else if TAKEN.contains(&text) || is_python(text) {
            "Flox or Nix gives that name another meaning"
        } else {
            return Ok(Self(text.to_owned()));
        };
        Err(EnvironmentNameError {
            given: text.to_owned(),
            rule,
        })
    }
}

impl fmt::Display for EnvironmentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
