//! Format, lints, documentation and shell scripts, each by its own tool.

use super::{succeeded, top, wanted};
use crate::project;
use std::path::PathBuf;
use std::process::Command;

/// A directory for what cargo builds here: the usual one is locked by the cargo that runs this test.
fn target() -> PathBuf {
    top().join("target/proof-style")
}

/// Runs a program that has to be there and to succeed.
fn succeeds(command: &mut Command) {
    let output = command.output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    succeeded(&format!("{command:?}"), &output);
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(top())
        .args(arguments)
        .env("CARGO_TARGET_DIR", target())
        .env_remove("RUSTFLAGS");
    command
}

#[test]
fn rustfmt_has_nothing_to_change() {
    if wanted("style") {
        succeeds(&mut cargo(&["fmt", "--check"]));
    }
}

/// One test and not two, because both build in the same directory.
#[test]
fn clippy_and_rustdoc_have_nothing_to_say() {
    if wanted("style") {
        succeeds(&mut cargo(&[
            "clippy",
            "--locked",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]));
        let mut doc = cargo(&["doc", "--locked", "--no-deps", "--document-private-items"]);
        succeeds(doc.env("RUSTDOCFLAGS", "-D warnings"));
    }
}

#[test]
fn shellcheck_has_nothing_to_say() {
    if wanted("style") {
        let scripts = scripts();
        assert!(scripts.iter().any(|script| script == ".ci/run"));
        let mut command = Command::new("shellcheck");
        succeeds(command.current_dir(top()).args(scripts));
    }
}

/// Every file that a shell reads, by its name or by its first line.
fn scripts() -> Vec<String> {
    let shell = |file: &String| {
        let text = project::read(file);
        let first = text.lines().next().unwrap_or_default();
        let called = first.starts_with("#!") && (first.ends_with("sh") || first.contains("sh "));
        called || project::has_ending(file, "sh")
    };
    // A template is no script before it is rendered; its result is checked with the repository that holds it.
    let files = project::files().into_iter();
    files
        .filter(|file| !project::has_ending(file, "liquid") && shell(file))
        .collect()
}
