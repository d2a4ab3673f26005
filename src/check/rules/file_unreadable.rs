//! `file-unreadable`: something that Flox or git needs and that cannot be read.

use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::reconcile::plain;
use crate::tree::Kind;
use crate::workspace::{INTENT_FILE, LOCK_FILE};

pub(super) static RULE: Rule = Rule {
    id: "file-unreadable",
    severity: Severity::High,
    title: "a file cannot be read",
    text: Text {
        what: "A file or directory of the repository cannot be opened, is a pipe, a socket or a device, is a link where Flox's own file should be, or is no text in UTF-8.",
        why: "Nothing can be said of what is in it, and Flox reads what is its own as well.",
        mend: "Give it back its permissions, or put a regular file in its place.",
        example: "# mkfifo .flox/pkgs/acme.nix\n{ acme }: acme",
    },
    run,
};

/// Directories of Flox.
const DIRECTORIES: [&str; 3] = [".flox", ".flox/env", ".flox/pkgs"];

/// Files of Flox and floxwright that are texts.
const TEXTS: [&str; 5] = [
    ".flox/env.json",
    ".flox/env/manifest.lock",
    ".flox/env/manifest.toml",
    INTENT_FILE,
    LOCK_FILE,
];

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, cause) in &repository.found.unreadable {
        found.push(RULE.found(format!("this cannot be read: {cause}")).of(path));
    }
    for (path, kind) in &repository.survey.others {
        if DIRECTORIES.contains(&path.as_str()) {
            let message = format!(
                "this is {}, and nothing behind it was looked at",
                kind.name()
            );
            found.push(RULE.found(message).of(path));
            continue;
        }
        let is_own = TEXTS.contains(&path.as_str());
        if is_own || *kind == Kind::Special {
            let message = format!("this is {}, and a regular file is wanted", kind.name());
            found.push(RULE.found(message).of(path));
        }
    }
    for (path, file) in repository.survey.files.iter() {
        if TEXTS.contains(&path.as_str()) && plain(file).is_none() {
            found.push(RULE.found("this is no text in UTF-8").of(path));
        }
    }
    found
}
