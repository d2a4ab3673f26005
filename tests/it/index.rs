//! `index`: a repository predicts by the nixpkgs that was read for it.

#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use crate::sandbox::{Sandbox, new_yes};
use crate::test_server::{Reply, Server};
use floxwright::nixpkgs::{Index, Lookup};
use serde_json::{Map, Value, json};

/// A channel that has what the index in the program has, with `click` at a version of its own.
fn channel() -> Server {
    channel_with(&[("click", "8.2.77")])
}

/// A channel that has what the index in the program has, and these distributions at versions of its own.
pub(super) fn channel_with(others: &[(&str, &str)]) -> Server {
    let index = Index::built_in().unwrap();
    let mut packages = Map::new();
    for (name, _) in index.looked_for() {
        if let Lookup::Present { attribute, version } = index.look_up(name) {
            let version = version.unwrap_or("99");
            let package = json!({ "pname": name.as_str(), "version": version, "meta": {} });
            packages.insert(format!("python313Packages.{attribute}"), package);
        }
    }
    for (name, version) in others {
        let package = json!({ "pname": name, "version": version, "meta": {} });
        packages.insert(format!("python313Packages.{name}"), package);
    }
    let list = json!({ "version": 2, "packages": packages }).to_string();
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let reply = |body: &str| vec![Reply::from((200, body.as_bytes().to_vec()))];
    Server::start(
        [
            ("/c/packages.json".to_owned(), reply(&list)),
            ("/c/git-revision".to_owned(), reply(commit)),
        ]
        .into(),
    )
}

#[test]
fn a_channel_is_read_and_everything_follows() {
    let server = channel();
    let sandbox = Sandbox::new();
    drop(sandbox.run(&new_yes("d", &[])).success());
    let before = sandbox.tree("d");
    let address = format!("{}/c/packages.json", server.url());
    let refresh = ["-C", "d", "index", "refresh", "--address", &address];
    let dry = sandbox
        .run(&[&refresh[..], &["--dry-run"]].concat())
        .success();
    assert!(dry.stdout.contains("→ 8.2.77"), "{}", dry.stdout);
    assert!(
        dry.stdout.contains("+ .floxwright/nixpkgs.json"),
        "{}",
        dry.stdout
    );
    assert!(sandbox.tree("d") == before);
    drop(sandbox.run(&refresh).success());
    let after = sandbox.tree("d");
    let lock = after.text("floxwright.lock").unwrap();
    let stamp = "index = \"2026-11-20, a list of packages at 0123456789ab\"";
    assert!(lock.contains(stamp), "{lock}");
    assert!(
        after
            .text("docs/DEPENDENCIES.md")
            .unwrap()
            .contains("8.2.77")
    );
    let shown = sandbox
        .run(&["-C", "d", "index", "show", "click", "--format", "json"])
        .success();
    let shown: Value = serde_json::from_str(&shown.stdout).unwrap();
    assert_eq!(shown["distributions"][0]["version"], "8.2.77");
    let explained = sandbox.run(&["-C", "d", "explain", "dagster"]).success();
    assert!(explained.stdout.contains("8.2.77"), "{}", explained.stdout);
    // The same again changes nothing, and undo takes it back to the byte.
    let again = sandbox.run(&refresh).success();
    assert!(
        again.stdout.ends_with("nothing to do\n"),
        "{}",
        again.stdout
    );
    drop(sandbox.run(&["-C", "d", "undo"]).success());
    for (path, file) in before.iter() {
        assert!(sandbox.tree("d").get(path) == Some(file), "{path}");
    }
}

#[test]
fn what_cannot_be_read_is_told_and_changes_nothing() {
    let server = channel();
    let sandbox = Sandbox::new();
    drop(sandbox.run(&new_yes("d", &[])).success());
    let before = sandbox.tree("d");
    let check = |arguments: &[&str], says: &str| {
        let all = [&["-C", "d", "index", "refresh"], arguments].concat();
        drop(sandbox.run(&all).exit(1).says(&[says]));
        assert!(sandbox.tree("d") == before);
    };
    check(
        &["--address", &format!("{}/none", server.url())],
        "does not have it",
    );
    check(
        &["--address", &format!("{}/c/git-revision", server.url())],
        "is no list of packages",
    );
    check(
        &["--nixpkgs", "/nowhere"],
        "`/nowhere` cannot be looked into",
    );
    drop(
        sandbox
            .run(&["index", "refresh"])
            .exit(1)
            .says(&["floxwright.toml"]),
    );
    sandbox.write("d/.floxwright/nixpkgs.json", "{\"schema\": 9}");
    let done = sandbox.run(&["-C", "d", "index", "show"]).exit(1);
    drop(done.says(&["`.floxwright/nixpkgs.json` cannot be read", "schema 9"]));
}
