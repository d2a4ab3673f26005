//! `known-fault`: a fault of the packaged version that upstream did not declare.

use crate::check::mend::addition;
use crate::check::{Fate, Finding, Package, Repository, Rule, Severity, Text};
use crate::scaffold::Known;

pub(super) static RULE: Rule = Rule {
    id: "known-fault",
    severity: Severity::High,
    title: "the packaged version has a known fault that nothing mends",
    text: Text {
        what: "The catalogue knows a fault of this version: a requirement that upstream forgot to state and that the file does not add, or one that makes the package useless.",
        why: "Nothing in the metadata says it, so the build is green and the package fails when it is used.",
        mend: "Add what is missing. A package that is of no use is not to be built, or to be taken from another release.",
        example: "# it imports dateutil, and its metadata does not say so\ndependencies = with python313Packages; [ click ];",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        let Some(released) = package.released else {
            continue;
        };
        let catalogue = &repository.scaffold.catalogue;
        for known in catalogue.known(&package.name, &released.version) {
            found.extend(unmended(package, known, repository));
        }
    }
    found
}

/// The fault, unless the file mends it. One that only wants to be known is told by the documents.
fn unmended(package: &Package<'_>, known: &Known, repository: &Repository<'_>) -> Option<Finding> {
    let mut named = package.named();
    let named: Vec<String> = named
        .by_ref()
        .map(|(_, name)| name.to_lowercase())
        .collect();
    let is_asked = repository.subject.answers.iter().next().is_some();
    let adds = known
        .adds
        .iter()
        .filter(|add| !named.iter().any(|name| name == add.as_str()));
    let adds: Vec<&str> = adds.map(crate::python::PyName::as_str).collect();
    // Who chose the package in floxwright was told.
    let is_broken = known.broken && !is_asked;
    if (adds.is_empty() || !package.build.unread.is_empty()) && !is_broken {
        return None;
    }
    let finding = RULE
        .found(format!(
            "`{}`: {}",
            package.name,
            known.text.trim_end_matches('.')
        ))
        .at(package.path, &package.requirements_place())
        .note(format!("{}, {}", known.source, known.date));
    if adds.is_empty() {
        return Some(finding.help("do not build it, or take it from another release"));
    }
    Some(match addition(package, &adds, Fate::Nixpkgs) {
        Some(edit) => finding.mended_by(format!("add {}", adds.join(", ")), vec![edit]),
        None => finding.help(format!("add {} to `dependencies`", adds.join(", "))),
    })
}
