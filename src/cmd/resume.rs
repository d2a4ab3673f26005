//! `continue`, `abort`, `undo`: what comes after a command that changed a repository.

use super::Context;
use super::json::{format_flag, is_asked};
use super::mode::{Mode, mode_flags};
use super::repository::{Back, files_told, root_of_run, settle, take_back};
use crate::diagnostic::Failure;
use crate::plan::{diff, json as plan_json};
use crate::tree::RelPath;
use crate::ui::{NextStep, Outcome};
use clap::{ArgMatches, Command};
use serde_json::json as object;

/// The subcommand `continue`.
pub(super) fn continue_command() -> Command {
    Command::new("continue")
        .about("Checks that the conflicts of the last command are settled, and closes them")
        .arg(format_flag())
}

/// The subcommand `abort`.
pub(super) fn abort_command() -> Command {
    Command::new("abort")
        .about("Takes back a command that ended in conflicts: every file as it was before")
        .args(mode_flags())
        .arg(format_flag())
}

/// The subcommand `undo`.
pub(super) fn undo_command() -> Command {
    Command::new("undo")
        .about("Takes back the last command that changed the repository; said again, does it again")
        .args(mode_flags())
        .arg(format_flag())
}

/// Runs `continue`.
pub(super) fn proceed(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let root = root_of_run(context)?;
    let settled = settle(&root, context)?;
    for note in &settled.notes {
        context.ui.warn(note);
    }
    if is_asked(matches) {
        let files: Vec<&str> = settled.files.iter().map(RelPath::as_str).collect();
        return context.ui.result(&super::json::text(&object!({
            "schema": 1,
            "command": "continue",
            "state": if files.is_empty() { "unchanged" } else { "settled" },
            "settled": files,
        }))?);
    }
    if settled.files.is_empty() {
        return context.ui.result("there are no conflicts to settle\n");
    }
    let files: Vec<String> = settled.files.iter().map(ToString::to_string).collect();
    context.ui.outcome(&Outcome {
        title: "the conflicts are settled".to_owned(),
        facts: vec![("Files".to_owned(), files.join("\n"))],
        ..Outcome::default()
    })
}

/// Runs `abort`.
pub(super) fn abort(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let root = root_of_run(context)?;
    if !super::repository::has_conflicts(&root, context)? {
        return Err(Failure::refused("no command has left conflicts here")
            .hint("`floxwright undo` takes back the last command"));
    }
    back("abort", matches, context)
}

/// Runs `undo`.
pub(super) fn undo(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    back("undo", matches, context)
}

fn back(verb: &str, matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let root = root_of_run(context)?;
    let mode = Mode::from(matches);
    let command = format!("floxwright {verb}");
    let Some(back) = take_back(&root, &command, mode == Mode::Write, context)? else {
        return Err(Failure::refused(
            "no command has changed anything here that could be taken back",
        )
        .hint("what is committed comes back with git"));
    };
    if is_asked(matches) {
        return context.ui.result(&json(verb, &back, mode)?);
    }
    for note in &back.notes {
        context.ui.warn(note);
    }
    match mode {
        Mode::Diff => context.ui.result(&diff(&back.plan)),
        Mode::Plan => context.ui.result(&format!("{}\n", files_told(&back.plan))),
        Mode::Write => context.ui.outcome(&outcome(&back)),
    }
}

fn outcome(back: &Back) -> Outcome {
    let merged: Vec<String> = back.merged.iter().map(ToString::to_string).collect();
    let facts = [
        ("Your changes kept", merged.join("\n")),
        ("Files", files_told(&back.plan)),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    Outcome {
        title: format!("taken back: {}", back.command),
        facts: facts
            .map(|(label, value)| (label.to_owned(), value))
            .collect(),
        next: vec![NextStep::new(
            "Or do it again after all.",
            "floxwright undo",
        )],
        ..Outcome::default()
    }
}

fn json(verb: &str, back: &Back, mode: Mode) -> Result<String, Failure> {
    let merged: Vec<&str> = back.merged.iter().map(RelPath::as_str).collect();
    super::json::text(&object!({
        "schema": 1,
        "command": verb,
        "state": mode.state(&back.plan),
        "undone": back.command,
        "merged": merged,
        "notes": back.notes,
        "files": plan_json(&back.plan),
    }))
}
