//! Evaluating a repository's packages with the Nix that is there. Nothing is built, and nothing is written.
#![expect(clippy::disallowed_methods, reason = "this module starts a program")]

use super::world::World;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What is evaluated.
const EXPRESSION: &str = include_str!("packages.nix");

/// What Nix says of a package that it cannot evaluate, or of all of them together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// What is wrong, in Nix's words.
    pub message: String,
    /// Where: path, line and column, as Nix has them; from the innermost to the outermost.
    pub places: Vec<(String, usize, usize)>,
}

/// Evaluates the packages below a directory, all of them or one. Nothing is returned where that goes well.
///
/// # Errors
/// Nix is not installed, or cannot be started.
pub fn evaluate(
    directory: &Path,
    nixpkgs: Option<&Path>,
    only: &str,
    world: &World,
) -> Result<Option<Complaint>, std::io::Error> {
    let mut words = vec![
        "--arg".to_owned(),
        "directory".to_owned(),
        written(directory),
    ];
    words.extend(["--argstr", "only", only].map(str::to_owned));
    ask(EXPRESSION, nixpkgs, &words, world)
}

/// Evaluates nixpkgs alone. Nothing is returned where that goes well.
///
/// # Errors
/// Nix is not installed, or cannot be started.
pub fn evaluate_nixpkgs(
    nixpkgs: Option<&Path>,
    world: &World,
) -> Result<Option<Complaint>, std::io::Error> {
    let expression = "{ nixpkgs }: builtins.isAttrs (import nixpkgs { })";
    ask(expression, nixpkgs, &[], world)
}

fn ask(
    expression: &str,
    nixpkgs: Option<&Path>,
    words: &[String],
    world: &World,
) -> Result<Option<Complaint>, std::io::Error> {
    let mut command = Command::new("nix-instantiate");
    command.args([
        "--eval",
        "--strict",
        "--json",
        "--readonly-mode",
        "--show-trace",
    ]);
    command.args(["--expr", expression]).args(words);
    let nixpkgs = nixpkgs.map_or_else(|| "<nixpkgs>".to_owned(), written);
    let output: Output = command
        .args(["--arg", "nixpkgs", &nixpkgs])
        .env_clear()
        .envs(&world.env)
        .current_dir(&world.cwd)
        .stdin(Stdio::null())
        .output()?;
    if output.status.success() {
        return Ok(None);
    }
    Ok(Some(complaint(&String::from_utf8_lossy(&output.stderr))))
}

/// A path as Nix reads it, whatever is in it.
fn written(path: &Path) -> String {
    format!("/. + {}", crate::nix::nix_string(&path.to_string_lossy()))
}

/// The innermost error of a trace, with the places that lead to it.
fn complaint(said: &str) -> Complaint {
    let lines: Vec<&str> = said.lines().map(str::trim).collect();
    let is_error = |line: &&str| line.starts_with("error: ");
    let last = lines
        .iter()
        .rposition(is_error)
        .or(lines.len().checked_sub(1));
    let at = last.unwrap_or_default();
    let message = lines.get(at).map(|line| line.trim_start_matches("error: "));
    let hint = lines
        .iter()
        .skip(at)
        .find(|line| line.starts_with("Did you mean"));
    let mut message = message.unwrap_or("nothing").to_owned();
    if let Some(hint) = hint {
        message.push_str("; ");
        message.push_str(&hint.to_lowercase());
    }
    // What belongs to the error stands behind it in some versions of Nix, and the way to it before or behind that.
    let behind = lines.iter().skip(at).filter_map(|line| place(line));
    let before = lines.iter().take(at).rev().filter_map(|line| place(line));
    Complaint {
        message,
        places: behind.chain(before).collect(),
    }
}

/// `at /path/file.nix:12:3:`
fn place(line: &str) -> Option<(String, usize, usize)> {
    let rest = line.strip_prefix("at ")?.trim_end_matches(':');
    let rest = rest.split_whitespace().next()?.trim_end_matches(':');
    let (rest, column) = rest.rsplit_once(':')?;
    let (path, line) = rest.rsplit_once(':')?;
    Some((path.to_owned(), line.parse().ok()?, column.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_error_is_told_with_its_place() {
        let said = "error:\n       … while calling\n         at /n/lib.nix:1:2:\n\n       error: attribute 'clik' missing\n\n       at /r/.flox/pkgs/a.nix:12:3:\n\n           11| x\n       Did you mean click?\n";
        let found = complaint(said);
        assert_eq!(
            found.message,
            "attribute 'clik' missing; did you mean click?"
        );
        assert_eq!(
            found.places.first(),
            Some(&("/r/.flox/pkgs/a.nix".to_owned(), 12, 3))
        );
        assert_eq!(found.places.len(), 2);
        assert_eq!(complaint("").places, Vec::new());
        assert_eq!(
            place("at «string»:1:1:"),
            Some(("«string»".to_owned(), 1, 1))
        );
    }
}
