//! `update --nixpkgs`: the index follows, and what that changes is told.

use super::super::made;
use crate::index::channel_with;
use crate::sandbox::Sandbox;

fn follow(sandbox: &Sandbox, address: &str, more: &[&str]) -> crate::sandbox::Done {
    sandbox.there(&[&["update", "--nixpkgs", "--address", address], more].concat())
}

#[test]
fn what_a_moved_nixpkgs_changes_is_told_and_follows() {
    let sandbox = made(&["--package", "dagster-looker"]);
    let before = sandbox.files();
    assert!(
        before
            .paths()
            .any(|path| path.as_str().ends_with("/lkml.nix"))
    );
    // It has another click, and lkml, which it lacked.
    let server = channel_with(&[("click", "8.2.77"), ("lkml", "1.3.7"), ("sqlglot", "28.0")]);
    let address = format!("{}/c/packages.json", server.url());
    let planned = follow(&sandbox, &address, &["--dry-run"]).success();
    for line in [
        "Follow nixpkgs: 2026-11-20, a list of packages at 0123456789ab",
        "click: ",
        "→ 8.2.77",
        "lkml: 1.3.7 goes",
    ] {
        assert!(
            planned.stdout.contains(line),
            "no {line:?} in {}",
            planned.stdout
        );
    }
    assert!(sandbox.files() == before);
    drop(follow(&sandbox, &address, &["--commit"]).success());
    assert!(
        !sandbox
            .files()
            .paths()
            .any(|path| path.as_str().ends_with("/lkml.nix"))
    );
    assert_eq!(sandbox.git("d", &["status", "--porcelain"]), "");
    let subject = sandbox.git("d", &["log", "-1", "--format=%s"]);
    assert!(subject.starts_with("Follow nixpkgs: "), "{subject}");
    // Another day with the same versions is no news.
    let later = sandbox.with_env("SOURCE_DATE_EPOCH", "1900000000");
    let after = later.files();
    let again = follow(&later, &address, &[]).success();
    assert!(again.stdout.contains("nothing to do"), "{}", again.stdout);
    drop(again.says(&["has the same versions of all that can be required here"]));
    assert!(later.files() == after);
}

#[test]
fn a_bound_that_cannot_be_relaxed_is_refused() {
    let sandbox = made(&[]);
    let server = channel_with(&[("click", "4.0")]);
    let address = format!("{}/c/packages.json", server.url());
    let done = sandbox.nothing_changes(&["update", "--nixpkgs", "--address", &address]);
    drop(
        done.exit(1)
            .says(&["only an upper bound can be relaxed", "4.0"]),
    );
}

#[test]
fn another_nixpkgs_than_the_one_that_is_built_with_is_told() {
    let server = channel_with(&[("click", "8.2.77")]);
    let address = format!("{}/c/packages.json", server.url());
    for (revision, told) in [
        ("0123456789abcdef0123456789abcdef01234567", false),
        ("fedcba9876543210fedcba9876543210fedcba98", true),
    ] {
        let sandbox = made(&[]);
        let url = format!("https://github.com/flox/nixpkgs?rev={revision}");
        let package = format!(
            "{{\"group\": \"toplevel\", \"locked_url\": \"{url}\", \"rev_date\": \"2026-11-01T10:00:00Z\"}}"
        );
        let lock = format!("{{\"lockfile-version\": 1, \"packages\": [{package}]}}");
        sandbox.write("d/.flox/env/manifest.lock", lock);
        let done = follow(&sandbox, &address, &["--dry-run"]).success();
        let says = format!("--nixpkgs=github:flox/nixpkgs/{revision}`");
        assert_eq!(done.stderr.contains(&says), told, "{}", done.stderr);
    }
}
