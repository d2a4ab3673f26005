//! Closing the conflicts of the last run, when the person has decided all of them.

use super::index;
use super::recover::recovered;
use super::take_back::pending;
use super::told::Pending;
use crate::cmd::Context;
use crate::cmd::disk_failure::unchanged as failed;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk::Run;
use crate::reconcile::{is_marked, plain};
use crate::tree::{Found, RelPath};
use std::path::Path;

/// What was settled.
pub(in crate::cmd) struct Settled {
    pub(in crate::cmd) files: Vec<RelPath>,
    pub(in crate::cmd) notes: Vec<String>,
}

/// The last run, if it left conflicts that are not settled.
fn open(root: &Path, context: &Context<'_>) -> Result<Option<(Run, Vec<Pending>)>, Failure> {
    if !Run::is_known(root).map_err(|error| failed(&error))? {
        return Ok(None);
    }
    let run = Run::begin(root).map_err(|error| failed(&error))?;
    recovered(&run, context);
    let last = run.last().map_err(|error| failed(&error))?;
    let conflicts = last.as_ref().map(pending).unwrap_or_default();
    Ok((!conflicts.is_empty()).then_some((run, conflicts)))
}

/// Whether the last run left conflicts that are not settled.
pub(in crate::cmd) fn has_conflicts(root: &Path, context: &Context<'_>) -> Result<bool, Failure> {
    Ok(open(root, context)?.is_some())
}

/// Checks that every conflict is decided, and closes them; git is told of it.
pub(in crate::cmd) fn settle(root: &Path, context: &Context<'_>) -> Result<Settled, Failure> {
    let Some((run, conflicts)) = open(root, context)? else {
        return Ok(Settled {
            files: Vec::new(),
            notes: Vec::new(),
        });
    };
    let look = |path: &RelPath| run.root().look(path).map_err(|error| failed(&error));
    let (mut problems, mut resolved) = (Vec::new(), Vec::new());
    for conflict in &conflicts {
        let found = look(&conflict.path)?;
        let text = found.file().and_then(plain);
        if conflict.is_marked && text.is_some_and(|text| is_marked(&text)) {
            problems.push(Problem::new(format!(
                "`{}` still holds the markers of a conflict",
                conflict.path
            )));
        }
        if let Some(beside) = &conflict.beside
            && look(beside)? != Found::Absent
        {
            problems.push(Problem::new(format!(
                "`{beside}` is still there: take over what you want of it, then remove it"
            )));
        }
        if conflict.is_marked {
            resolved.push((conflict.path.clone(), found.file().cloned()));
        }
    }
    if !problems.is_empty() {
        return Err(Failure::all(Exit::Conflicts, problems)
            .hint("`floxwright abort` puts everything back instead"));
    }
    run.settle().map_err(|error| failed(&error))?;
    let told = index::settle(root, &resolved);
    Ok(Settled {
        files: conflicts
            .into_iter()
            .map(|conflict| conflict.path)
            .collect(),
        notes: told.notes,
    })
}
