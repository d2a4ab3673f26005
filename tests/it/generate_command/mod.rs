//! `floxwright generate` from outside: where templates come from, where projects go, and what a run leaves where it fails.

mod as_cargo_generate;
mod by_new;
mod following;
mod hooks;
mod hostile;
mod in_place;
mod killed;
mod places;
mod plain_scaffold;
mod refused;
mod sources;
mod values;

use crate::sandbox::{Done, Sandbox};
use floxwright::tree::{Mode, Tree};
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

/// A template of few files.
pub(super) const SMALL: &str = "//- Cargo.toml\n[package]\nname = \"{{project-name}}\"\nauthors = [\"{{authors}}\"]\n//- src/{{crate_name}}.rs\n// {{crate_type}}\n//- run (executable)\n#!/bin/sh\n";

/// Puts a template into a directory of the sandbox.
pub(super) fn template(sandbox: &Sandbox, directory: &str, fixture: &str) {
    let tree = Tree::from_fixture(fixture).expect("it is a fixture");
    for (path, file) in tree.iter() {
        let place = format!("{directory}/{path}");
        sandbox.write(&place, &file.bytes);
        if file.mode == Mode::Executable {
            executable(sandbox, &place);
        }
    }
}

#[expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]
fn executable(sandbox: &Sandbox, path: &str) {
    std::fs::set_permissions(sandbox.path(path), Permissions::from_mode(0o755)).unwrap();
}

/// A sandbox with the small template in `t`.
pub(super) fn small() -> Sandbox {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", SMALL);
    sandbox
}

/// Makes a repository of a directory, on the branch `trunk`, with one commit.
pub(super) fn commit(sandbox: &Sandbox, directory: &str) {
    sandbox.git(directory, &["init", "--quiet", "--initial-branch=trunk"]);
    commit_again(sandbox, directory);
}

/// Commits what has changed.
pub(super) fn commit_again(sandbox: &Sandbox, directory: &str) {
    sandbox.git(directory, &["add", "--all"]);
    sandbox.git(directory, &["commit", "--quiet", "--message=change"]);
}

/// Runs `generate` with words separated by blanks.
pub(super) fn generate(sandbox: &Sandbox, line: &str) -> Done {
    let words: Vec<&str> = std::iter::once("generate")
        .chain(line.split_whitespace())
        .collect();
    sandbox.run(&words)
}

/// A run that ends with `code`, says all of `says` on standard error, and changes nothing.
#[track_caller]
pub(super) fn refuses(sandbox: &Sandbox, line: &str, code: i32, says: &[&str]) {
    let before = sandbox.entries();
    let done = generate(sandbox, line).exit(code).says(says);
    assert_eq!(
        sandbox.entries(),
        before,
        "`{line}` left something: {}",
        done.stderr
    );
}
