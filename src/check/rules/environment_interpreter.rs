//! `environment-interpreter`: an environment whose `bin` has the interpreter under its usual name.

use crate::ask::Field;
use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::recipe::Gives;

pub(super) static RULE: Rule = Rule {
    id: "environment-interpreter",
    severity: Severity::Medium,
    title: "an environment brings `bin/python` of its own",
    text: Text {
        what: "A file gives the result of `withPackages` as it is, so that what is published has `bin/python` and all programs of the closure.",
        why: "Whoever installs it beside a Python of their own has two `bin/python3`, and Flox refuses the environment or takes the one that nobody meant.",
        mend: "Link only the programs that are wanted, and the interpreter under another name, as `floxwright new` does.",
        example: "{ python313Packages, acme }:\npython313Packages.python.withPackages (_: [ acme ])",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let expose = repository.subject.answers.text(Field::Expose);
    if expose.is_some_and(|expose| expose == "all") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (path, read) in repository.recipes().filter(|(_, read)| read.is_ours()) {
        let Gives::Environment(at) = read.recipe.gives else {
            continue;
        };
        let function = read.recipe.given.function.as_deref();
        let Some(made) = read.recipe.environments.get(at) else {
            continue;
        };
        if function == Some("withPackages") {
            let finding = RULE
                .found("this is given as it is, with `bin/python` and every program of the closure")
                .at(path, &made.function.range)
                .help("link the programs that are wanted, and the interpreter under another name");
            found.push(finding);
        }
    }
    found
}
