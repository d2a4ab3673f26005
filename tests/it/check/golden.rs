//! Nothing is found in what floxwright makes.

use super::told;
use crate::cases::CASES;
use floxwright::check::{Found, Git, Known, Settings, report};
use floxwright::nixpkgs::Index;
use floxwright::scaffold::{Scaffold, built_in, built_in_names};
use floxwright::tree::{File, Tree};
use floxwright::workspace::read_lock;
use std::fmt::Write as _;

/// The tree with the lock that Flox writes at the first activation, as far as a check looks into it.
fn locked(tree: &Tree) -> Tree {
    let mut tree = tree.clone();
    let path = ".flox/env/manifest.lock".parse().unwrap();
    if tree.get(&path).is_none() {
        let text = tree.text(".flox/env/manifest.toml").unwrap();
        let manifest: serde_json::Value = toml::from_str(text).unwrap();
        let lock =
            serde_json::json!({ "lockfile-version": 1, "manifest": manifest, "packages": [] });
        tree.insert(path, File::text(lock.to_string()));
    }
    tree
}

#[test]
fn what_floxwright_makes_is_clean() {
    let index = Index::built_in().unwrap();
    let scaffolds = built_in_names().into_iter();
    let scaffolds: Vec<Scaffold> = scaffolds
        .map(|name| Scaffold::load(name, &built_in(name).unwrap()).unwrap())
        .collect();
    let mut wrong = String::new();
    for case in &CASES {
        let tree = locked(case.tree());
        let lock = read_lock(tree.text("floxwright.lock").unwrap()).unwrap();
        let scaffold = scaffolds.iter().find(|one| one.name == lock.scaffold);
        let found = Found {
            files: tree.clone(),
            directory: lock.environment.name.clone(),
            git: Some(Git::default()),
            ..Found::default()
        };
        let known = Known {
            scaffold: scaffold.unwrap(),
            index: &index,
            release: None,
        };
        for finding in report(&found, known, &Settings::default()).findings {
            let line = told(&finding, &found);
            let _ = writeln!(wrong, "{}: {}: {line}", case.name, finding.rule.id);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
