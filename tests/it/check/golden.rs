//! Nothing is found in what floxwright makes.

use super::told;
use crate::cases::CASES;
use floxwright::check::{Found, Known, Settings, report};
use floxwright::nixpkgs::Index;
use floxwright::scaffold::{Scaffold, built_in, built_in_names};
use floxwright::workspace::read_lock;
use std::fmt::Write as _;

#[test]
fn what_floxwright_makes_is_clean() {
    let index = Index::built_in().unwrap();
    let scaffolds = built_in_names().into_iter();
    let scaffolds: Vec<Scaffold> = scaffolds
        .map(|name| Scaffold::load(name, &built_in(name).unwrap()).unwrap())
        .collect();
    let mut wrong = String::new();
    for case in &CASES {
        let tree = case.tree();
        let lock = read_lock(tree.text("floxwright.lock").unwrap()).unwrap();
        let scaffold = scaffolds.iter().find(|one| one.name == lock.scaffold);
        let found = Found {
            files: tree.clone(),
            directory: lock.environment.name.clone(),
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
