//! What `check` mends, by real Nix, and what it says to others: SARIF by its official schema, the hook by pre-commit, the steps of a workflow by the linters.

use super::style::{succeeds, workflows};
use super::{run, top, wanted};
use crate::adopt::{FIXTURES, commit, files, handmade};
use crate::check::seeds::REPORTED;
use crate::project;
use crate::sandbox::{Sandbox, new_yes};
use floxwright::tree::Tree;
use std::path::Path;
use std::process::Command;

/// A validation by the official schema of SARIF 2.1.0, which `.ci/run` takes from a package that carries it.
fn by_schema(file: &Path) -> Command {
    let schema = top().join("target/linters/sarif-schema-2.1.0.json");
    let is_there = std::fs::metadata(&schema).is_ok_and(|found| found.len() > 10_000);
    assert!(is_there, "{}: `.ci/run` makes it", schema.display());
    let mut command = Command::new("check-jsonschema");
    // The schema has an expression that is none in the other dialect.
    command.args(["--regex-variant", "python", "--schemafile"]);
    command.arg(schema).arg(file);
    command
}

#[test]
fn sarif_is_what_its_schema_says() {
    if !wanted("style") {
        return;
    }
    let made = Sandbox::new();
    drop(made.run(&new_yes("d", &[])).success());
    let mut sandboxes: Vec<Sandbox> = FIXTURES
        .iter()
        .map(|(name, _)| handmade(&files(name)))
        .collect();
    sandboxes.push(made);
    let mut results = 0;
    for sandbox in &sandboxes {
        for more in [&[][..], &["--select", "syntax-error"]] {
            let line = [
                "-C",
                "d",
                "check",
                "--offline",
                "--deny",
                "none",
                "--format",
                "sarif",
            ];
            let told = sandbox.run(&[&line, more].concat()).success().stdout;
            results += told.matches("\"ruleId\"").count();
            sandbox.write("told.sarif", &told);
            succeeds(&mut by_schema(&sandbox.path("told.sarif")));
        }
    }
    assert!(results > 100, "{results}");
    // What is wrong is refused, so that the schema is known to be one.
    let sandbox = &sandboxes[0];
    let told = std::fs::read_to_string(sandbox.path("told.sarif")).unwrap();
    sandbox.write("told.sarif", told.replace("\"2.1.0\"", "\"2.1\""));
    let output = by_schema(&sandbox.path("told.sarif")).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
}

/// A program of its own is on the path, as after an installation.
fn path() -> std::ffi::OsString {
    let program = Path::new(env!("CARGO_BIN_EXE_floxwright"));
    let mut path = program.parent().unwrap().as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    path
}

/// A block of YAML of the page, below its heading.
fn block(heading: &str) -> String {
    let page = project::read("docs/check.md");
    let below = page.split(heading).nth(1).unwrap();
    let block = below.split("```yaml\n").nth(1).unwrap();
    block.split("```").next().unwrap().to_owned()
}

/// pre-commit itself runs the documented hook: it refuses a commit, lets one pass, and does not look where nothing of it changed.
#[test]
fn pre_commit_runs_the_hook() {
    if !wanted("style") {
        return;
    }
    let sandbox = Sandbox::new();
    let run = |sandbox: &Sandbox, code: i32| {
        let mut command = Command::new("pre-commit");
        sandbox.surround(&mut command);
        command.args(["run", "--color", "never", "--verbose"]);
        command.current_dir(sandbox.path("d")).env("PATH", path());
        sandbox.done(&command.output().unwrap()).exit(code).stdout
    };
    drop(sandbox.run(&new_yes("d", &[])).success());
    sandbox.write("d/.pre-commit-config.yaml", block("### Before each commit"));
    drop(sandbox.git("d", &["add", "."]));
    let told = run(&sandbox, 0);
    assert!(told.contains("Skipped"), "{told}");
    let package = ".flox/pkgs/dagster-pipes.nix";
    let text = std::fs::read_to_string(sandbox.path("d").join(package)).unwrap();
    sandbox.write(&format!("d/{package}"), format!("# one line more\n{text}"));
    drop(sandbox.git("d", &["add", "."]));
    let told = run(&sandbox, 0);
    assert!(told.contains("Passed"), "{told}");
    sandbox.write(
        &format!("d/{package}"),
        text.replace("pyproject = true;", ""),
    );
    drop(sandbox.git("d", &["add", "."]));
    let told = run(&sandbox, 1);
    assert!(
        told.contains("Failed") && told.contains("exit code: 4"),
        "{told}"
    );
    assert!(told.contains("format-implicit"), "{told}");
}

/// A workflow as somebody would write it around the documented steps.
const WORKFLOW: &str = "name: Check
on:
  push:
    branches: [main]
permissions: {}
concurrency:
  group: check-${{ github.ref }}
  cancel-in-progress: true
jobs:
  check:
    name: Check
    runs-on: ubuntu-latest
    permissions:
      contents: read
      security-events: write # the findings
    steps:
";

#[test]
fn the_documented_steps_are_valid_and_give_nothing_away() {
    if !wanted("style") {
        return;
    }
    let steps = block("### On GitHub");
    let steps = steps.lines().map(|line| format!("      {line}\n"));
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("check.yml");
    std::fs::write(&file, format!("{WORKFLOW}{}", steps.collect::<String>())).unwrap();
    workflows(&[file]);
}

/// What the laboratory has in another version than the index: its third parties are of another day.
const KEPT: &str = r#"{"schema":1,"source":"the laboratory","revision":null,"date":"2026-11-20","python":"python313",
"packages":{"watchdog":{"attribute":"watchdog","version":"7.1.0"}}}"#;

/// The repository of the reports after `check --fix`. The laboratory has one Python, the reports have an older one.
fn mended(python: &str) -> Sandbox {
    let tree = Tree::from_fixture(&REPORTED.replace("python312", python)).unwrap();
    let sandbox = handmade(&tree);
    sandbox.write("d/.floxwright/nixpkgs.json", KEPT);
    let line = ["-C", "d", "check", "--offline", "--deny", "none", "--fix"];
    drop(sandbox.run(&line).success());
    commit(&sandbox);
    sandbox
}

#[test]
fn what_is_mended_evaluates() {
    if !wanted("nix") {
        return;
    }
    for python in ["python312", "python313"] {
        let sandbox = mended(python);
        let path = sandbox.path("d");
        for system in super::nix::SYSTEMS {
            let arguments = [path.to_str().unwrap(), "--system", system];
            let printed = run("tests/nix/eval", &arguments);
            let made = printed.lines().filter(|line| line.contains("/nix/store/"));
            assert_eq!(made.count(), 9, "{python} on {system}: {printed}");
        }
    }
}

/// What requires nothing, what requires third parties, and what has the others and relaxed bounds below it.
#[test]
fn what_is_mended_builds() {
    let Some(_machine) = super::lab::machine() else {
        return;
    };
    let sandbox = mended("python313");
    let path = sandbox.path("d");
    for package in [
        "dagster-pipes",
        "dagster-shared",
        "dagster-webserver",
        "dagster-postgres",
    ] {
        let arguments = [path.to_str().unwrap(), "--attr", package];
        let built = run("tests/lab/build", &arguments);
        println!("mended {package}: {}", built.trim());
    }
}
