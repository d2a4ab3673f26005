//! What `adopt` says at its end.

use super::propose::Told;
use super::report;
use crate::cmd::Context;
use crate::cmd::repository::{Ended, files_told};
use crate::plan::counts;
use crate::template::shell_word;
use crate::ui::{NextStep, Outcome};

/// Flox's lock.
const LOCK: &str = ".flox/env/manifest.lock";

/// For a person.
pub(super) fn outcome(
    told: Told<'_>,
    ended: &Ended,
    command: &str,
    context: &Context<'_>,
) -> Outcome {
    let planned = told.planned;
    let (created, replaced, removed) = counts(&planned.plan.outside(crate::generate::BASE));
    let facts = [
        ("Said", report::inferences(told).join("\n")),
        ("Corrected", report::corrections(told).join("\n")),
        ("Found", report::fates(told).join("\n")),
        (
            "Files",
            format!(
                "{created} new, {replaced} changed, {removed} removed\n{}",
                files_told(&planned.plan)
            ),
        ),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let upstream = &ended.before.scaffold.catalogue.upstream.name;
    Outcome {
        title: format!(
            "{} is taken over, {upstream} {}",
            told.story.intent.name, planned.lock.release.version
        ),
        facts: facts
            .map(|(label, value)| (label.to_owned(), value))
            .collect(),
        reproduce: command.to_owned(),
        next: if planned.conflicts.is_empty() {
            next(told, ended, context)
        } else {
            Vec::new()
        },
    }
}

fn next(told: Told<'_>, ended: &Ended, context: &Context<'_>) -> Vec<NextStep> {
    let step = |what: &str, command: String| NextStep {
        what: what.to_owned(),
        command,
    };
    let root = ended.before.root.path();
    let mut steps = Vec::new();
    if crate::cmd::path::normal(&context.world.cwd) != root {
        steps.push(step(
            "Go there.",
            format!("cd {}", shell_word(&root.to_string_lossy())),
        ));
    }
    if !ended.untracked.is_empty() {
        let words = ended.untracked.iter().map(|path| shell_word(path));
        let words: Vec<String> = words.collect();
        steps.push(step(
            "Let git know the new files: Flox sees no others.",
            format!("git add --force --intent-to-add {}", words.join(" ")),
        ));
    }
    steps.push(step("Look at what changes.", "git diff".to_owned()));
    steps.push(step(
        "Let Flox lock nixpkgs for the manifest as it is now.",
        format!("flox activate -- true && git add --force {LOCK}"),
    ));
    let environment = &told.planned.lock.environment.name;
    steps.push(step("Build it.", format!("flox build {environment}")));
    steps.push(step("Prove that it runs.", "tests/verify".to_owned()));
    let message = shell_word("Let floxwright keep this repository");
    steps.push(step(
        "Commit.",
        format!("git add --all && git commit --message {message}"),
    ));
    steps.push(step("Or take it back.", "floxwright undo".to_owned()));
    steps
}
