//! The order of the modules: a module sees those of lower rank only.

use super::code::code;
use super::nothing;
use crate::project;
use std::collections::BTreeSet;

/// The modules, from those that see nothing to the one that sees all.
const RANKS: [&[&str]; 14] = [
    &["tree", "diagnostic", "nar", "nix", "parallel", "python"],
    &["model", "recipe", "source_tree"],
    &["template", "nixpkgs"],
    &["scaffold"],
    &["ask", "workspace"],
    &["resolve", "generate", "expand", "explain", "graph"],
    &["plan", "reconcile", "changes", "lint"],
    &["adopt"],
    // A repository is surveyed for its check as it is for being taken over, made by hand or not.
    &["check"],
    &["outside", "disk"],
    &["ui"],
    &["cmd"],
    &["lib"],
    &["main"],
];

/// Who may see a module of the same rank, and why.
const EQUALS: [(&str, &str, &str); 1] = [(
    "workspace",
    "ask",
    "the files of a workspace are read and written by the table of fields",
)];

fn rank(module: &str) -> Option<usize> {
    RANKS.iter().position(|rank| rank.contains(&module))
}

fn may_see(from: &str, to: &str) -> bool {
    let excused = EQUALS.iter().any(|(a, b, _)| (*a, *b) == (from, to));
    from == to || excused || rank(from) > rank(to)
}

/// The way of a file in the tree of modules: `src/ask/field.rs` is `ask`, `field`.
fn path_of(file: &str) -> Vec<&str> {
    let inner = file.trim_start_matches("src/").trim_end_matches(".rs");
    inner.split('/').filter(|part| *part != "mod").collect()
}

/// The top-level modules that a text names, through `crate::` or through as many `super::` as lead to the root.
fn seen<'a>(code: &'a str, depth: usize) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut add = |rest: &'a str| match rest.strip_prefix('{') {
        Some(group) => seen.extend(heads(group)),
        None => seen.extend(head(rest)),
    };
    for (at, prefix) in code.match_indices("crate::") {
        add(&code[at + prefix.len()..]);
    }
    let up = "super::".repeat(depth);
    for (at, _) in code.match_indices(&up) {
        add(&code[at + up.len()..]);
    }
    seen.retain(|name| *name == "*" || rank(name).is_some());
    seen
}

/// The name at the start of a path.
fn head(path: &str) -> Option<&str> {
    let path = path.trim_start();
    if path.starts_with('*') {
        return path.get(..1);
    }
    let end = path.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    path.get(..end.unwrap_or(path.len()))
        .filter(|name| !name.is_empty())
}

/// The first names of each path in a group, up to its closing brace.
fn heads(group: &str) -> Vec<&str> {
    let mut heads = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                heads.extend(head(&group[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.extend(head(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    heads
}

#[test]
fn a_module_sees_lower_ranks_only() {
    let mut found = Vec::new();
    for file in project::rust_files(&["src/"]) {
        let path = path_of(&file);
        let Some(module) = path.first() else { continue };
        assert!(rank(module).is_some(), "`{module}` of {file} has no rank");
        if *module == "main" || *module == "lib" {
            continue;
        }
        let text = code(&project::read(&file));
        for other in seen(&text, path.len()) {
            if other == "*" && text.contains("crate::*") {
                found.push(format!("{file}: `crate::*` hides what is used"));
            } else if other != "*" && !may_see(module, other) {
                found.push(format!("{file}: `{module}` may not see `{other}`"));
            }
        }
    }
    nothing(&found);
}

#[test]
fn the_library_lists_its_modules_in_order() {
    let text = project::read("src/lib.rs");
    let lines = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "));
    let modules: Vec<&str> = lines.map(|line| line.trim_end_matches(';')).collect();
    let ranks: Vec<_> = modules.iter().map(|module| rank(module)).collect();
    assert!(ranks.is_sorted(), "{modules:?}");
    let files: Vec<String> = project::rust_files(&["src/"]);
    let folders: BTreeSet<&str> = files
        .iter()
        .filter_map(|file| path_of(file).first().copied())
        .filter(|module| *module != "lib" && *module != "main")
        .collect();
    assert_eq!(folders, modules.into_iter().collect());
}

#[test]
fn every_way_of_naming_a_module_is_noticed() {
    for (text, depth, expected) in [
        ("use crate::disk::Staging;", 1, vec!["disk"]),
        (
            "use crate::{disk, tree::{File, Mode}, ui::*};",
            2,
            vec!["disk", "tree", "ui"],
        ),
        ("let x = crate::outside::git::run();", 1, vec!["outside"]),
        ("use super::super::disk;", 2, vec!["disk"]),
        ("use super::disk;", 2, vec![]),
        ("use super::{ui, Field};", 1, vec!["ui"]),
        ("use crate::*;", 1, vec!["*"]),
    ] {
        let expected: BTreeSet<&str> = expected.into_iter().collect();
        assert_eq!(seen(text, depth), expected, "{text}");
    }
    assert!(may_see("workspace", "ask") && !may_see("ask", "workspace"));
    assert!(may_see("cmd", "tree") && !may_see("plan", "disk"));
}
