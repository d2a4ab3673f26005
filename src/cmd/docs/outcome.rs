//! What `docs` says at its end.

use super::stale::Stale;
use crate::cmd::Context;
use crate::cmd::json;
use crate::cmd::mode::Mode;
use crate::cmd::next_steps::commit;
use crate::cmd::repository::{Ended, Repository, files_json, files_told};
use crate::diagnostic::Failure;
use crate::plan::json as plan_json;
use crate::ui::{NextStep, Outcome};
use serde_json::{Value, json as object};
use std::fmt::Write as _;

/// For a person.
pub(super) fn outcome(ended: &Ended, command: &str, context: &Context<'_>) -> Outcome {
    let planned = &ended.planned;
    if planned.plan.is_empty() {
        return Outcome {
            title: "nothing to do: the documents are what they would be".to_owned(),
            ..Outcome::default()
        };
    }
    let merged: Vec<String> = planned.merged.iter().map(ToString::to_string).collect();
    let facts = [
        ("Your sentences kept", merged.join("\n")),
        ("Files", files_told(&planned.plan)),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let mut next = Vec::new();
    if planned.conflicts.is_empty() {
        next = commit("Make the documents again", ended, context);
        next.push(NextStep::new("Or take it back.", "floxwright undo"));
    }
    Outcome {
        title: format!("the documents describe {}", planned.lock.release.version),
        facts: facts
            .map(|(label, value)| (label.to_owned(), value))
            .collect(),
        reproduce: command.to_owned(),
        next,
    }
}

/// For a program.
pub(super) fn json(ended: &Ended, notes: &[String], mode: Mode) -> Result<String, Failure> {
    let planned = &ended.planned;
    let (conflicts, merged) = files_json(&planned.conflicts, &planned.merged);
    json::text(&object!({
        "schema": 1,
        "command": "docs",
        "state": mode.state(&planned.plan),
        "directory": ended.before.root.path().to_string_lossy(),
        "release": planned.lock.release.version,
        "conflicts": conflicts,
        "merged": merged,
        "notes": notes,
        "files": plan_json(&planned.plan),
    }))
}

/// What a check found, for a person.
pub(super) fn check_text(stale: &[Stale]) -> String {
    if stale.is_empty() {
        return "the documents are what they would be\n".to_owned();
    }
    let mut text = String::new();
    for one in stale {
        // Writing to a string cannot fail.
        let _ = match &one.path {
            Some(path) => writeln!(text, "{path}: {}", one.reason),
            None => writeln!(text, "{}", one.reason),
        };
    }
    let mend = if stale.iter().any(|one| one.path.is_none()) {
        "floxwright sync"
    } else {
        "floxwright docs"
    };
    let _ = writeln!(text, "→ {mend}");
    text
}

/// What a check found, for a program.
pub(super) fn check_json(repository: &Repository, stale: &[Stale]) -> Result<String, Failure> {
    let found = stale
        .iter()
        .map(|one| object!({ "path": one.path, "kind": one.kind, "reason": one.reason }));
    json::text(&object!({
        "schema": 1,
        "command": "docs --check",
        "state": if stale.is_empty() { "clean" } else { "found" },
        "directory": repository.root.path().to_string_lossy(),
        "stale": found.collect::<Vec<Value>>(),
    }))
}
