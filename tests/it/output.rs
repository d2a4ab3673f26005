//! What is printed: the plan, the patch, the result for programs; and that printing it is all that happens.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests make and look at files, and start git"
)]
#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use crate::cases::SEVERAL;
use crate::sandbox::{Done, Sandbox, new_yes};
use floxwright::tree::Tree;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs;

/// Runs something that must not write.
#[track_caller]
fn only_printed(sandbox: &Sandbox, arguments: &[&str]) -> Done {
    let before = sandbox.entries();
    let done = sandbox.run(arguments).success();
    assert_eq!(sandbox.entries(), before, "{arguments:?} wrote something");
    done
}

#[test]
fn the_plan_lists_every_file_and_writes_none() {
    let sandbox = Sandbox::new();
    let planned = only_printed(
        &sandbox,
        &new_yes("d", &["--dry-run", "--package", "dagster-postgres"]),
    );
    drop(
        sandbox
            .run(&new_yes("d", &["--package", "dagster-postgres"]))
            .success(),
    );
    let made: Vec<String> = sandbox
        .tree("d")
        .paths()
        .map(|path| format!("+ {path}"))
        .collect();
    assert_eq!(planned.stdout.lines().collect::<Vec<_>>(), made);
    assert!(
        planned.stderr.starts_with("warning: dagster-postgres: "),
        "{}",
        planned.stderr
    );
}

#[test]
fn git_takes_the_patch() {
    for flags in [
        &["--release", "1.12.0"][..],
        &[
            "--layout",
            "single",
            "--package",
            SEVERAL,
            "--docs",
            "all",
            "--with",
            "runtime,workflows,flake",
        ],
    ] {
        let sandbox = Sandbox::new();
        let patch = only_printed(&sandbox, &new_yes("d", &[flags, &["--diff"]].concat()));
        sandbox.write("patch", &patch.stdout);
        fs::create_dir(sandbox.path("empty")).unwrap();
        sandbox.git("empty", &["init", "--quiet"]);
        sandbox.git(
            "empty",
            &["apply", "--check", "--whitespace=error", "../patch"],
        );
        sandbox.git("empty", &["apply", "../patch"]);
        drop(sandbox.run(&new_yes("d", flags)).success());
        assert!(sandbox.tree("empty") == sandbox.tree("d"), "{flags:?}");
    }
}

fn schema() -> jsonschema::Validator {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schemas/plan.schema.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    jsonschema::validator_for(&schema).unwrap()
}

#[track_caller]
pub(super) fn assert_valid(value: &Value) {
    let schema = schema();
    let faults: Vec<String> = schema
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(faults, Vec::<String>::new());
}

/// What the files of a tree look like in the result.
fn files(tree: &Tree) -> Value {
    let files = tree.iter().map(|(path, file)| {
        json!({
            "path": path.as_str(),
            "change": "create",
            "bytes": file.bytes.len(),
            "sha256": data_encoding::HEXLOWER.encode(&Sha256::digest(&file.bytes)),
            "executable": file.mode == floxwright::tree::Mode::Executable,
        })
    });
    Value::Array(files.collect())
}

#[test]
fn programs_get_a_documented_result() {
    let sandbox = Sandbox::new();
    let flags = [
        "--release",
        "1.12.0",
        "--package",
        "dagster-postgres",
        "--format",
        "json",
    ];
    let planned = only_printed(
        &sandbox,
        &new_yes("d", &[&flags[..], &["--dry-run"]].concat()),
    );
    let written = sandbox.run(&new_yes("d", &flags)).success();
    let (planned, written) = [&planned, &written]
        .map(|done| serde_json::from_str::<Value>(&done.stdout).unwrap())
        .into();
    for (value, state) in [(&planned, "planned"), (&written, "written")] {
        assert_valid(value);
        let keys: Vec<&str> = value
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(
            keys,
            [
                "schema",
                "command",
                "state",
                "directory",
                "release",
                "packages",
                "notes",
                "reproduce",
                "files"
            ]
        );
        assert_eq!(value["state"], state);
        assert_eq!(value["directory"], "d");
        assert_eq!(value["release"], "1.12.0");
        assert_eq!(value["packages"]["dagster-postgres"], "0.28.0");
        assert_eq!(value["notes"].as_array().unwrap().len(), 1);
        assert_eq!(
            value["reproduce"],
            "floxwright new d --yes --release 1.12.0 --package dagster-postgres"
        );
        assert_eq!(value["files"], files(&sandbox.tree("d")));
    }
}

