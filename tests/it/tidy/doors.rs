//! The doors: only `disk` touches files, only `outside` starts programs and uses the network, only `ui` prints, only
//! `main` reads the environment and the clock. Lints close most of them; this closes the rest.

use super::code::{code, tests_only, without_tests};
use super::nothing;
use crate::project;

/// What stands behind a door, and which files may open it.
const DOORS: [(&str, &[&str], &[&str]); 6] = [
    (
        "files",
        &["std::fs", "use std::{fs", "rustix::fs"],
        &["src/disk/"],
    ),
    (
        "programs and the network",
        &[
            "std::process::{",
            "process::Command",
            "std::net",
            "ureq::",
            "ureq::Agent",
        ],
        &["src/outside/"],
    ),
    (
        "git",
        &["git2::"],
        // Merging texts is arithmetic: no repository is opened.
        &["src/outside/", "src/reconcile/merge.rs"],
    ),
    (
        "printing",
        &[
            "print!(",
            "println!(",
            "std::io::stdout",
            "io::stdout(",
            "io::stderr(",
        ],
        &["src/ui/", "src/main.rs"],
    ),
    (
        "the environment",
        &[
            "env::var",
            "env::args",
            "env::current",
            "env::home",
            "env::temp",
            "env::set",
        ],
        &["src/main.rs"],
    ),
    (
        "the clock",
        &["SystemTime", "Instant::now"],
        &["src/main.rs", "src/ui/"],
    ),
];

/// What is forbidden in a file, with the name of the door.
fn found(file: &str, source: &str) -> Vec<String> {
    let text = code(source);
    let text = without_tests(&text);
    let mut found = Vec::new();
    for (door, words, openers) in DOORS {
        if openers.iter().any(|opener| file.starts_with(opener)) {
            continue;
        }
        let words = words.iter().filter(|word| text.contains(**word));
        found.extend(words.map(|word| format!("{file}: `{word}` opens the door to {door}")));
    }
    found
}

#[test]
fn only_the_doors_lead_out() {
    let files = project::rust_files(&["src/"]);
    let tests = tests_only();
    let program = files.iter().filter(|file| !tests.contains(*file));
    let all = program.flat_map(|file| found(file, &project::read(file)));
    nothing(&all.collect::<Vec<_>>());
}

#[test]
fn an_open_door_is_noticed() {
    let text = "use std::fs;\nfn f() { println!(\"\") }\n#[cfg(test)]\nmod tests { use std::net; }";
    assert_eq!(found("src/plan/mod.rs", text).len(), 2);
    assert_eq!(
        found("src/disk/read.rs", "use std::fs;"),
        Vec::<String>::new()
    );
}
