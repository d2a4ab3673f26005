//! Taking the last run back: what it replaced comes back, byte for byte. A file that was changed since keeps that change where both
//! go together; where they do not, nothing is taken back.

use super::index;
use super::recover::recovered;
use super::swaps::plan_of;
use super::told::{Pending, note, noted};
use crate::cmd::Context;
use crate::cmd::disk_failure::unchanged as failed;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk::{Applied, Last, Run, Swap, Wanted};
use crate::plan::Plan;
use crate::reconcile::{Current, Reconciled, Sides, reconcile};
use crate::tree::{Found, RelPath, Tree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What was taken back, or would be.
pub(in crate::cmd) struct Back {
    /// The command that was taken back.
    pub(in crate::cmd) command: String,
    pub(in crate::cmd) plan: Plan,
    /// Files that keep what was changed since.
    pub(in crate::cmd) merged: Vec<RelPath>,
    pub(in crate::cmd) notes: Vec<String>,
    files: Vec<Swap>,
    inputs: Current,
    conflicts: Vec<Pending>,
}

/// The conflicts of the last run that nobody has settled yet, with the run.
pub(in crate::cmd) fn pending(last: &Last) -> Vec<Pending> {
    if last.is_settled {
        return Vec::new();
    }
    noted(&last.note)
}

/// Takes the last run back, or plans to. `command` is what does it.
pub(in crate::cmd) fn take_back(
    root: &Path,
    command: &str,
    writes: bool,
    context: &Context<'_>,
) -> Result<Option<Back>, Failure> {
    if !Run::is_known(root).map_err(|error| failed(&error))? {
        return Ok(None);
    }
    let interrupts = context.guard.interrupts();
    let writing = interrupts.writing();
    let run = Run::begin(root).map_err(|error| failed(&error))?;
    recovered(&run, context);
    let Some(last) = run.last().map_err(|error| failed(&error))? else {
        return Ok(None);
    };
    let mut back = plan(&run, last)?;
    if !writes || back.plan.is_empty() {
        return Ok(Some(back));
    }
    let prepared = index::prepare_back(&run, &back.files, &back.conflicts);
    let wanted = Wanted {
        command: command.to_owned(),
        note: note(&[], &BTreeMap::new()),
        files: back.files.clone(),
        inputs: back.inputs.clone(),
        follower: prepared.clone().ok().flatten(),
    };
    let applied = run.apply(&wanted, &|| interrupts.interrupted());
    match applied.map_err(|error| failed(&error))? {
        Applied::Done => {}
        Applied::Changed(paths) => {
            let problem = |path| Problem::new(format!("`{path}` was changed just now"));
            let problems = paths.iter().map(problem).collect();
            return Err(
                Failure::all(Exit::Refused, problems).hint("nothing was taken back; try again")
            );
        }
    }
    let told = index::follow(&run, prepared, &back.files);
    back.notes.extend(told.notes);
    writing.done();
    Ok(Some(back))
}

fn plan(run: &Run, last: Last) -> Result<Back, Failure> {
    let conflicts = pending(&last);
    // What a conflict left is thrown away with it; `undo` brings even that back.
    let thrown: BTreeSet<&RelPath> = conflicts
        .iter()
        .flat_map(|one| [Some(&one.path), one.beside.as_ref()])
        .flatten()
        .collect();
    let mut inputs = Current::new();
    let (mut made, mut before, mut current) = (Tree::new(), Tree::new(), Current::new());
    let mut files: Vec<Swap> = Vec::new();
    for file in &last.files {
        let found = run
            .root()
            .look(&file.path)
            .map_err(|error| failed(&error))?;
        inputs.insert(file.path.clone(), found.clone());
        let is_file = matches!(found, Found::File(_) | Found::Absent);
        if is_file && (found.file() == file.after.as_ref() || thrown.contains(&file.path)) {
            files.push(Swap {
                path: file.path.clone(),
                before: found.file().cloned(),
                after: file.before.clone(),
            });
            continue;
        }
        current.insert(file.path.clone(), found);
        for (tree, side) in [(&mut made, &file.after), (&mut before, &file.before)] {
            if let Some(side) = side {
                tree.insert(file.path.clone(), side.clone());
            }
        }
    }
    let done = reconcile(Sides {
        base: &made,
        current: &current,
        desired: &before,
        moves: &[],
    });
    refuse(&done)?;
    for (path, after) in done.changes {
        let before = current.get(&path).and_then(Found::file).cloned();
        files.push(Swap {
            path,
            before,
            after,
        });
    }
    files.retain(|swap| swap.before != swap.after);
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Back {
        command: last.command,
        plan: plan_of(&files),
        merged: done.merged,
        notes: Vec::new(),
        files,
        inputs,
        conflicts,
    })
}

/// What was changed since and does not go together with what was there before.
fn refuse(done: &Reconciled) -> Result<(), Failure> {
    let clashes = done.conflicts.iter().map(|one| &one.path);
    let blocked = done.blocked.iter().map(|one| &one.path);
    let problems: Vec<Problem> = clashes
        .chain(blocked)
        .map(|path| {
            Problem::new(format!(
                "`{path}` was changed since, and cannot be taken back without losing that"
            ))
        })
        .collect();
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Refused, problems)
        .hint("nothing was taken back; put those files aside first"))
}
