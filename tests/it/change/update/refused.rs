//! What cannot be updated to is one clear error, and changes nothing.

use super::super::made;
use crate::package_index::{UPLOADS, Upload, serving, start, with_page};
use crate::sandbox::Sandbox;

fn check(sandbox: &Sandbox, arguments: &[&str], code: i32, says: &[&str]) {
    let all = [&["update"], arguments].concat();
    let done = sandbox.nothing_changes(&all).exit(code);
    assert_eq!(done.stderr.matches("error: ").count(), 1, "{}", done.stderr);
    drop(done.says(says));
}

#[test]
fn releases_that_cannot_be_taken() {
    let sandbox = made(&["--release", "1.12.22"]);
    for (arguments, code, says) in [
        (
            &["1.12.0"][..],
            2,
            &["older than 1.12.22", "`--allow-downgrade`"][..],
        ),
        (&["1.12.16"], 2, &["`1.12.16` is older"]),
        (
            &["1.12.16", "--allow-downgrade"],
            2,
            &[
                "`1.12.16` of Dagster cannot be packaged",
                "good release beside it",
            ],
        ),
        (&["newest"], 2, &["`newest` is not a release"]),
        (&["1.13.27rc1"], 2, &["`1.13.27rc1` is no final release"]),
        (
            &["1.13.99"],
            1,
            &["`1.13.99` of Dagster is not ready-made, and the package index cannot be read"],
        ),
        (&[], 1, &["the newest release is not ready-made", "cannot"]),
        (&["1.13.27", "--latest"], 2, &["cannot be used with"]),
        (&["1.13.27", "--nixpkgs"], 2, &["cannot be used with"]),
        (&["1.13.27", "--tag"], 2, &["--commit"]),
        (&["--channel", "nixos-unstable"], 2, &["--nixpkgs"]),
        (
            &["--nixpkgs=.", "--address", "http://127.0.0.1:9/x"],
            2,
            &["`--nixpkgs=…` names where to look"],
        ),
        (
            &["--nixpkgs=/nowhere"],
            1,
            &["`/nowhere` cannot be looked into"],
        ),
        (
            &["--nixpkgs", "--address", "http://127.0.0.1:9/x"],
            1,
            &["the list of packages cannot be read"],
        ),
    ] {
        check(&sandbox, arguments, code, says);
    }
    let outside = Sandbox::new();
    drop(
        outside
            .run(&["update"])
            .exit(1)
            .says(&["is not in a repository of floxwright"]),
    );
}

#[test]
fn releases_of_which_something_is_missing() {
    let without: Vec<Upload> = UPLOADS[..5].to_vec();
    let server = start(serving(&without));
    let sandbox = made(&[
        "--release",
        "1.12.0",
        "--package",
        "dagster-postgres,dagster-aws",
    ]);
    let sandbox = sandbox.with_env("FLOXWRIGHT_PYPI", &server.url());
    check(
        &sandbox,
        &["1.12.14"],
        2,
        &[
            "`dagster-aws`",
            "`dagster-postgres`",
            "`floxwright remove dagster-aws dagster-postgres`",
        ],
    );
    check(
        &sandbox,
        &["1.12.15"],
        2,
        &[
            "the index has no `dagster` 1.12.15",
            "the newest complete release is 1.12.14",
        ],
    );
}

#[test]
fn answers_that_are_none() {
    let sandbox = made(&["--release", "1.12.0"]);
    let html = (200, b"<!doctype html><title>Sign in</title>".to_vec());
    let server = start(with_page(serving(&UPLOADS), html.into()));
    let sandbox = sandbox.with_env("FLOXWRIGHT_PYPI", &server.url());
    check(&sandbox, &[], 1, &["the newest release", "dagster"]);
    check(&sandbox, &["1.12.14"], 1, &["1.12.14", "dagster"]);
}

#[test]
fn a_python_that_the_release_does_not_support() {
    let sandbox = made(&["--python", "python314", "--package", "dagster-postgres"]);
    let done = sandbox.nothing_changes(&["update", "1.12.0", "--allow-downgrade"]);
    drop(done.exit(2).says(&[
        "`dagster` 1.12.0 does not support Python 3.14",
        "`python` under `[build]` of `floxwright.toml`",
    ]));
}

#[test]
fn a_repository_that_is_not_in_order() {
    let sandbox = made(&["--release", "1.12.0"]);
    let lock = sandbox.text("floxwright.lock");
    sandbox.edit("floxwright.lock", "schema = 1", "schema = \"x\"");
    check(
        &sandbox,
        &["1.13.27"],
        1,
        &["`floxwright.lock` cannot be read"],
    );
    sandbox.write("d/floxwright.lock", lock);
    sandbox.edit("README.md", "# ", "<<<<<<< a\n=======\n>>>>>>> b\n# ");
    check(
        &sandbox,
        &["1.13.27"],
        3,
        &["`README.md` holds the markers of a conflict"],
    );
}
