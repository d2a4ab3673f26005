//! `imports-unchecked`: a package that nothing imports when it is built, or of which something else is imported.

use crate::check::mend::{entry, module};
use crate::check::{Finding, Package, Repository, Rule, Severity, Text};
use crate::nix::nix_string;
use crate::recipe::Attribute;

pub(super) static RULE: Rule = Rule {
    id: "imports-unchecked",
    severity: Severity::Low,
    title: "no module of a package is imported to prove it",
    text: Text {
        what: "A package has no `pythonImportsCheck`, or names a module that the release does not have.",
        why: "It is the one test that needs no test suite: it notices what is missing when the package is built, and not when somebody uses it. A module that is not there ends the build.",
        mend: "Name the package's own module.",
        example: "pname = \"acme-core\";\npythonImportsCheck = [ \"acme-core\" ];",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        let Some(released) = package.released.filter(|_| !package.build.is_open) else {
            continue;
        };
        if released.modules.is_empty() || !package.build.is_python() {
            continue;
        }
        match (
            &package.build.imports,
            package.build.attribute("pythonImportsCheck"),
        ) {
            (_, Some(entry)) if is_empty(package, entry) => {
                found.push(emptied(package, entry, repository));
            }
            (Some(imports), Some(_)) => {
                for said in imports {
                    let top = said.value.split('.').next().unwrap_or_default();
                    let mut modules = released.modules.iter();
                    if !modules.any(|module| module.split('.').next() == Some(top)) {
                        let message = format!("`{}` has no module `{}`", package.name, said.value);
                        let finding = RULE.found(message).at(package.path, &said.range);
                        found.push(renamed(finding, package, &said.range, repository));
                    }
                }
            }
            (None, None) => found.push(unchecked(package, repository)),
            _ => {}
        }
    }
    found
}

/// Whether an entry is an empty list.
fn is_empty(package: &Package<'_>, entry: &Attribute) -> bool {
    let written = package.read.text.get(entry.range.clone());
    let value = written.and_then(|written| written.split_once('='));
    let value = value.map(|(_, value)| value.split_whitespace().collect::<String>());
    value.as_deref() == Some("[];")
}

/// An empty list, which the module of the package mends.
fn emptied(package: &Package<'_>, entry: &Attribute, repository: &Repository<'_>) -> Finding {
    let name = &package.name;
    let message = format!("no module of `{name}` is imported to prove it: the list is empty");
    let finding = RULE.found(message).at(package.path, &entry.range);
    match module(package, repository).filter(|_| package.owns(&entry.range)) {
        Some(module) => finding.mended(
            format!("import `{module}`"),
            package.place(&entry.range),
            format!("pythonImportsCheck = [ {} ];", nix_string(&module)),
        ),
        None => finding.help("name the package's own module"),
    }
}

fn renamed(
    finding: Finding,
    package: &Package<'_>,
    range: &std::ops::Range<usize>,
    repository: &Repository<'_>,
) -> Finding {
    match module(package, repository).filter(|_| package.owns(range)) {
        Some(module) => finding.mended(
            format!("import `{module}`"),
            package.place(range),
            nix_string(&module),
        ),
        None => finding.help("name the package's own module"),
    }
}

fn unchecked(package: &Package<'_>, repository: &Repository<'_>) -> Finding {
    let finding = RULE
        .found(format!(
            "no module of `{}` is imported to prove it",
            package.name
        ))
        .at(package.path, &package.head());
    let Some(module) = module(package, repository) else {
        return finding.help("name its module in `pythonImportsCheck`");
    };
    let text = format!("pythonImportsCheck = [ {} ];", nix_string(&module));
    match entry(package.path, package.read, package.build, &text) {
        Some(edit) => finding.mended_by(format!("import `{module}`"), vec![edit]),
        None => finding.help(format!("write `{text}`")),
    }
}
