//! `git-missing`: no git repository around the packages.

use crate::check::{Finding, Repository, Rule, Severity, Text};

pub(super) static RULE: Rule = Rule {
    id: "git-missing",
    severity: Severity::High,
    title: "the repository is no git repository",
    text: Text {
        what: "There is no git repository around the packages, or none that can be read.",
        why: "Flox takes the packages from git: outside of it `flox build` finds no package, and there is no commit to publish.",
        mend: "`git init`, and add everything.",
        example: "# flox build acme\n# error: not a git repository\n{ }",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    if repository.found.git.is_some() {
        return Vec::new();
    }
    let message = "there is no git repository here, and Flox builds from git";
    vec![RULE.found(message).help("git init && git add .")]
}
