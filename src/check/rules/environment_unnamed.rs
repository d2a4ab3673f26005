//! `environment-unnamed`: something put together from other packages, without a name and a version of its own.

use crate::check::listing::listing;
use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::recipe::Gives;

pub(super) static RULE: Rule = Rule {
    id: "environment-unnamed",
    severity: Severity::Medium,
    title: "an environment does not say its name and version",
    text: Text {
        what: "A package that `buildEnv`, `symlinkJoin` or `runCommand` makes has no `pname`, or no `version`.",
        why: "Flox asks for both. What it gets instead is the whole name for the `pname`, as in `acme-complete-1.12.0`, and `unknown` for the version, so that nobody can ask for `version = \"^1.12\"`.",
        mend: "Write `pname` and `version`; functions that take a `name` alone take `// { pname = …; version = …; }` behind the call.",
        example: "buildEnv {\n  name = \"acme-complete-1.12.0\";\n  paths = [ acme ];\n}",
    },
    run,
};

/// Functions that name what they make by `name` alone, unless they are told more.
const MAKERS: [&str; 7] = [
    "buildEnv",
    "linkFarm",
    "runCommand",
    "runCommandLocal",
    "runCommandNoCC",
    "runCommandCC",
    "symlinkJoin",
];

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for path in listing(&repository.survey.files).packages.values() {
        let read = repository.survey.recipes.get(*path);
        let Some(recipe) = read.map(|read| &read.recipe) else {
            continue;
        };
        let given = &recipe.given;
        let function = given.function.as_deref().unwrap_or_default();
        let is_known = recipe.fault.is_none() && !given.is_open && MAKERS.contains(&function);
        // What a builder of packages makes is named by it.
        if !is_known || matches!(recipe.gives, Gives::Build(_) | Gives::Fetch(_)) {
            continue;
        }
        let absent: Vec<String> = ["pname", "version"]
            .iter()
            .filter(|name| !given.has(name))
            .map(|name| format!("`{name}`"))
            .collect();
        if absent.is_empty() {
            continue;
        }
        let made = recipe.environments.iter();
        let mut made = made.filter(|made| made.function.value.ends_with(function));
        let range = made.next().map(|made| made.function.range.clone());
        let message = format!(
            "what `{function}` makes here has no {}",
            absent.join(" and no ")
        );
        let finding = RULE.found(message).at(path, &range.unwrap_or_default());
        let finding = if given.has("version") {
            finding.note("Flox takes the whole name for it, with the version in it")
        } else {
            finding.note("Flox publishes it as version `unknown`")
        };
        let is_ours = repository.subject.is_recognised && !recipe.environments.is_empty();
        found.push(finding.help(if is_ours {
            "write `pname` and `version`, or have the environment made: `floxwright adopt`"
        } else {
            "write `pname` and `version`"
        }));
    }
    found
}
