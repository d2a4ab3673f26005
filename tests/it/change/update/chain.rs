//! From release to release: what comes out is what `new` makes, and what a person edited.

#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use super::super::made;
use crate::package_index::{RELEASE, UPLOADS, Upload, serving, start};
use crate::routes::assert_same;
use crate::sandbox::Sandbox;
use floxwright::tree::Tree;

/// A package that the last of the releases lacks.
const GONE: &str = "dagster-embedded-elt";

/// The packages that a repository's `floxwright.toml` asks for.
fn packages(sandbox: &Sandbox) -> Vec<String> {
    let text = sandbox.text("floxwright.toml");
    let file: toml::Table = text.parse().unwrap();
    let packages = file["build"]["packages"].as_array().unwrap().iter();
    packages
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

/// Without `.floxwright/base` and the lock, which do not know of edits.
fn own(tree: &Tree) -> Tree {
    let files = tree.iter();
    files
        .filter(|(path, _)| !path.as_str().starts_with(".floxwright/base/"))
        .map(|(path, file)| (path.clone(), file.clone()))
        .collect()
}

#[test]
fn three_releases_with_everything_end_where_new_ends() {
    for layout in ["split", "single"] {
        let flags = [
            "--release",
            "1.12.0",
            "--package",
            "all",
            "--layout",
            layout,
        ];
        let sandbox = made(&flags);
        drop(sandbox.there(&["update", "1.12.22"]).success());
        let done = sandbox.nothing_changes(&["update", "1.13.27"]).exit(2);
        drop(done.says(&[
            &format!("1.13.27 has no `{GONE}`"),
            &format!("`floxwright remove {GONE}`"),
        ]));
        drop(sandbox.there(&["remove", GONE]).success());
        let before = sandbox.files();
        drop(sandbox.there(&["update", "1.13.27"]).success());
        let names = packages(&sandbox).join(",");
        let other = made(&["--layout", layout, "--package", &names]);
        assert_same(&other.files(), &sandbox.files(), layout);
        // Once more there is nothing to do, and the last step can be taken back.
        let again = sandbox.nothing_changes(&["update", "1.13.27"]).success();
        assert!(
            again.stdout.starts_with("nothing to do\n"),
            "{}",
            again.stdout
        );
        drop(sandbox.there(&["undo"]).success());
        assert_same(&before, &sandbox.files(), "taken back");
    }
}

#[test]
fn what_a_person_edited_stays() {
    let sandbox = made(&["--release", "1.12.0", "--package", "dagster-postgres"]);
    let edits = [
        (
            ".flox/pkgs/dagster-postgres.nix",
            "meta = {",
            "# Ours.\n  meta = {",
        ),
        ("README.md", "## ", "Our own words.\n\n## "),
        (".flox/env/manifest.toml", "[install]", "# Ours.\n[install]"),
    ];
    for (path, from, to) in edits {
        sandbox.edit(path, from, to);
    }
    drop(sandbox.there(&["update", "1.12.22"]).success());
    drop(sandbox.there(&["update", "1.13.27"]).success());
    let other = made(&["--package", "dagster-postgres"]);
    for (path, from, to) in edits {
        other.edit(path, from, to);
    }
    assert_same(&own(&other.files()), &own(&sandbox.files()), "edited");
}

#[test]
fn what_cannot_be_merged_is_a_conflict_and_nothing_is_lost() {
    let sandbox = made(&["--release", "1.12.0", "--package", "dagster-postgres"]);
    let path = ".flox/pkgs/dagster-postgres.nix";
    sandbox.edit(path, "setuptools", "setuptools-scm");
    let edited = sandbox.text(path);
    let before = sandbox.files();
    let planned = sandbox.nothing_changes(&["update", "1.13.27", "--dry-run"]);
    drop(
        planned
            .exit(3)
            .says(&["conflict in `.flox/pkgs/dagster-postgres.nix`"]),
    );
    drop(sandbox.there(&["update", "1.13.27"]).exit(3));
    assert_eq!(sandbox.text(path), edited);
    assert!(
        sandbox
            .text(&format!("{path}.floxwright-new"))
            .contains("hatchling")
    );
    drop(
        sandbox
            .there(&["update", "1.13.27"])
            .exit(3)
            .says(&["waits for a decision"]),
    );
    drop(sandbox.there(&["abort"]).success());
    assert_same(&before, &sandbox.files(), "put back");
}

#[test]
fn a_release_of_the_index_ends_where_new_ends() {
    let server = start(serving(&UPLOADS));
    let here = |flags: &[&str]| {
        let sandbox = Sandbox::new().with_env("FLOXWRIGHT_PYPI", &server.url());
        drop(
            sandbox
                .run(&[&["new", "d", "--yes"], flags].concat())
                .success(),
        );
        sandbox
    };
    for layout in ["split", "single"] {
        let flags = ["--layout", layout, "--package", "dagster-postgres"];
        let sandbox = here(&[&flags[..], &["--release", "1.12.0"]].concat());
        let before = sandbox.files();
        let done = sandbox.there(&["update", "--latest"]).success();
        assert!(done.stdout.contains("Update to 1.12.14"), "{}", done.stdout);
        let other = here(&[&flags[..], &["--release", RELEASE]].concat());
        assert_same(&other.files(), &sandbox.files(), layout);
        assert!(sandbox.files().text(".floxwright/release.json").is_some());
        drop(sandbox.there(&["update"]).success());
        assert_same(&other.files(), &sandbox.files(), "the newest is here");
        // Back and forth.
        let back = ["update", "1.12.0", "--allow-downgrade"];
        let done = sandbox.there(&back).success();
        assert!(done.stdout.contains("Go back to 1.12.0"), "{}", done.stdout);
        assert_same(&before, &sandbox.files(), "back");
        drop(sandbox.there(&["update", RELEASE]).success());
        drop(sandbox.there(&["update", "1.13.27"]).success());
        let newest = made(&flags);
        assert_same(&newest.files(), &sandbox.files(), "and on");
    }
}

#[test]
fn third_parties_move_with_an_update_and_with_nothing_else() {
    let other: [Upload; 2] = [("click", "8.1.8", &[]), ("lkml", "1.3.6", &[])];
    let first = start(serving(&[&UPLOADS[..], &other].concat()));
    let sandbox = Sandbox::new().with_env("FLOXWRIGHT_PYPI", &first.url());
    let tables = "[build]\npackages = []\n[environment]\npython = [\"lkml\"]\n";
    sandbox.write("answers.toml", tables);
    let new = [
        "new",
        "d",
        "--yes",
        "--answers",
        "answers.toml",
        "--python",
        "python312",
    ];
    drop(sandbox.run(&new).success());
    let lock = |sandbox: &Sandbox| sandbox.text("floxwright.lock");
    assert!(
        lock(&sandbox).contains("version = \"1.3.6\""),
        "{}",
        lock(&sandbox)
    );
    let newer: [Upload; 2] = [("lkml", "1.3.6", &[]), ("lkml", "1.3.7", &[])];
    let second = start(serving(&[&UPLOADS[..], &newer].concat()));
    drop(sandbox.shell("rm -r \"$XDG_CACHE_HOME\"").success());
    let sandbox = sandbox.with_env("FLOXWRIGHT_PYPI", &second.url());
    drop(sandbox.there(&["add", "--python", "pandas"]).success());
    assert!(
        lock(&sandbox).contains("version = \"1.3.6\""),
        "{}",
        lock(&sandbox)
    );
    let done = sandbox.there(&["update", "1.13.27"]).success();
    assert!(
        done.stdout.contains("lkml: 1.3.6 → 1.3.7"),
        "{}",
        done.stdout
    );
    assert!(
        done.stdout.contains("Update third parties"),
        "{}",
        done.stdout
    );
    assert!(
        lock(&sandbox).contains("version = \"1.3.7\""),
        "{}",
        lock(&sandbox)
    );
}
