//! Taking the last run back: what it replaced comes back, byte for byte. A file that was changed since keeps that change where both
//! go together; where they do not, nothing is taken back.

use super::contents::contents;
use super::index;
use super::recover::recovered;
use super::swaps::plan_of;
use super::told::{Pending, note, noted};
use crate::cmd::Context;
use crate::cmd::disk_failure::unchanged as failed;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk::{Applied, Last, Run, Swap, Wanted};
use crate::plan::Plan;
use crate::reconcile::{Current, Leaving, Reconciled, Sides, reconcile, there};
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
    let thrown = thrown(&conflicts);
    let inputs = inputs(run, &last)?;
    let returning = last.files.iter().filter(|file| file.before.is_some());
    let contents = contents(run.root(), &inputs, returning.map(|file| &file.path))?;
    let is_as_left = |file: &Swap, found: &Found| is_as_left(file, found, &thrown);
    let going = last.files.iter().filter(|file| file.before.is_none());
    let going = going.filter(|file| is_as_left(file, there(&inputs, &file.path)));
    let leaving = Leaving::new(going.map(|file| &file.path), &contents);
    let (mut made, mut before, mut current) = (Tree::new(), Tree::new(), Current::new());
    let mut files: Vec<Swap> = Vec::new();
    for file in &last.files {
        // What came in the place of a directory goes before its files return, and the reverse.
        let found = leaving
            .after(&file.path, there(&inputs, &file.path))
            .clone();
        if is_as_left(file, &found) {
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
        contents: &contents,
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

/// What stands where the last run was at work.
fn inputs(run: &Run, last: &Last) -> Result<Current, Failure> {
    let paths = last.files.iter().map(|file| &file.path);
    let found = paths.map(|path| {
        let found = run.root().look(path).map_err(|error| failed(&error))?;
        Ok((path.clone(), found))
    });
    found.collect()
}

/// What a conflict left is thrown away with it; `undo` brings even that back.
fn thrown(conflicts: &[Pending]) -> BTreeSet<&RelPath> {
    let paths = conflicts
        .iter()
        .flat_map(|one| [Some(&one.path), one.beside.as_ref()]);
    paths.flatten().collect()
}

/// Whether a file stands as the last run left it, or is thrown away.
fn is_as_left(file: &Swap, found: &Found, thrown: &BTreeSet<&RelPath>) -> bool {
    match found {
        Found::File(there) => Some(there) == file.after.as_ref() || thrown.contains(&file.path),
        Found::Absent => file.after.is_none() || thrown.contains(&file.path),
        Found::Other(_) | Found::Behind(..) => false,
    }
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
