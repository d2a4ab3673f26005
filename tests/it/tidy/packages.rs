//! What the project depends on, and what is published of it.

use super::nothing;
use crate::project;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The most packages in `Cargo.lock`.
const LOCKED: usize = 400;

/// The most packages that are compiled for the program.
const LINKED: usize = 260;

#[test]
fn the_lock_stays_small() {
    let lock = project::read("Cargo.lock");
    let locked = lock.lines().filter(|line| *line == "[[package]]").count();
    assert!(
        locked <= LOCKED,
        "{locked} packages are locked; {LOCKED} are allowed"
    );
}

#[test]
fn few_packages_are_linked() {
    let target = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let text = project::cargo(&[
        "metadata",
        "--format-version",
        "1",
        "--filter-platform",
        &target,
    ]);
    let metadata: Value = serde_json::from_str(&text).unwrap();
    let resolve = &metadata["resolve"];
    let nodes = resolve["nodes"].as_array().into_iter().flatten();
    let nodes: BTreeMap<&str, &Value> = nodes
        .filter_map(|node| Some((node["id"].as_str()?, node)))
        .collect();
    let mut linked = BTreeSet::new();
    let mut open: Vec<&str> = resolve["root"].as_str().into_iter().collect();
    while let Some(id) = open.pop() {
        if linked.insert(id) {
            let needed = nodes[id]["deps"].as_array().into_iter().flatten();
            open.extend(
                needed
                    .filter(|one| is_linked(one))
                    .filter_map(|one| one["pkg"].as_str()),
            );
        }
    }
    let count = linked.len();
    assert!(
        (2..=LINKED).contains(&count),
        "{count} packages are linked; {LINKED} are allowed"
    );
}

/// Whether a dependency is one of the program or of a build script, and not of the tests alone.
fn is_linked(dependency: &Value) -> bool {
    let kinds = dependency["dep_kinds"].as_array().into_iter().flatten();
    kinds.into_iter().any(|kind| kind["kind"] != "dev")
}

#[test]
fn every_file_of_a_scaffold_is_published() {
    let listed = project::cargo(&["package", "--list", "--allow-dirty"]);
    let listed: BTreeSet<&str> = listed.lines().collect();
    let files = project::files();
    let scaffolds = files.iter().filter(|file| file.starts_with("scaffolds/"));
    let missing: Vec<String> = scaffolds
        .filter(|file| !listed.contains(file.as_str()))
        .cloned()
        .collect();
    assert!(files.iter().any(|file| file.starts_with("scaffolds/")));
    nothing(&missing);
}
