//! Format, lints, documentation and shell scripts, each by its own tool.

use super::{REPOSITORIES, make, succeeded, top, wanted};
use crate::cases::SEVERAL;
use crate::project;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A directory for what cargo builds here: the usual one is locked by the cargo that runs this test.
fn target() -> PathBuf {
    top().join("target/proof-style")
}

/// Runs a program that has to be there and to succeed.
pub(super) fn succeeds(command: &mut Command) {
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

#[test]
fn shellcheck_has_nothing_to_say_about_what_is_made() {
    if !wanted("style") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    for (name, arguments) in REPOSITORIES {
        let repository = make(directory.path(), name, arguments);
        let scripts = ["tests/verify", ".github/scripts"].map(|place| repository.join(place));
        let mut command = Command::new("shellcheck");
        command.args(scripts.iter().flat_map(|place| files(place)));
        succeeds(&mut command);
    }
}

/// A file itself, or the files of a directory; none where there is nothing.
fn files(place: &Path) -> Vec<PathBuf> {
    if place.is_file() {
        return vec![place.to_owned()];
    }
    let tree = floxwright::disk::read_tree(place).unwrap_or_default();
    tree.paths().map(|path| place.join(path.as_str())).collect()
}

/// GitHub's schema of workflows, and the rules about tokens, pins and injected text.
#[test]
fn workflows_are_valid_and_give_nothing_away() {
    if !wanted("style") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let flags = ["--with", "workflows"];
    let several = ["--handle", "acme", "--package", SEVERAL];
    let single = ["--layout", "single", "--nixpkgs", "floating"];
    for (name, rest) in [("split", &several[..]), ("single", &single)] {
        let repository = make(directory.path(), name, &[&flags[..], rest].concat());
        let workflows = files(&repository.join(".github/workflows"));
        assert_eq!(workflows.len(), 3);
        self::workflows(&workflows);
    }
}

/// The schema and the rules, for some workflows.
pub(super) fn workflows(files: &[PathBuf]) {
    let mut command = Command::new("check-jsonschema");
    command.args(["--builtin-schema", "vendor.github-workflows"]);
    succeeds(command.args(files));
    let mut command = Command::new("zizmor");
    command.args(["--offline", "--no-progress", "--persona", "pedantic"]);
    succeeds(command.args(files));
}

/// Every file that a shell reads, by its name or by its first line.
fn scripts() -> Vec<String> {
    let shell = |file: &String| {
        let text = project::read(file);
        let first = text.lines().next().unwrap_or_default();
        let called = first.starts_with("#!") && (first.ends_with("sh") || first.contains("sh "));
        called || project::has_ending(file, "sh")
    };
    // A template is no script before it is rendered; what it becomes has a test of its own. A plain template's files are all templates.
    let template =
        |file: &String| file.starts_with("scaffolds/") || project::has_ending(file, "liquid");
    let files = project::files().into_iter();
    files
        .filter(|file| !template(file) && shell(file))
        .collect()
}
