//! What `update` says at its end.

use super::args::{Form, Wish};
use super::commit::Committed;
use super::report::Report;
use crate::changes::{markdown as markdown_of, text};
use crate::cmd::Context;
use crate::cmd::next_steps::{before_a_commit, the_commit};
use crate::cmd::repository::{Ended, files_json, files_told};
use crate::diagnostic::Failure;
use crate::generate::BASE;
use crate::plan::{counts, json as plan_json, summary};
use crate::ui::{NextStep, Outcome};
use serde_json::json as object;
use std::fmt::Write;

const NOTHING: &str = "nothing to do";

/// The report, before the rest is said.
pub(super) fn told(ended: &Ended, report: &Report) -> String {
    if ended.planned.plan.is_empty() || report.is_empty() {
        return String::new();
    }
    text(&report.sections) + "\n"
}

/// The plan of a dry run.
pub(super) fn planned(ended: &Ended, report: &Report) -> String {
    if ended.planned.plan.is_empty() {
        return format!("{NOTHING}\n");
    }
    let changelog = report.changelog.as_ref();
    let changelog = changelog.map(|address| format!("Release notes\n  {address}\n\n"));
    let changelog = changelog.unwrap_or_default();
    let files = files_told(&ended.planned.plan).replace('\n', "\n  ");
    format!(
        "{}\n\n{}{changelog}Files\n  {files}\n",
        report.title,
        told(ended, report)
    )
}

/// For a person.
pub(super) fn outcome(
    ended: &Ended,
    report: &Report,
    (committed, context): (Option<&Committed>, &Context<'_>),
) -> Outcome {
    let planned = &ended.planned;
    if planned.plan.is_empty() {
        return Outcome {
            title: NOTHING.to_owned(),
            ..Outcome::default()
        };
    }
    let (created, replaced, removed) = counts(&planned.plan.outside(BASE));
    let merged: Vec<String> = planned.merged.iter().map(ToString::to_string).collect();
    let facts = [
        (
            "Release notes",
            report.changelog.clone().unwrap_or_default(),
        ),
        ("Your changes kept", merged.join("\n")),
        (
            "Files",
            format!("{created} new, {replaced} changed, {removed} removed"),
        ),
        ("Commit", committed.map(commit_told).unwrap_or_default()),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    Outcome {
        title: format!("{}: {}", ended.before.intent.name, report.title),
        facts: facts
            .map(|(label, value)| (label.to_owned(), value))
            .collect(),
        reproduce: report.command.clone(),
        next: if planned.conflicts.is_empty() {
            next(ended, report, committed.is_some(), context)
        } else {
            Vec::new()
        },
    }
}

fn commit_told(committed: &Committed) -> String {
    let short = committed.id.get(..12).unwrap_or(&committed.id);
    match &committed.tag {
        Some(tag) => format!("{short}, tagged {tag}"),
        None => short.to_owned(),
    }
}

/// What remains to be done, each only where it is needed.
fn next(ended: &Ended, report: &Report, committed: bool, context: &Context<'_>) -> Vec<NextStep> {
    let mut steps = before_a_commit(ended, context);
    let environment = &ended.planned.lock.environment.name;
    steps.push(NextStep::new(
        "Build it.",
        format!("flox build {environment}"),
    ));
    steps.push(NextStep::new("Prove that it runs.", "tests/verify"));
    if !committed {
        steps.push(the_commit(&report.title, ended));
        steps.push(NextStep::new("Or take it back.", "floxwright undo"));
    }
    steps
}

/// The text of a pull request.
pub(super) fn markdown(ended: &Ended, report: &Report) -> String {
    let planned = &ended.planned;
    if planned.plan.is_empty() {
        return format!("{NOTHING}\n");
    }
    let mut text = format!("## {}\n\n", report.title);
    if let (Some(step), Some(address)) = (&report.changes.release, &report.changelog) {
        let upstream = &ended.before.scaffold.catalogue.upstream.name;
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "{upstream} {} → {} ([release notes]({address})).\n\n",
            step.from, step.to
        );
    }
    text.push_str(&markdown_of(&report.sections));
    let list = |title: &str, lines: Vec<String>| {
        if lines.is_empty() {
            return String::new();
        }
        let lines = lines.into_iter().map(|line| format!("- {line}\n"));
        format!("\n### {title}\n\n{}", lines.collect::<String>())
    };
    let conflicts = planned.conflicts.iter();
    let conflicts = conflicts.map(|one| format!("`{}`: {}", one.path, one.cause.told()));
    text.push_str(&list("Conflicts", conflicts.collect()));
    text.push_str(&list("To be known", report.notes.clone()));
    let merged = planned.merged.iter().map(|path| format!("`{path}`"));
    text.push_str(&list("Your changes kept", merged.collect()));
    let own = planned.plan.outside(BASE);
    let (created, replaced, removed) = counts(&own);
    let _ = write!(
        text,
        "\n<details><summary>Files: {created} new, {replaced} changed, {removed} removed</summary>\n\n```text\n{}\n```\n\n</details>\n\nMade by `{}`.\n",
        summary(&own),
        report.command
    );
    text
}

/// For a program.
pub(super) fn json(
    wish: &Wish,
    ended: &Ended,
    report: &Report,
    committed: Option<&Committed>,
) -> Result<String, Failure> {
    debug_assert_eq!(wish.form, Form::Json);
    let planned = &ended.planned;
    let (conflicts, merged) = files_json(&planned.conflicts, &planned.merged);
    let notes = report.notes.iter().chain(&ended.notes);
    crate::cmd::json::text(&object!({
        "schema": 1,
        "command": "update",
        "state": wish.mode.state(&planned.plan),
        "directory": ended.before.root.path().to_string_lossy(),
        "title": report.title,
        "before": report.before,
        "release": planned.lock.release.version,
        "changelog": report.changelog,
        "changes": report.changes,
        "conflicts": conflicts,
        "merged": merged,
        "notes": notes.collect::<Vec<_>>(),
        "commit": committed.map(|committed| &committed.id),
        "tag": committed.and_then(|committed| committed.tag.as_ref()),
        "reproduce": report.command,
        "files": plan_json(&planned.plan),
    }))
}
