//! What is said of a plan and its conflicts: to a person, to a program, and to the command that comes after.

use crate::diagnostic::{Exit, Failure, Problem};
use crate::generate::BASE;
use crate::outside::git_index::Staged;
use crate::plan::{Plan, summary};
use crate::reconcile::Conflict;
use crate::tree::RelPath;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json as object};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A conflict of the last run, as it is kept until it is settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cmd) struct Pending {
    /// The file.
    pub(in crate::cmd) path: RelPath,
    /// What the matter is, for a person.
    pub(in crate::cmd) told: String,
    /// The file beside it that holds the new text.
    pub(in crate::cmd) beside: Option<RelPath>,
    /// Whether the file has markers.
    pub(in crate::cmd) is_marked: bool,
    /// What was staged for the file.
    pub(in crate::cmd) staged: Option<Staged>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Note {
    conflicts: Vec<Pending>,
}

/// What the journal keeps of the conflicts.
pub(in crate::cmd) fn note(conflicts: &[Conflict], staged: &BTreeMap<RelPath, Staged>) -> Value {
    let conflicts = conflicts.iter().map(|conflict| Pending {
        path: conflict.path.clone(),
        told: conflict.cause.told(),
        beside: conflict.beside.clone(),
        is_marked: conflict.stages.is_some(),
        staged: staged.get(&conflict.path).cloned(),
    });
    let note = Note {
        conflicts: conflicts.collect(),
    };
    serde_json::to_value(note).unwrap_or_default()
}

/// The conflicts that a journal kept.
pub(super) fn noted(note: &Value) -> Vec<Pending> {
    serde_json::from_value::<Note>(note.clone())
        .unwrap_or_default()
        .conflicts
}

/// The failure that names every conflict.
pub(in crate::cmd) fn conflicts(conflicts: &[Conflict], is_written: bool) -> Option<Failure> {
    if conflicts.is_empty() {
        return None;
    }
    let problem = |conflict: &Conflict| {
        let mut problem = Problem::new(format!("conflict in `{}`", conflict.path));
        let shown = match (&conflict.beside, &conflict.stages) {
            (Some(beside), _) => format!("; yours is kept, the new one is `{beside}`"),
            (None, Some(_)) => "; both stand in the file, between markers".to_owned(),
            (None, None) => String::new(),
        };
        problem.cause = Some(format!("{}{shown}", conflict.cause.told()));
        problem
    };
    let failure = Failure::all(Exit::Conflicts, conflicts.iter().map(problem).collect());
    let waits = conflicts
        .iter()
        .any(|one| one.beside.is_some() || one.stages.is_some());
    Some(match (is_written, waits) {
        (true, true) => failure
            .hint("decide, remove the markers and the files beside, then say `floxwright continue`")
            .hint("`floxwright abort` puts everything back"),
        (true, false) => {
            failure.hint("everything else is done; `floxwright abort` puts everything back")
        }
        (false, _) => failure.hint("nothing was written"),
    })
}

/// The files of a plan; the base, which repeats them, in one line.
pub(in crate::cmd) fn files_told(plan: &Plan) -> String {
    let own = plan.outside(BASE);
    let base = plan.iter().count() - own.iter().count();
    let mut text = summary(&own);
    if base > 0 {
        let word = if base == 1 { "text" } else { "texts" };
        let _ = write!(
            text,
            "\n~ {BASE}/ ({base} {word}, the base of later merges)"
        );
    }
    text.trim_start().to_owned()
}

/// The plan of a dry run.
pub(in crate::cmd) fn told_plan(plan: &Plan) -> String {
    if plan.is_empty() {
        return "nothing to do\n".to_owned();
    }
    format!("{}\n", files_told(plan))
}

/// The conflicts and merges of a plan, for a program.
pub(in crate::cmd) fn json(conflicts: &[Conflict], merged: &[RelPath]) -> (Value, Value) {
    let conflicts = conflicts.iter().map(|conflict| {
        object!({
            "path": conflict.path,
            "cause": conflict.cause.name(),
            "text": conflict.cause.told(),
            "beside": conflict.beside,
            "markers": conflict.stages.is_some(),
        })
    });
    let merged = merged.iter().map(|path| Value::from(path.as_str()));
    (conflicts.collect(), merged.collect())
}
