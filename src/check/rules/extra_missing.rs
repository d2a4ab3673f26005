//! `extra-missing`: a requirement is asked for with an extra, and the file takes it without.

use crate::check::mend::extra;
use crate::check::{Fate, Finding, Package, Repository, Rule, Severity, Text, Wanted};
use crate::python::PyName;

pub(super) static RULE: Rule = Rule {
    id: "extra-missing",
    severity: Severity::High,
    title: "a requirement is taken without the extra that the release asks for",
    text: Text {
        what: "The release requires a distribution with an extra, such as `uvicorn[standard]`, and the file names the distribution alone.",
        why: "nixpkgs' check looks at the name only, so the package builds. What the extra brings is missing when it runs: a server without WebSockets, a client without its transport.",
        mend: "Add the extra's members: `++ uvicorn.optional-dependencies.standard`.",
        example: "# the release requires uvicorn[standard]\ndependencies = with python313Packages; [ uvicorn ];",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        if !package.build.unread.is_empty() {
            continue;
        }
        let wanted = package.wanted.iter();
        for one in wanted.filter(|one| one.is_needed() && package.names(one)) {
            for extra in one.requirement.extras() {
                if is_known(one, extra, repository)
                    && !package.has_extra(one, extra, repository.index)
                {
                    found.push(missing(package, one, extra, repository));
                }
            }
        }
    }
    found
}

/// Whether it is known that the extra can be had under its name.
fn is_known(wanted: &Wanted<'_>, extra: &PyName, repository: &Repository<'_>) -> bool {
    let name = wanted.requirement.name();
    match wanted.fate {
        Fate::Nixpkgs => repository.index.offers(name, extra),
        Fate::Sibling => {
            let release = repository.subject.released;
            let sibling = release.and_then(|release| release.packages.get(name));
            // An extra without members brings nothing.
            sibling.is_some_and(|one| one.extras.get(extra).is_some_and(|all| !all.is_empty()))
        }
        _ => false,
    }
}

fn missing(
    package: &Package<'_>,
    wanted: &Wanted<'_>,
    name: &PyName,
    repository: &Repository<'_>,
) -> Finding {
    let attribute = &wanted.attribute;
    let place = package
        .named()
        .find(|(_, other)| wanted.is_called(other))
        .map_or_else(
            || package.requirements_place(),
            |(one, _)| one.range.clone(),
        );
    let members = repository.index.members(attribute, name.as_str());
    let finding = RULE
        .found(format!(
            "`{}` requires `{attribute}[{name}]`, and its file takes `{attribute}` without the extra",
            package.name
        ))
        .at(package.path, &place);
    let finding = if members.is_empty() {
        finding
    } else {
        finding.note(format!("the extra brings {}", members.join(", ")))
    };
    match extra(package, attribute, name, wanted.fate) {
        Some(edit) => finding.mended_by("add the extra's members", vec![edit]),
        None => finding.help(format!(
            "add `++ {attribute}.optional-dependencies.{name}` to `dependencies`"
        )),
    }
}
