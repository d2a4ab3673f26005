//! `requirement-missing`: the release requires it, and the file does not name it.

use crate::adopt::Role;
use crate::check::mend::{addition, argument};
use crate::check::{Fate, Finding, Package, Repository, Rule, Severity, Text, Wanted};

pub(super) static RULE: Rule = Rule {
    id: "requirement-missing",
    severity: Severity::Critical,
    title: "a package lacks a requirement of its release",
    text: Text {
        what: "The metadata of the packaged release requires a distribution that the package's file does not name.",
        why: "nixpkgs compares the metadata with what is there and ends the build. Where the check does not run, because the format is an old one or it is turned off, the package builds and fails when it is imported.",
        mend: "Add the attribute to `dependencies`.",
        example: "# the release requires platformdirs as well\ndependencies = with python313Packages; [ packaging ];",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        // What cannot be read may name it.
        if !package.build.unread.is_empty() {
            continue;
        }
        let wanted = package.wanted.iter();
        let missing = wanted.filter(|one| one.is_needed() && !package.names(one));
        let (lacking, there): (Vec<&Wanted<'_>>, Vec<_>) = missing.partition(|one| one.is_lacking);
        let (siblings, others): (Vec<&Wanted<'_>>, Vec<_>) =
            there.into_iter().partition(|one| one.fate == Fate::Sibling);
        for one in siblings {
            found.push(sibling(package, one, repository));
        }
        if !others.is_empty() {
            found.push(together(package, &others, repository));
        }
        for one in lacking {
            let help = format!(
                "nixpkgs lacks `{}`: `floxwright adopt` packages it beside the others, and in a repository of floxwright `sync` does",
                one.attribute
            );
            found.push(told(package, &[one], repository).help(help));
        }
    }
    found
}

/// What is wrong, with what the metadata says.
fn told(package: &Package<'_>, missing: &[&Wanted<'_>], repository: &Repository<'_>) -> Finding {
    let names: Vec<String> = missing
        .iter()
        .map(|one| format!("`{}`", one.attribute))
        .collect();
    let said: Vec<String> = missing
        .iter()
        .map(|one| format!("`{}`", one.requirement.raw()))
        .collect();
    let upstream = &repository.scaffold.catalogue.upstream.name;
    let release = &repository.subject.release;
    RULE.found(format!(
        "`{}` requires {}, which its file does not name",
        package.name,
        listed(&names)
    ))
    .at(package.path, &package.requirements_place())
    .note(format!("{upstream} {release} says {}", listed(&said)))
}

/// Words with commas between them, and `and` before the last.
fn listed(words: &[String]) -> String {
    match words {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.join(", "),
    }
}

/// What comes from nixpkgs, in one.
fn together(
    package: &Package<'_>,
    missing: &[&Wanted<'_>],
    repository: &Repository<'_>,
) -> Finding {
    let finding = told(package, missing, repository);
    let mut attributes: Vec<&str> = missing.iter().map(|one| one.attribute.as_str()).collect();
    attributes.sort_unstable();
    attributes.dedup();
    let words = format!("add {} to the requirements", attributes.join(", "));
    match addition(package, &attributes, Fate::Nixpkgs) {
        Some(edit) => finding.mended_by(words, vec![edit]),
        None => finding.help(words),
    }
}

/// A package of the same release: the file takes it as an argument first, where another file gives it.
fn sibling(package: &Package<'_>, missing: &Wanted<'_>, repository: &Repository<'_>) -> Finding {
    let finding = told(package, &[missing], repository);
    let name = &missing.attribute;
    let edit = addition(package, &[name], Fate::Sibling);
    let is_given = repository
        .recipes()
        .any(|(_, read)| matches!(&read.role, Role::Package(given) if given.as_str() == name));
    let help = format!("take `{name}` as an argument of the file, and add it to `dependencies`");
    let words = format!("add `{name}` to the requirements");
    match edit {
        Some(edit) if package.has_argument(name) => finding.mended_by(words, vec![edit]),
        Some(edit) if is_given => match argument(package.path, package.read, name) {
            Some(taken) => finding.mended_by(words, vec![taken, edit]),
            None => finding.help(help),
        },
        _ => finding.help(help),
    }
}
