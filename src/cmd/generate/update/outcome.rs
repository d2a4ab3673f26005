//! What an update says: files, merges, commits.

use super::super::request::Request;
use super::Planned;
use crate::cmd::Context;
use crate::cmd::mode::Mode as Writing;
use crate::cmd::repository::files_json;
use crate::diagnostic::Failure;
use crate::plan::{diff, json as plan_json, summary};
use crate::ui::{NextStep, Outcome};
use serde_json::json as object;

/// Tells what an update did, or would do.
pub(super) fn tell(
    planned: &Planned,
    request: &Request<'_>,
    context: &Context<'_>,
) -> Result<(), Failure> {
    if request.writing != Writing::Write
        && !request.json()
        && let Some(moved) = moved(planned)
    {
        context.ui.talk(&format!("the template: {moved}"));
    }
    if request.writing == Writing::Diff {
        return context.ui.result(&diff(&planned.plan));
    }
    if request.json() {
        return context.ui.result(&json(planned, request)?);
    }
    if planned.plan.is_empty() {
        return context.ui.result("nothing to do\n");
    }
    if request.writing == Writing::Plan {
        let files = summary(&planned.plan);
        return context.ui.result(&format!("{files}\n"));
    }
    context.ui.outcome(&outcome(planned))
}

/// The places of a template that is elsewhere now.
fn moved(planned: &Planned) -> Option<String> {
    let (from, to) = &planned.addresses;
    (from != to).then(|| format!("{from} → {to}"))
}

fn outcome(planned: &Planned) -> Outcome {
    let (old, new) = &planned.commits;
    let short = |commit: &str| commit.get(..12).unwrap_or(commit).to_owned();
    let commits = match (old.is_empty(), new.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("{} → as it is there", short(old)),
        (true, false) => format!("as it was → {}", short(new)),
        (false, false) => format!("{} → {}", short(old), short(new)),
    };
    let template = match moved(planned) {
        Some(moved) => format!("{moved}\n{commits}"),
        None if commits.is_empty() => planned.addresses.1.clone(),
        None => commits,
    };
    let template = template.trim_end().to_owned();
    let merged: Vec<String> = planned.merged.iter().map(ToString::to_string).collect();
    let facts = [
        ("Template", template),
        ("Your changes kept", merged.join("\n")),
        ("Files", summary(&planned.plan)),
    ];
    let facts = facts.into_iter().filter(|(_, text)| !text.is_empty());
    Outcome {
        title: "the project follows its template".to_owned(),
        facts: facts
            .map(|(label, text)| (label.to_owned(), text))
            .collect(),
        next: vec![NextStep::new("Or take it back.", "floxwright undo")],
        ..Outcome::default()
    }
}

fn json(planned: &Planned, request: &Request<'_>) -> Result<String, Failure> {
    let (conflicts, merged) = files_json(&planned.conflicts, &planned.merged);
    crate::cmd::json::text(&object!({
        "schema": 1,
        "command": "generate",
        "state": request.writing.state(&planned.plan),
        "from": planned.commits.0,
        "to": planned.commits.1,
        "template": { "from": planned.addresses.0, "to": planned.addresses.1 },
        "conflicts": conflicts,
        "merged": merged,
        "files": plan_json(&planned.plan),
    }))
}