#[test]
fn what_the_schema_refuses() {
    let file = json!({ "path": "a", "change": "create", "bytes": 0, "sha256": "0".repeat(64), "executable": false });
    let good = json!({
        "schema": 1, "command": "new", "state": "planned", "directory": "d", "release": "1.12.0",
        "packages": { "dagster": "1.12.0" }, "notes": [], "reproduce": "floxwright new d", "files": [file, { "path": "b", "change": "remove" }],
    });
    assert_valid(&good);
    let schema = schema();
    for (pointer, wrong) in [
        ("/schema", json!(2)),
        ("/state", json!("done")),
        ("/directory", json!("")),
        ("/packages", json!({})),
        ("/files/0/sha256", json!("0")),
        ("/files/0/change", json!("remove")),
        ("/files/1/change", json!("create")),
        ("/files/0/path", json!("/etc")),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = wrong;
        assert!(!schema.is_valid(&bad), "{pointer}");
    }
}

#[test]
fn no_escape_sequence_reaches_a_pipe() {
    let sandbox = Sandbox::new()
        .with_env("TERM", "xterm-256color")
        .with_env("COLORTERM", "truecolor");
    for (arguments, code) in [
        (new_yes("d", &["--dry-run"]), 0),
        (new_yes("d", &["--diff"]), 0),
        (new_yes("d", &["--package", "dagster-mysql"]), 0),
        (new_yes("d", &[]), 1),
        (new_yes("e", &["--layout", "x"]), 2),
        (vec!["new"], 5),
        (vec!["--help"], 0),
        (vec!["new", "--help"], 0),
        (vec!["--version"], 0),
        (vec![], 2),
        (vec!["nonsense"], 2),
    ] {
        let done = sandbox.run(&arguments);
        assert_eq!(done.code, Some(code), "{arguments:?}: {}", done.stderr);
        assert!(
            !done.stdout.contains('\x1b') && !done.stderr.contains('\x1b'),
            "{arguments:?}: {done:?}"
        );
        let (talk, result) = (done.stderr.is_empty(), done.stdout.is_empty());
        assert!(code == 0 || !talk && result, "{arguments:?}: {done:?}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let sandbox = Sandbox::new();
    let done = sandbox.shell(&format!(
        "floxwright new d --yes --diff --package {SEVERAL} | head -n 1"
    ));
    let done = done.success().says(&[]);
    assert!(done.stdout.starts_with("diff --git "), "{done:?}");
    assert!(
        !done.stderr.contains("panicked") && !done.stderr.contains("error"),
        "{done:?}"
    );
}

#[test]
fn the_result_says_what_was_made_and_what_is_next() {
    let cases = [
        ("a", &["--release", "1.12.0"][..]),
        (
            "b c",
            &["--no-git", "--nixpkgs", "floating", "--handle", "acme"],
        ),
        (
            "c",
            &[
                "--no-commit",
                "--remote",
                "https://example.org/a.git",
                "--layout",
                "single",
            ],
        ),
    ];
    for (directory, flags) in cases {
        let sandbox = Sandbox::new();
        let done = sandbox.run(&new_yes(directory, flags)).success();
        insta::assert_snapshot!(
            format!("result-{}", directory.replace(' ', "-")),
            done.normal(&done.stdout)
        );
        // Every command of the next steps is one that a shell understands.
        for line in done.stdout.lines().filter(|line| line.starts_with("     ")) {
            let checked = sandbox.shell(&format!("sh -n <<'END'\n{line}\nEND"));
            assert_eq!(checked.code, Some(0), "{line}: {}", checked.stderr);
        }
    }
}

#[test]
fn help_names_every_flag_and_fits() {
    let sandbox = Sandbox::new().with_env("COLUMNS", "100");
    let done = sandbox.run(&["new", "--help"]).success();
    for field in floxwright::ask::Field::ALL {
        assert!(done.stdout.contains(field.flag()), "{}", field.flag());
    }
    for flag in [
        "--yes",
        "--dry-run",
        "--diff",
        "--format",
        "--answers",
        "--no-git",
        "--no-commit",
        "--force",
        "--plain",
        "--color",
        "-C",
    ] {
        assert!(done.stdout.contains(flag), "{flag}");
    }
    assert!(
        done.stdout.lines().all(|line| line.chars().count() <= 120),
        "{}",
        done.stdout
    );
}
