//! `document-snippet`: Nix in a document that does not do what the document says.

use crate::adopt::is_upstream;
use crate::check::document::{Document, documents};
use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use crate::recipe::Recipe;
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    id: "document-snippet",
    severity: Severity::Medium,
    title: "a document shows Nix that does not work as it says",
    text: Text {
        what: "A block of Nix in a document builds a Python package without `pyproject` or `format`, fetches the upstream at a branch, or changes `propagatedBuildInputs` by `overrideAttrs`.",
        why: "It is copied. Without a format nixpkgs ends with an error since 25.11. A branch moves, and the hash beside it does not. `overrideAttrs` comes too late for the requirements of a Python package: what asks for `dependencies` sees the old ones.",
        mend: "Write `pyproject = true` with its `build-system`, a tag, `overridePythonAttrs` with `dependencies`.",
        example: "acme.overrideAttrs (old: {\n  propagatedBuildInputs = old.propagatedBuildInputs ++ [ pandas ];\n})",
    },
    run,
};

/// Names that branches have and tags do not.
const BRANCHES: [&str; 3] = ["HEAD", "main", "master"];

/// A larger block is no snippet.
const LARGEST: usize = 32 << 10;

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if !repository.subject.is_recognised {
        return found;
    }
    for document in documents(repository) {
        for block in document.blocks() {
            let text = document.text.get(block.range.clone()).unwrap_or_default();
            if block.language != "nix" || text.len() > LARGEST {
                continue;
            }
            for (range, message) in faults(text, repository) {
                let start = block.range.start;
                found.push(told(
                    message,
                    &document,
                    start + range.start..start + range.end,
                ));
            }
        }
    }
    found
}

fn told(message: String, document: &Document<'_>, range: Range<usize>) -> Finding {
    let mut finding = RULE.found(message);
    finding.place = Some(Place::new(document.path, &range));
    finding
}

/// What is wrong with a snippet.
fn faults(text: &str, repository: &Repository<'_>) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let (recipe, before) = read(text);
    let shift = |range: &Range<usize>| {
        let at = |place: usize| place.saturating_sub(before).min(text.len());
        at(range.start)..at(range.end)
    };
    let is_read = recipe.fault.is_none();
    // What leaves something out, in a comment too, may leave that out.
    let is_whole = is_read && !text.contains("...") && !text.contains('…');
    for build in recipe.builds.iter().filter(|_| is_whole) {
        let says = |name: &str| build.attribute(name).is_some();
        let is_silent = !says("pyproject") && !says("format") && build.pname.is_some();
        if build.is_python() && !build.is_open && is_silent {
            let message = "nixpkgs ends with an error here since 25.11: neither `pyproject` nor `format` is said";
            found.push((shift(&build.builder.range), message.to_owned()));
        }
    }
    for fetch in recipe.fetches.iter().filter(|_| is_read) {
        let Some(revision) = &fetch.revision else {
            continue;
        };
        if is_upstream(fetch, repository.scaffold) && BRANCHES.contains(&revision.value.as_str()) {
            let message = format!(
                "`{}` moves, and its hash does not: write a tag",
                revision.value
            );
            found.push((shift(&revision.range), message));
        }
    }
    let changes = text.find("overrideAttrs").filter(|at| {
        let rest = text.get(*at..).unwrap_or_default();
        rest.contains("propagatedBuildInputs")
    });
    if let Some(at) = changes {
        let message = "`overrideAttrs` comes too late for requirements: write `overridePythonAttrs` with `dependencies`";
        found.push((at..at + "overrideAttrs".len(), message.to_owned()));
    }
    found
}

/// A snippet as an expression, or as attributes; and how many letters were put before it.
fn read(text: &str) -> (Recipe, usize) {
    let recipe = Recipe::read(text);
    if recipe.fault.is_none() {
        return (recipe, 0);
    }
    (Recipe::read(&format!("{{\n{text}\n}}")), 2)
}
