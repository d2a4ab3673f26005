//! `environment-links`: an environment that only links Python packages together.

use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::recipe::{Environment, Recipe};

pub(super) static RULE: Rule = Rule {
    id: "environment-links",
    severity: Severity::Critical,
    title: "an environment only links its Python packages",
    text: Text {
        what: "`buildEnv` or `symlinkJoin` puts Python packages together, and nothing in the file makes an interpreter that sees them.",
        why: "The programs in it are links to those of the single packages: each sees its own requirements only. A process that is started with `sys.executable` sees none of the packages, and a class that is named in a configuration is not found unless its package is a requirement of the program.",
        mend: "Make the environment with `python.withPackages` and link its programs. `floxwright adopt` does it.",
        example: "buildEnv {\n  name = \"acme-complete\";\n  paths = [ acme acme-webserver ];\n}",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, read) in repository.recipes() {
        let all = &read.recipe.environments;
        if all.iter().any(|made| !links(made)) {
            continue;
        }
        for made in all {
            let python = |name: &&str| repository.is_python_package(name, &read.recipe);
            let members = members(made, &read.recipe);
            let several: Vec<&str> = members.iter().map(String::as_str).filter(python).collect();
            if several.len() < 2 {
                continue;
            }
            let function = made.function.value.rsplit('.').next().unwrap_or_default();
            let finding = RULE
                .found(format!("`{function}` links {} Python packages, and no interpreter sees them", several.len()))
                .at(path, &made.function.range)
                .note("what one of the programs starts with `sys.executable` finds none of the packages")
                .help("make it with `python.withPackages` and link the programs of that, as `floxwright adopt` does");
            found.push(finding);
        }
    }
    found
}

/// Whether an environment only links.
fn links(made: &Environment) -> bool {
    let last = made.function.value.rsplit('.').next();
    matches!(last, Some("symlinkJoin"))
        || made.function.value == "buildEnv"
        || made.function.value == "pkgs.buildEnv"
}

fn members(made: &Environment, recipe: &Recipe) -> Vec<String> {
    let members = made.members.iter();
    members
        .map(|named| recipe.meant(named).to_owned())
        .collect()
}
