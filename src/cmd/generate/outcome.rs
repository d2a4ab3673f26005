//! What `generate` says at its end.

use super::kept_by_git::is_without_git;
use super::member::Member;
use super::prepare::{Place, Prepared};
use super::record::{FILE, answers};
use super::reproduce::{line, reproduce};
use super::request::Request;
use crate::cmd::Context;
use crate::diagnostic::Failure;
use crate::disk::Existing;
use crate::expand::{Answered, Fate, Origin, Value};
use crate::plan::json as plan_json;
use crate::template::shell_word;
use crate::ui::{NextStep, Outcome};
use serde_json::json as object;
use std::fmt::Write;

/// Tells what was made.
pub(super) fn tell(
    prepared: &Prepared,
    request: &Request<'_>,
    context: &Context<'_>,
) -> Result<(), Failure> {
    if request.json() {
        return context.ui.result(&json(prepared, request, "written")?);
    }
    for path in kept(prepared) {
        if request.is_compat() {
            context.ui.result_line(&format!(
                "[Skipping] File already exists `{path}` and `--overwrite` was not passed"
            ))?;
        } else if !prepared.is_as_made(path) {
            context.ui.warn(&format!(
                "`{path}` is there and stays; `--overwrite` replaces it"
            ));
        }
    }
    if request.is_compat() {
        let target = prepared.target.display();
        return context
            .ui
            .result_line(&format!("Done! New project created {target}"));
    }
    context.ui.outcome(&outcome(prepared, request, context))
}

/// Files that were there and stay.
fn kept(prepared: &Prepared) -> Vec<&str> {
    match &prepared.place {
        Place::Into(before, Existing::Kept) => before.keys().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

fn outcome(prepared: &Prepared, request: &Request<'_>, context: &Context<'_>) -> Outcome {
    let facts = [
        ("Template", template(prepared, request)),
        ("Answers", answered(prepared)),
        ("Files", files(prepared)),
        ("Hooks", prepared.ready.hooks.clone().unwrap_or_default()),
        ("Workspace", workspace(prepared)),
        ("git", git(prepared)),
    ];
    let facts = facts.into_iter().filter(|(_, text)| !text.is_empty());
    let name = &prepared.ready.expanded.project.name;
    Outcome {
        title: match prepared.shown.as_str() {
            "." => format!("{name} made in this directory"),
            shown => format!("{shown} made"),
        },
        facts: facts
            .map(|(label, text)| (label.to_owned(), text))
            .collect(),
        reproduce: reproduce(prepared, request, context),
        next: next(prepared),
    }
}

fn answered(prepared: &Prepared) -> String {
    let answers = answers(&prepared.ready).map(|(name, answered)| {
        format!("{name} = {} ({})", line(&answered.value), origin(answered))
    });
    answers.collect::<Vec<_>>().join("\n")
}

fn files(prepared: &Prepared) -> String {
    let all = prepared.project.files().count();
    let files = &prepared.ready.expanded.files;
    let count = |wanted: fn(&Fate) -> bool| files.iter().filter(|made| wanted(&made.fate)).count();
    let rendered = count(|fate| matches!(fate, Fate::Rendered));
    let copied = count(|fate| matches!(fate, Fate::Copied(_)));
    format!("{all} ({rendered} rendered, {copied} copied)")
}

/// Tells what changes outside the project, which no plan of it shows.
pub(super) fn tell_outside(prepared: &Prepared, context: &Context<'_>) {
    if let Member::Joins(manifest) = &prepared.member {
        let path = manifest.path.display();
        context
            .ui
            .talk(&format!("`{path}` gets the project as a member"));
    }
}

fn workspace(prepared: &Prepared) -> String {
    match &prepared.member {
        Member::Joins(manifest) => format!("a member of `{}` from now on", manifest.path.display()),
        Member::Already => "a member already".to_owned(),
        Member::No => String::new(),
    }
}

fn git(prepared: &Prepared) -> String {
    match &prepared.branch {
        Some(branch) => format!("an empty repository, branch {branch}"),
        None => "no repository was made".to_owned(),
    }
}

fn next(prepared: &Prepared) -> Vec<NextStep> {
    let mut steps = Vec::new();
    if prepared.shown != "." {
        let path = shell_word(&prepared.shown);
        steps.push(NextStep::new("Go there.", format!("cd {path}")));
    }
    if prepared.project.file(FILE).is_some() && is_without_git(&prepared.target) {
        steps.push(NextStep::new(
            "When it becomes a git repository, let it keep what the next update needs.",
            "git add --force .floxwright",
        ));
    }
    steps
}

fn template(prepared: &Prepared, request: &Request<'_>) -> String {
    let mut text = request.source.name();
    let inside = &prepared.ready.expanded.template;
    if !inside.is_empty() {
        let _ = write!(text, ", directory {inside}");
    }
    if let Some(commit) = &prepared.ready.commit {
        let _ = write!(text, ", commit {}", commit.get(..12).unwrap_or(commit));
    }
    text
}

fn origin(answered: &Answered) -> &str {
    match &answered.origin {
        Origin::Provided(origin) => origin,
        Origin::Asked => "asked",
        Origin::Default => "default",
        Origin::Hook => "hook",
    }
}

/// For a program.
pub(super) fn json(
    prepared: &Prepared,
    request: &Request<'_>,
    state: &str,
) -> Result<String, Failure> {
    let expanded = &prepared.ready.expanded;
    let answers: serde_json::Map<_, _> = expanded
        .answers
        .iter()
        .map(|(name, answered)| {
            let told = object!({ "value": value(&answered.value), "origin": origin(answered) });
            (name.clone(), told)
        })
        .collect();
    let made = expanded.files.iter().map(|made| {
        let (fate, why) = match &made.fate {
            Fate::Rendered => ("rendered", None),
            Fate::Copied(why) => ("copied", Some(why)),
            Fate::Removed(why) => ("removed", Some(why)),
        };
        object!({ "source": made.source, "path": made.path, "fate": fate, "why": why })
    });
    let notices = expanded.notices.iter().map(|notice| notice.text.clone());
    crate::cmd::json::text(&object!({
        "schema": 1,
        "command": "generate",
        "state": state,
        "directory": prepared.shown,
        "name": expanded.project.name,
        "template": {
            "source": request.source.name(),
            "directory": expanded.template,
            "branch": prepared.ready.branch,
            "commit": prepared.ready.commit,
        },
        "answers": answers,
        "notices": notices.collect::<Vec<_>>(),
        "kept": kept(prepared),
        "repository": prepared.branch,
        "made": made.collect::<Vec<_>>(),
        "workspace": match &prepared.member {
            Member::Joins(manifest) => Some(manifest.path.display().to_string()),
            Member::Already | Member::No => None,
        },
        "files": plan_json(&prepared.plan()?),
    }))
}

fn value(of: &Value) -> serde_json::Value {
    match of {
        Value::Text(text) => text.as_str().into(),
        Value::Bool(bool) => (*bool).into(),
        Value::List(list) => list.iter().map(value).collect(),
    }
}
