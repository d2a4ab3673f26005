//! `file-untracked`: a file below `.flox` that git does not track.

use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::reconcile::NEW;
use crate::template::shell_word;
use crate::tree::RelPath;

pub(super) static RULE: Rule = Rule {
    id: "file-untracked",
    severity: Severity::High,
    title: "git does not track a file that Flox needs",
    text: Text {
        what: "A file below `.flox` is new to git: a package, a patch, the manifest, its lock; or git ignores a patch or another file that packages read.",
        why: "Flox builds from what git tracks. A package that is not tracked is not there, and one that takes it as an argument fails with a message about that argument. `flox publish` refuses while anything below `.flox` is neither tracked nor ignored.",
        mend: "`git add` it, or ignore what is no part of the repository.",
        example: "# git status --short .flox\n# ?? .flox/pkgs/acme-graphql.nix\n{ acme-graphql }: [ acme-graphql ]",
    },
    run,
};

/// Where files stand that packages read.
const PLACES: [&str; 2] = [".flox/patches/", ".flox/pkgs/"];

/// Endings of such files that are no packages.
const PARTS: [&str; 4] = ["diff", "json", "patch", "toml"];

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let Some(git) = &repository.found.git else {
        return Vec::new();
    };
    let untracked = git.untracked.iter();
    // What floxwright laid beside a file waits for a decision; it says so itself.
    let untracked = untracked.filter(|path| !path.as_str().ends_with(NEW));
    let mut found: Vec<Finding> = untracked
        .map(|path| {
            let message =
                "git does not track this file: builds do not see it, and Flox does not publish";
            let word = shell_word(path.as_str());
            RULE.found(message).of(path).help(format!("git add {word}"))
        })
        .collect();
    let parts = repository.survey.files.paths().filter(|path| {
        PLACES.iter().any(|place| path.as_str().starts_with(place))
            && PARTS.iter().any(|ending| path.extension() == Some(*ending))
    });
    for path in parts {
        let mut ignored = git.ignored.iter();
        if ignored.any(|ignored| is_at(ignored, path)) {
            let word = shell_word(path.as_str());
            let message = "git ignores this file: builds do not see it";
            let finding = RULE.found(message).of(path);
            found.push(finding.help(format!("git add --force {word}")));
        }
    }
    found
}

/// Whether a file is the one that is named, or lies below it.
fn is_at(named: &RelPath, path: &RelPath) -> bool {
    let rest = path.as_str().strip_prefix(named.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
