//! `relax-prefix`: a relaxed or removed name that another requirement begins with.

use crate::check::{Finding, Repository, Rule, Severity, Text};

pub(super) static RULE: Rule = Rule {
    id: "relax-prefix",
    severity: Severity::High,
    title: "a relaxed or removed name is the beginning of another requirement's",
    text: Text {
        what: "`pythonRelaxDeps` or `pythonRemoveDeps` names a requirement, and the name of another requirement of the package begins with it.",
        why: "nixpkgs' hook goes by prefix: relaxing `click` turns `click-aliases` into a second `click`, and removing it removes both. The built metadata is wrong, and whoever installs the package misses a requirement.",
        mend: "Do without it: take another version of the distribution instead of relaxing its bound.",
        example: "# the release requires click and click-aliases\npythonRelaxDeps = [ \"click\" ];",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        let build = package.build;
        let relaxed = build.relaxes.iter().map(|one| (one, "relaxes"));
        let removed = build.removes.iter().map(|one| (one, "removes"));
        for (one, verb) in relaxed.chain(removed) {
            if let Some(longer) = package.prefixed(&one.name) {
                let finding = RULE
                    .found(format!(
                        "`{}` {verb} `{}`, and the hook hits `{longer}` as well",
                        package.name, one.name
                    ))
                    .at(package.path, &one.range)
                    .help(format!("take another version of `{}` instead", one.name));
                found.push(finding);
            }
        }
    }
    found
}
