//! `.github/scripts/build`: every package that Flox finds, each by name.

use super::Automated;
use crate::distributions::{OVERRIDES, made};
use floxwright::nixpkgs::Index;
use floxwright::scaffold::{Scaffold, built_in};
use floxwright::tree::Tree;
use std::collections::BTreeSet;

/// The packages below `.flox/pkgs`, as Flox names them.
fn found(tree: &Tree) -> BTreeSet<String> {
    let paths = tree
        .paths()
        .filter_map(|path| path.as_str().strip_prefix(".flox/pkgs/"));
    let names = paths.filter_map(|path| path.strip_suffix(".nix"));
    names
        .map(|name| {
            name.strip_suffix("/default")
                .unwrap_or(name)
                .replace('/', ".")
        })
        .collect()
}

fn built(automated: &Automated) -> BTreeSet<String> {
    let calls = automated.calls();
    let names = calls
        .iter()
        .map(|call| call.strip_prefix("flox build ").unwrap());
    names.map(str::to_owned).collect()
}

#[test]
fn every_package_is_built_and_named() {
    for flags in [
        &["--release", "1.12.0", "--package", "dagster-postgres"][..],
        &["--package", "dagster-dg-cli,create-dagster"],
        &["--layout", "single"],
        &["--environment", "acme"],
    ] {
        let automated = Automated::new(flags);
        automated.program("flox", "");
        let done = automated.script(&["build", "x86_64-linux"], &[]).success();
        let names = found(&automated.sandbox.tree("d"));
        assert_eq!(built(&automated), names, "{flags:?}");
        for name in names {
            let group = format!("::group::flox build {name}\n");
            assert!(done.stdout.contains(&group), "{}", done.stdout);
        }
    }
}

#[test]
fn what_does_not_build_is_named_at_the_end_and_the_rest_is_built() {
    let automated = Automated::new(&[]);
    automated.program("flox", "case $2 in dagster-pipes | dagster) exit 1 ;; esac");
    let done = automated.script(&["build", "x86_64-linux"], &[]).exit(1);
    assert_eq!(built(&automated), found(&automated.sandbox.tree("d")));
    let error =
        "::error title=build::on x86_64-linux, 2 of 6 do not build: dagster-pipes dagster\n";
    assert!(done.stdout.ends_with(error), "{}", done.stdout);
}

#[test]
fn what_has_no_file_for_a_system_is_left_out_there() {
    let scaffold = Scaffold::load("dagster", &built_in("dagster").unwrap()).unwrap();
    let index = Index::built_in().unwrap();
    let tree = made(&scaffold, &index, &["--with", "workflows"], OVERRIDES);
    let automated = Automated::new(&[]);
    for (path, file) in tree.iter() {
        automated.sandbox.write(&format!("d/{path}"), &file.bytes);
    }
    automated.program("flox", "");
    let all = found(&tree);
    for (system, left_out) in [
        ("x86_64-linux", None),
        ("aarch64-linux", Some("python313Packages.ruff")),
        ("aarch64-darwin", Some("python313Packages.ruff")),
    ] {
        let done = automated.script(&["build", system], &[]).success();
        let mut expected = all.clone();
        if let Some(name) = left_out {
            assert!(expected.remove(name), "{all:?}");
            let line = format!("{name} is left out: it has no file for {system}\n");
            assert!(done.stdout.contains(&line), "{}", done.stdout);
        }
        assert_eq!(built(&automated), expected, "{system}");
    }
}
