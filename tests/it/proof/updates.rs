//! `update` over releases that are read from the package index of the day: each ends where `new` ends.

use super::wanted;
use crate::routes::assert_same;
use crate::sandbox::{Done, Sandbox, new_yes};
use floxwright::outside::pypi::default_address;
use floxwright::tree::Tree;

/// The steps: releases that are not ready-made, and the newest.
const STEPS: [&str; 3] = ["1.12.14", "1.13.20", "latest"];

fn sandbox() -> Sandbox {
    Sandbox::new().with_env("FLOXWRIGHT_PYPI", &default_address())
}

fn files(sandbox: &Sandbox) -> Tree {
    let files = sandbox.tree("d").into_iter();
    files
        .filter(|(path, _)| !path.as_str().starts_with(".floxwright/run/"))
        .collect()
}

/// Updates; what the release lacks goes first, as the hint says.
fn update(sandbox: &Sandbox, release: &str) -> Done {
    let update = ["-C", "d", "update", release, "--commit"];
    let done = sandbox.run(&update);
    let Some((_, rest)) = done.stderr.split_once("`floxwright remove ") else {
        return done.success();
    };
    let names: Vec<&str> = rest.split('`').next().unwrap().split(' ').collect();
    let remove = [&["-C", "d", "remove"], names.as_slice()].concat();
    drop(sandbox.run(&remove).success());
    let commit = ["commit", "--quiet", "--all", "--message", "x"];
    sandbox.git("d", &commit);
    sandbox.run(&update).success()
}

#[test]
fn live_updates_end_where_new_ends() {
    if !wanted("pypi") {
        return;
    }
    for layout in ["split", "single"] {
        let sandbox = sandbox();
        let flags = [
            "--release",
            "1.12.0",
            "--package",
            "all",
            "--layout",
            layout,
        ];
        drop(sandbox.run(&new_yes("d", &flags)).success());
        for step in STEPS {
            let done = update(&sandbox, step);
            println!("{layout}, {step}:\n{}", done.stdout);
            assert_eq!(sandbox.git("d", &["status", "--porcelain"]), "");
            let text = sandbox
                .tree("d")
                .text("floxwright.toml")
                .unwrap()
                .to_owned();
            let file: toml::Table = text.parse().unwrap();
            let packages = file["build"]["packages"].as_array().unwrap().iter();
            let names: Vec<&str> = packages.map(|name| name.as_str().unwrap()).collect();
            let release = file["upstream"]["release"].as_str().unwrap();
            let other = self::sandbox();
            let names = names.join(",");
            let flags = [
                "--release",
                release,
                "--package",
                &names,
                "--layout",
                layout,
            ];
            drop(other.run(&new_yes("d", &flags)).success());
            assert_same(&files(&other), &files(&sandbox), step);
            // And again, from what the repository keeps alone.
            drop(sandbox.shell("rm -r \"$XDG_CACHE_HOME\"").success());
            drop(
                sandbox
                    .run(&["--offline", "-C", "d", "add", "dagster"])
                    .success(),
            );
            assert_same(&files(&other), &files(&sandbox), "offline");
        }
    }
}
