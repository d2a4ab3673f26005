//! The plain template of the program, in all of its kinds: evaluated, linted, and the one that needs no download built and run.

use super::style::succeeds;
use super::{run, succeeded, wanted};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A hash that is none, as the template writes it, and one that might be.
const HASHES: [&str; 2] = [
    "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "sha256-BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
];

/// A name that hides a file from Flox, were it the file's.
const NAME: &str = "snowflake";

fn project(directory: &Path, kind: &str) -> PathBuf {
    let output = Command::new(env!("CARGO_BIN_EXE_floxwright"))
        .args(["generate", "flox-package", "--name", NAME, "--silent"])
        .args(["--define", "owner=acme", "--define", "workflow=true"])
        .args(["--define", &format!("kind={kind}")])
        .arg("--destination")
        .arg(directory)
        .output()
        .unwrap();
    succeeded(&format!("generate flox-package, {kind}"), &output);
    let project = directory.join(NAME);
    let place = project.join(format!(".flox/pkgs/{NAME}/default.nix"));
    let text = fs::read_to_string(&place).unwrap();
    assert_eq!(text.contains(HASHES[0]), kind != "script");
    fs::write(&place, text.replace(HASHES[0], HASHES[1])).unwrap();
    succeeds(
        Command::new("git")
            .args(["add", "--all"])
            .current_dir(&project),
    );
    project
}

#[test]
fn every_kind_evaluates() {
    if !wanted("nix") {
        return;
    }
    for kind in ["script", "make", "rust", "go", "python"] {
        let directory = tempfile::tempdir().unwrap();
        let project = project(directory.path(), kind);
        for system in super::nix::SYSTEMS {
            let path = project.to_str().unwrap();
            let printed = run("tests/nix/eval", &[path, "--system", system]);
            assert!(
                printed.contains(r#""pname": "snowflake""#),
                "{kind}: {printed}"
            );
        }
        super::nix::lint(kind, &project);
    }
}

#[test]
fn scripts_and_workflow_have_no_fault() {
    if !wanted("style") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let project = project(directory.path(), "script");
    let scripts = [format!("bin/{NAME}"), "tests/verify".to_owned()];
    succeeds(
        Command::new("shellcheck")
            .args(scripts)
            .current_dir(&project),
    );
    super::style::workflows(&[project.join(".github/workflows/build.yml")]);
}

#[test]
fn the_script_is_built_and_answers() {
    if !wanted("lab") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let project = project(directory.path(), "script");
    let link = directory.path().join("result");
    let (path, link) = (project.to_str().unwrap(), link.to_str().unwrap());
    run("tests/lab/build", &[path, "--attr", NAME, "--out", link]);
    let output = Command::new(project.join("tests/verify"))
        .arg(link)
        .output();
    let printed = succeeded("tests/verify", &output.unwrap());
    assert_eq!(printed, "snowflake 0.1.0\n");
}
