//! What no file of the project may hold, and what the documents must.

use super::nothing;
use crate::project;

/// Hosts of package registries, and directories of one machine, each in two halves so that this file holds none.
const NOWHERE: [(&str, &str); 12] = [
    ("pypi", ".org"),
    ("python", "hosted.org"),
    ("crates", ".io/"),
    ("static.cr", "ates.io"),
    ("registry.npm", "js"),
    ("proxy.go", "lang"),
    ("arti", "factory"),
    ("/ro", "ot/"),
    ("/ho", "me/"),
    ("/wo", "rk/"),
    ("/Us", "ers/"),
    ("/tmp/", "bash"),
];

#[test]
fn no_file_knows_a_machine_or_a_registry() {
    let words = NOWHERE.map(|(a, b)| format!("{a}{b}"));
    let mut found = Vec::new();
    for file in project::files() {
        let text = project::read(&file).to_lowercase();
        for (at, line) in text.lines().enumerate() {
            let words = words
                .iter()
                .filter(|word| line.contains(&word.to_lowercase()));
            found.extend(words.map(|word| format!("{file}:{}: `{word}`", at + 1)));
        }
    }
    // Where cargo's lock says from what index the packages come is not ours to choose.
    found.retain(|line| !line.starts_with("Cargo.lock:"));
    nothing(&found);
}

/// What was downloaded or built beside the project is no part of it.
#[test]
fn at_the_top_stands_what_belongs_there() {
    const FILES: [&str; 11] = [
        ".gitignore",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "build.rs",
        "clippy.toml",
        "rustfmt.toml",
    ];
    const DIRECTORIES: [&str; 7] = [
        ".ci",
        "benches",
        "docs",
        "examples",
        "scaffolds",
        "src",
        "tests",
    ];
    let files = project::files().into_iter();
    let stray = files.filter(|file| match file.split_once('/') {
        None => !FILES.contains(&file.as_str()),
        Some((directory, _)) => !DIRECTORIES.contains(&directory),
    });
    nothing(&stray.collect::<Vec<_>>());
}

#[test]
fn the_architecture_names_every_module_and_no_other() {
    let text = project::read("docs/architecture.md");
    assert!(
        text.lines().count() <= 150,
        "docs/architecture.md is too long to be read"
    );
    let library = project::read("src/lib.rs");
    let modules = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "));
    let mut modules: Vec<&str> = modules.map(|line| line.trim_end_matches(';')).collect();
    modules.push("main.rs");
    let rows = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let mut named: Vec<&str> = rows.map(|name| name.trim_end_matches('/')).collect();
    modules.sort_unstable();
    named.sort_unstable();
    assert_eq!(
        named, modules,
        "the table of modules in docs/architecture.md"
    );
}

#[test]
fn the_changelog_has_a_place_for_what_is_new() {
    assert!(project::read("CHANGELOG.md").contains("\n## [Unreleased]\n"));
}
