//! `requirement-superfluous`: a requirement that does not hold on any of the systems.

use crate::check::mend_list::without;
use crate::check::{Fate, Finding, Repository, Rule, Severity, Text, Wanted};
use crate::python::PyName;

pub(super) static RULE: Rule = Rule {
    id: "requirement-superfluous",
    severity: Severity::Low,
    title: "a package has a requirement that holds on none of its systems",
    text: Text {
        what: "The file names a distribution that the release requires only elsewhere: on Windows, or for another Python.",
        why: "It makes the closure larger, ties the package to something that it never imports, and hides what the release really needs.",
        mend: "Take it out. Where your own code needs it, it belongs to the environment, or to `extra-dependencies` of the package in `floxwright.toml`.",
        example: "# the release says: psutil; platform_system == \"Windows\"\ndependencies = with python313Packages; [ click psutil ];",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        let tweaks = repository.subject.tables.tweaks.get(&package.name);
        for (named, name) in package.named() {
            let mut called = package.wanted.iter().filter(|one| one.is_called(name));
            let elsewhere = called.clone().find(|one| one.fate == Fate::Elsewhere);
            let Some(elsewhere) = elsewhere.filter(|_| !called.any(Wanted::is_needed)) else {
                continue;
            };
            let parsed: Option<PyName> = name.parse().ok();
            let is_added = tweaks.is_some_and(|tweaks| {
                parsed.is_some_and(|name| tweaks.extra_dependencies.contains(&name))
            });
            // Under a condition it may be taken where it holds.
            if is_added || named.is_conditional {
                continue;
            }
            let finding = RULE
                .found(format!(
                    "`{}` does not need `{name}` on any of its systems",
                    package.name
                ))
                .at(package.path, &named.range)
                .note(format!(
                    "the release says `{}`",
                    elsewhere.requirement.raw()
                ));
            found.push(match without(package, &named.range) {
                Some(edit) => finding.mended_by(format!("take `{name}` out"), vec![edit]),
                None => finding.help("take it out"),
            });
        }
    }
    found
}
