//! Nix, where it is installed: it alone can say what a nixpkgs has. It evaluates, and builds nothing.
#![expect(clippy::disallowed_methods, reason = "this module starts a program")]

use super::world::World;
use crate::nix::nix_string;
use crate::nixpkgs::{Found, unsupported};
use crate::python::PyName;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// What is evaluated.
const EXPRESSION: &str = include_str!("python_set.nix");

/// The nixpkgs to look into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nixpkgs<'a> {
    /// A directory.
    Path(&'a Path),
    /// A flake reference, such as `github:NixOS/nixpkgs/nixos-unstable`.
    Flake(&'a str),
}

/// What Nix says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluated {
    /// The commit, where nixpkgs knows it.
    pub revision: Option<String>,
    /// What was found of each distribution.
    pub packages: BTreeMap<PyName, Option<Found>>,
}

/// Nix cannot be asked, or refuses.
#[derive(Debug, thiserror::Error)]
pub enum NixError {
    /// It is not installed, or cannot be started.
    #[error("`{0}` cannot be started: {1}")]
    Start(&'static str, std::io::Error),
    /// It ends with an error.
    #[error("Nix says: {0}")]
    Refused(String),
    /// It prints something else than what was asked for.
    #[error("Nix's answer cannot be read: {0}")]
    Answer(serde_json::Error),
}

#[derive(Deserialize)]
struct Answer {
    revision: Option<String>,
    packages: BTreeMap<PyName, Option<Described>>,
}

#[derive(Deserialize)]
struct Described {
    attribute: String,
    version: Option<String>,
    broken: bool,
    platforms: Option<Vec<String>>,
    extras: BTreeMap<PyName, Vec<String>>,
}

/// Looks for distributions in the Python set of a nixpkgs: `names` are the attributes to try for each.
///
/// # Errors
/// Nix cannot be started, or cannot evaluate it.
pub fn look(
    nixpkgs: Nixpkgs<'_>,
    set: &str,
    names: &BTreeMap<PyName, Vec<String>>,
    world: &World,
) -> Result<Evaluated, NixError> {
    let names = serde_json::to_string(names).map_err(NixError::Answer)?;
    let (program, mut command) = match nixpkgs {
        Nixpkgs::Path(path) => {
            let mut command = Command::new("nix-instantiate");
            command.args(["--eval", "--strict", "--json", "--read-write-mode"]);
            command.args(["--expr", EXPRESSION]);
            command.arg("--argstr").arg("nixpkgs").arg(path);
            command.args(["--argstr", "set", set, "--argstr", "names", &names]);
            ("nix-instantiate", command)
        }
        Nixpkgs::Flake(reference) => {
            let quoted = [reference, set, &names].map(nix_string);
            let [reference, set, names] = quoted;
            let expression = format!(
                "({EXPRESSION}) {{ nixpkgs = builtins.getFlake {reference}; set = {set}; names = {names}; }}"
            );
            let mut command = Command::new("nix");
            command.args(["--extra-experimental-features", "nix-command flakes"]);
            command.args(["eval", "--impure", "--json", "--expr", &expression]);
            ("nix", command)
        }
    };
    let output = command
        .env_clear()
        .envs(&world.env)
        .current_dir(&world.cwd)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| NixError::Start(program, error))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(NixError::Refused(complaint(&said)));
    }
    let answer: Answer = serde_json::from_slice(&output.stdout).map_err(NixError::Answer)?;
    let found = |described: Described| Found {
        attribute: described.attribute,
        version: described.version,
        broken: described.broken,
        unsupported: unsupported(described.platforms.as_deref()),
        extras: Some(described.extras).filter(|extras| !extras.is_empty()),
    };
    let packages = answer.packages.into_iter();
    Ok(Evaluated {
        revision: answer.revision,
        packages: packages
            .map(|(name, described)| (name, described.map(found)))
            .collect(),
    })
}

/// The line of Nix's complaint that says what is wrong; the trace around it is left out.
fn complaint(said: &str) -> String {
    let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
    let error = lines().rfind(|line| line.starts_with("error: "));
    let error = error.map(|line| line.trim_start_matches("error: "));
    let line = error.or_else(|| lines().next_back());
    line.unwrap_or("nothing").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_complaint_is_the_last_error() {
        let trace = "error: while evaluating\n   at x:1\n\n   error: attribute 'python39Packages' missing\n   at y:2\n";
        assert_eq!(complaint(trace), "attribute 'python39Packages' missing");
        assert_eq!(complaint("one\ntwo\n"), "two");
        assert_eq!(complaint(""), "nothing");
    }
}
