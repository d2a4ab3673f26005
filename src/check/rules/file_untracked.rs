//! `file-untracked`: a file below `.flox` that git does not track.

use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::reconcile::NEW;
use crate::template::shell_word;

pub(super) static RULE: Rule = Rule {
    id: "file-untracked",
    severity: Severity::High,
    title: "git does not track a file that Flox needs",
    text: Text {
        what: "A file below `.flox` is new to git: a package, a patch, the manifest, its lock.",
        why: "Flox builds from what git tracks. A package that is not tracked is not there, and one that takes it as an argument fails with a message about that argument. `flox publish` refuses while anything below `.flox` is neither tracked nor ignored.",
        mend: "`git add` it, or ignore what is no part of the repository.",
        example: "# git status --short .flox\n# ?? .flox/pkgs/acme-graphql.nix\n{ acme-graphql }: [ acme-graphql ]",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let Some(git) = &repository.found.git else {
        return Vec::new();
    };
    let untracked = git.untracked.iter();
    // What floxwright laid beside a file waits for a decision; it says so itself.
    let untracked = untracked.filter(|path| !path.as_str().ends_with(NEW));
    untracked
        .map(|path| {
            let message =
                "git does not track this file: builds do not see it, and Flox does not publish";
            let word = shell_word(path.as_str());
            RULE.found(message).of(path).help(format!("git add {word}"))
        })
        .collect()
}
