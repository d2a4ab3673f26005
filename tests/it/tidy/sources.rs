//! What every source file keeps to.

#![expect(
    clippy::unwrap_used,
    reason = "a scaffold that does not load ends the test"
)]

use super::code::{code, tests_only, without_tests};
use super::nothing;
use crate::project;
use floxwright::scaffold::{Scaffold, built_in, built_in_names};
use std::collections::BTreeSet;
use std::path::Path;

/// The places of Rust files.
const ALL: [&str; 5] = ["src/", "tests/", "examples/", "benches/", "build.rs"];

/// The longest file, tests not counted.
const LINES: usize = 300;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 8] = [
    "util", "utils", "helper", "helpers", "common", "misc", "shared", "stuff",
];

/// The lines of code that are no tests, with their numbers from 1.
fn lines(file: &str) -> Vec<(usize, String)> {
    let text = code(&project::read(file));
    let lines = without_tests(&text).lines();
    lines
        .map(str::to_owned)
        .enumerate()
        .map(|(at, line)| (at + 1, line))
        .collect()
}

/// Every place where one of the words stands in what the files hold.
fn containing(files: &[String], words: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (at, line) in project::read(file).lines().enumerate() {
            for word in words.iter().filter(|word| has_word(line, word)) {
                found.push(format!("{file}:{}: `{word}`", at + 1));
            }
        }
    }
    found
}

/// Whether a word stands in a line by itself, in any case of its letters.
fn has_word(line: &str, word: &str) -> bool {
    let line = line.to_lowercase();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    line.match_indices(word).any(|(at, _)| {
        !letter(line[..at].chars().next_back()) && !letter(line[at + word.len()..].chars().next())
    })
}

#[test]
fn every_module_says_what_it_is_for() {
    let files = project::rust_files(&ALL);
    let silent = files
        .iter()
        .filter(|file| !project::read(file).starts_with("//! "));
    nothing(
        &silent
            .map(|file| format!("{file} has no `//!`"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn names_say_what_is_inside() {
    let files = project::rust_files(&ALL);
    let empty = files.iter().filter(|file| {
        Path::new(file).with_extension("").iter().any(|part| {
            let part = part.to_string_lossy();
            part.split('_').any(|word| EMPTY_NAMES.contains(&word))
        })
    });
    nothing(&empty.cloned().collect::<Vec<_>>());
}

#[test]
fn files_are_short() {
    let files = project::rust_files(&ALL);
    let tests = tests_only();
    let sizes = files
        .iter()
        .filter(|file| !tests.contains(*file))
        .map(|file| {
            let text = project::read(file);
            (file, without_tests(&text).lines().count())
        });
    let long = sizes.filter(|(_, count)| *count > LINES);
    nothing(
        &long
            .map(|(file, count)| format!("{file}: {count} lines"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn a_dry_run_is_not_calling_what_writes() {
    let files = project::rust_files(&["src/"]);
    let below: Vec<String> = files
        .into_iter()
        .filter(|file| !file.starts_with("src/cmd/"))
        .collect();
    nothing(&containing(
        &below,
        &["dry_run".to_owned(), "dry-run".to_owned()],
    ));
}

#[test]
fn nothing_is_left_for_later() {
    let words = [["to", "do"], ["fix", "me"], ["xx", "x"], ["db", "g!"]].map(|word| word.concat());
    nothing(&containing(&project::rust_files(&ALL), &words));
}

#[test]
fn the_program_knows_no_upstream() {
    let names: Vec<String> = upstreams().into_iter().collect();
    assert!(names.len() > 1, "{names:?}");
    let files = project::files().into_iter();
    let files: Vec<String> = files
        .filter(|file| file.starts_with("src/") || file == "build.rs")
        .filter(|file| file != INDEX)
        .collect();
    let found = files.iter().filter(|file| {
        let text = project::read(file).to_lowercase();
        let mut names = names.iter();
        names.any(|name| file.to_lowercase().contains(name) || text.contains(name))
    });
    nothing(&found.cloned().collect::<Vec<_>>());
}

/// The index lists distributions of nixpkgs, whoever makes them; one upstream's can be what another requires.
const INDEX: &str = "src/nixpkgs/python.json";

/// What the built-in scaffolds package, in lower case: the names of the scaffolds and of their upstreams.
fn upstreams() -> BTreeSet<String> {
    let names = built_in_names().into_iter();
    names
        .flat_map(|name| {
            let scaffold = Scaffold::load(name, &built_in(name).unwrap()).unwrap();
            [name.to_owned(), scaffold.catalogue.upstream.name]
        })
        .map(|name| name.to_lowercase())
        .collect()
}

#[test]
fn lints_are_expected_with_a_reason_and_never_allowed() {
    let mut found = Vec::new();
    for file in project::rust_files(&ALL) {
        let text = code(&project::read(&file));
        if text.contains("[allow(") {
            found.push(format!(
                "{file}: `expect` tells when it is no longer needed"
            ));
        }
    }
    nothing(&found);
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    let mut found = Vec::new();
    let tests = tests_only();
    for file in project::rust_files(&["src/", "examples/", "build.rs"]) {
        if tests.contains(&file) {
            continue;
        }
        let lines = lines(&file).into_iter();
        let unwraps = lines.filter(|(_, line)| line.contains(".unwrap()"));
        found.extend(unwraps.map(|(at, _)| format!("{file}:{at}")));
    }
    nothing(&found);
}

#[test]
fn every_test_file_is_compiled() {
    let main = project::read("tests/it/main.rs");
    let files = project::rust_files(&["tests/it/"]);
    let names: BTreeSet<&str> = files
        .iter()
        .filter_map(|file| file.strip_prefix("tests/it/")?.split('/').next())
        .map(|name| name.trim_end_matches(".rs"))
        .filter(|name| *name != "main")
        .collect();
    let missing = names
        .iter()
        .filter(|name| !main.contains(&format!("mod {name};")));
    nothing(
        &missing
            .map(|name| format!("tests/it/main.rs lacks `mod {name};`"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn words_are_found_by_themselves() {
    assert!(has_word("a Word, here", "word") && has_word("word", "word"));
    assert!(!has_word("sword", "word") && !has_word("words", "word"));
}
