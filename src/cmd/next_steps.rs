//! What remains to be done after a repository has changed.

use super::Context;
use super::repository::Ended;
use super::turnover::Turnover;
use crate::model::Layout;
use crate::python::PyName;
use crate::template::shell_word;
use crate::ui::NextStep;

/// What remains to be done, each only where it is needed. `message` is that of the commit.
pub(super) fn next(message: &str, ended: &Ended, context: &Context<'_>) -> Vec<NextStep> {
    let mut steps = before_a_commit(ended, context);
    let came = Turnover::of(ended).came;
    let only: Vec<&PyName> = came
        .iter()
        .filter(|(_, package)| package.because == "asked for")
        .map(|(name, _)| name)
        .collect();
    let target = match only.as_slice() {
        [name] if ended.planned.layout == Layout::Split => name.to_string(),
        _ => ended.planned.lock.environment.name.clone(),
    };
    steps.push(NextStep::new("Build it.", format!("flox build {target}")));
    steps.push(NextStep::new("Prove that it runs.", "tests/verify"));
    steps.push(the_commit(message, ended));
    steps.push(NextStep::new("Or take it back.", "floxwright undo"));
    steps
}

/// What remains where nothing is to be built: the commit.
pub(super) fn commit(message: &str, ended: &Ended, context: &Context<'_>) -> Vec<NextStep> {
    let mut steps = before_a_commit(ended, context);
    steps.push(the_commit(message, ended));
    steps
}

/// What has to be done before a commit.
pub(super) fn before_a_commit(ended: &Ended, context: &Context<'_>) -> Vec<NextStep> {
    let root = ended.before.root.path();
    let mut steps = Vec::new();
    if crate::cmd::path::normal(&context.world.cwd) != root {
        steps.push(NextStep::new(
            "Go there.",
            format!("cd {}", shell_word(&root.to_string_lossy())),
        ));
    }
    if !ended.has_git {
        steps.push(NextStep::new(
            "Flox builds from a git repository only.",
            "git init -b main && git add --force --all",
        ));
    } else if !ended.untracked.is_empty() {
        let paths = ended.untracked.iter();
        let words: Vec<String> = paths.map(|path| shell_word(path)).collect();
        steps.push(NextStep::new(
            "Let git know the new files: Flox sees no others.",
            format!("git add --force --intent-to-add {}", words.join(" ")),
        ));
    }
    steps
}

/// The commit.
pub(super) fn the_commit(message: &str, ended: &Ended) -> NextStep {
    let commit = if ended.has_git {
        "git commit --all"
    } else {
        "git commit"
    };
    NextStep::new(
        "Commit.",
        format!("{commit} --message {}", shell_word(message)),
    )
}
