//! `status`: what there is to say of a repository, without asking anybody and without changing anything.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests make and look at files"
)]
#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use super::made;
use crate::sandbox::Sandbox;
use serde_json::Value;
use std::fs;

fn report(sandbox: &Sandbox, code: i32) -> Value {
    let done = sandbox
        .nothing_changes(&["status", "--format", "json"])
        .exit(code);
    serde_json::from_str(&done.stdout).unwrap()
}

/// What is found, by kind.
fn kinds(sandbox: &Sandbox) -> Vec<String> {
    let findings = report(sandbox, 4)["findings"].clone();
    let findings = findings.as_array().unwrap().iter();
    findings
        .map(|one| one["kind"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_fresh_repository_has_nothing_to_see_to() {
    let sandbox = made(&[]);
    let done = sandbox.nothing_changes(&["status"]).success();
    assert!(done.stdout.contains("nothing to see to"), "{}", done.stdout);
    let report = report(&sandbox, 0);
    assert_eq!(report["state"], "clean");
    assert_eq!(report["files"], serde_json::json!([]));
    // Edits alone, and documents that are gone, are the person's business.
    sandbox.edit("README.md", "\n", "\nMine.\n");
    fs::remove_file(sandbox.path("d/docs/BUILD_PATTERNS.md")).unwrap();
    let done = sandbox.nothing_changes(&["status"]).success();
    assert!(
        done.stdout
            .contains("edited by you, which is fine: README.md")
            && done
                .stdout
                .contains("deleted by you, which is fine: docs/BUILD_PATTERNS.md"),
        "{}",
        done.stdout
    );
}

#[test]
fn everything_is_found_under_its_name() {
    type Damage = fn(&Sandbox);
    let cases: [(&str, Damage); 9] = [
        ("missing", |sandbox| {
            fs::remove_file(sandbox.path("d/.flox/pkgs/dagster.nix")).unwrap();
        }),
        ("untracked", |sandbox| {
            sandbox.write("d/.flox/patches/dagster/mine.txt", "");
        }),
        ("lock", |sandbox| {
            fs::remove_file(sandbox.path("d/floxwright.lock")).unwrap();
        }),
        ("behind-intent", |sandbox| {
            sandbox.edit("floxwright.toml", "handle = \"\"", "handle = \"acme\"");
        }),
        ("intent", |sandbox| {
            sandbox.edit(
                "floxwright.toml",
                "packages = []",
                "packages = [\"dagster-nope\"]",
            );
        }),
        ("conflicted", |sandbox| {
            sandbox.edit("README.md", "\n", "\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n");
        }),
        ("conflicted", |sandbox| {
            sandbox.write("d/README.md.floxwright-new", "");
        }),
        ("killed", |sandbox| {
            fs::create_dir_all(sandbox.path("d/.floxwright/run/now")).unwrap();
        }),
        ("flox-lock", |sandbox| {
            sandbox.write("d/.flox/env/manifest.lock", "<html>");
            drop(sandbox.git("d", &["add", "--force", ".flox/env/manifest.lock"]));
        }),
    ];
    for (kind, damage) in cases {
        let sandbox = made(&[]);
        damage(&sandbox);
        let found = kinds(&sandbox);
        assert!(found.iter().any(|one| one == kind), "{kind}: {found:?}");
    }
    let behind = made(&["--release", "1.12.0"]);
    assert_eq!(kinds(&behind), ["behind-release"]);
}

#[test]
fn the_nixpkgs_of_flox_is_compared_with_the_index() {
    let lock = |revision: &str| {
        format!(
            r#"{{"lockfile-version": 1, "packages": [{{"group": "toplevel", "locked_url": "https://github.com/flox/nixpkgs?rev={revision}", "rev_date": "2026-11-01T00:00:00Z"}}]}}"#
        )
    };
    let sandbox = made(&[]);
    sandbox.write("d/.flox/env/manifest.lock", lock("aaaabbbbccccddddeeee"));
    drop(sandbox.git("d", &["add", "--force", ".flox/env/manifest.lock"]));
    // The program's own index is of no single commit.
    let done = sandbox.nothing_changes(&["status"]).success();
    assert!(
        done.stdout
            .contains("Flox builds with nixpkgs aaaabbbbcccc of 2026-11-01"),
        "{}",
        done.stdout
    );
    let index = r#"{"schema": 1, "source": "a channel", "revision": "1111222233334444", "date": "2026-11-02", "python": "python313", "packages": {}}"#;
    sandbox.write("d/.floxwright/nixpkgs.json", index);
    assert!(kinds(&sandbox).contains(&"nixpkgs".to_owned()));
    sandbox.write("d/.flox/env/manifest.lock", lock("1111222233334444"));
    assert!(!kinds(&sandbox).contains(&"nixpkgs".to_owned()));
}
