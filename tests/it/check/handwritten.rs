//! Correct expressions as people write them in nixpkgs' manner: nothing that matters is found in them.

use super::{everything, told};
use floxwright::check::{Found, Git};
use floxwright::tree::Tree;
use std::fmt::Write as _;

const EXPRESSIONS: &str = include_str!("handwritten.txt");

/// What is a matter of the repository, and not of its expressions.
const OF_THE_REPOSITORY: [&str; 7] = [
    "document-missing",
    "environment-file",
    "environment-missing",
    "lock-missing",
    "manifest-missing",
    "result-unignored",
    "systems-unstated",
];

#[test]
fn nothing_is_found_in_correct_expressions() {
    let found = Found {
        files: Tree::from_fixture(EXPRESSIONS).unwrap(),
        directory: "handwritten".to_owned(),
        git: Some(Git::default()),
        ..Found::default()
    };
    assert!(found.files.len() >= 12, "{}", found.files.len());
    let mut wrong = String::new();
    for one in &everything(&found).findings {
        if !OF_THE_REPOSITORY.contains(&one.rule.id) {
            let _ = writeln!(wrong, "{} {}", one.rule.id, told(one, &found));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
