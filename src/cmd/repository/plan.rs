//! Planning a change: what an intent leads to, reconciled with what is there.

use super::base::{Base, base};
use super::contents::contents;
use super::documents::documents;
use super::open::Repository;
use super::own_files::own_files;
use super::rejoin::rejoin;
use super::request::{Request, Scope};
use super::swaps::{files, plan_of};
use crate::cmd::Context;
use crate::cmd::desired::{Desired, desired};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk::Swap;
use crate::model::{Layout, Lock, LockedFile, Owner};
use crate::plan::Plan;
use crate::reconcile::{
    Blocked, Conflict, Current, Places, Reconciled, Sides, beside, is_marked, plain,
    reconcile_places,
};
use crate::tree::{File, Found, RelPath, Tree};
use crate::workspace::{Changed, LOCK_FILE, intent_changes};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A planned change; nothing is written yet.
#[derive(Debug)]
pub(in crate::cmd) struct Planned {
    pub(in crate::cmd) plan: Plan,
    /// The files that change.
    pub(super) files: Vec<Swap>,
    pub(in crate::cmd) conflicts: Vec<Conflict>,
    /// Files that keep the person's edits and take a change beside them.
    pub(in crate::cmd) merged: Vec<RelPath>,
    pub(in crate::cmd) notes: Vec<String>,
    pub(in crate::cmd) lock: Lock,
    /// What says something else in `floxwright.toml` than when the lock was made; `None` where nobody knows.
    pub(in crate::cmd) since: Option<Vec<Changed>>,
    /// The layout from now on.
    pub(in crate::cmd) layout: Layout,
    /// Everything that the plan was made from.
    pub(super) inputs: Current,
}

/// Plans what `request` wants.
pub(super) fn plan(
    repository: &Repository,
    request: &Request,
    context: &Context<'_>,
) -> Result<Planned, Failure> {
    let base = base(repository, context)?;
    let desired = match &request.scope {
        Scope::All => desired(
            &request.intent,
            request.scaffold.as_ref().unwrap_or(&repository.scaffold),
            request.index.as_ref().unwrap_or(&repository.index),
            &request.versions.settled(&repository.locks()),
            context,
        )?,
        Scope::Documents(picked) => documents(repository, &base, picked, context)?,
    };
    let told = told_of_lock(repository, &desired.lock);
    let mut planned = plan_from(repository, request, base, desired, &Tree::new())?;
    planned.notes.extend(told);
    Ok(planned)
}

/// Plans from what was last made and what would be made now. `instead` are files that come in the place of made ones; the base
/// holds the made ones all the same.
pub(super) fn plan_from(
    repository: &Repository,
    request: &Request,
    mut base: Base,
    desired: Desired,
    instead: &Tree,
) -> Result<Planned, Failure> {
    let Desired { tree, lock, notes } = desired;
    let mut generated = owned(&tree, &lock, Owner::Generated);
    for (path, file) in instead.iter() {
        generated.insert(path.clone(), file.clone());
    }
    let mut current = Current::new();
    for path in base.tree.paths().chain(generated.paths()) {
        current.insert(path.clone(), repository.look(path)?);
    }
    let merged_by_git = rejoin(repository, &mut base.tree, &mut current, &generated);
    refuse_old_conflicts(repository, &base.tree, &current)?;
    let moves = moves(&repository.locks(), &lock);
    let contents = contents(&repository.root, &current, generated.paths())?;
    let sides = Sides {
        base: &base.tree,
        current: &current,
        desired: &generated,
        moves: &moves,
        contents: &contents,
    };
    let done = reconcile_places(sides, &places(&repository.locks()), &places(&[&lock]));
    refuse_blocked(&done.blocked)?;
    let Reconciled {
        mut changes,
        conflicts,
        mut merged,
        ..
    } = done;
    merged.extend(merged_by_git.keys().cloned());
    changes.extend(merged_by_git);
    yours(repository, &tree, &lock, &mut changes)?;
    own_files(repository, request, &tree, &base.places, &mut changes)?;
    let notes: Vec<String> = notes.into_iter().chain(base.notes).collect();
    let files = files(changes, |path| repository.look(path))?;
    Ok(Planned {
        plan: plan_of(&files),
        files,
        conflicts,
        merged,
        notes,
        lock,
        since: base
            .intent
            .map(|last| intent_changes(&last, &request.intent)),
        layout: request.intent.layout,
        inputs: repository.inputs(),
    })
}

/// The outputs of one owner.
fn owned(tree: &Tree, lock: &Lock, owner: Owner) -> Tree {
    let paths = lock.files.iter().filter(|(_, file)| file.owner == owner);
    paths
        .filter_map(|(path, _)| Some((path.clone(), tree.get(path)?.clone())))
        .collect()
}

/// The files of the outputs, by their names.
fn places(locks: &[&Lock]) -> Places {
    let files = locks.iter().flat_map(|lock| &lock.files);
    files
        .map(|(path, file)| (file.id.clone(), path.clone()))
        .collect()
}

/// Outputs whose path changed, known by their names.
fn moves(old: &[&Lock], new: &Lock) -> Vec<(RelPath, RelPath)> {
    let to: BTreeMap<&str, &RelPath> = new
        .files
        .iter()
        .map(|(path, file)| (file.id.as_str(), path))
        .collect();
    let files: BTreeMap<&RelPath, &LockedFile> = old.iter().flat_map(|lock| &lock.files).collect();
    let moved = files.into_iter().filter_map(|(from, file)| {
        let to = to.get(file.id.as_str())?;
        (*to != from).then(|| (from.clone(), (*to).clone()))
    });
    moved.collect()
}

/// A run does not begin over what an earlier one left to decide.
fn refuse_old_conflicts(
    repository: &Repository,
    base: &Tree,
    current: &Current,
) -> Result<(), Failure> {
    let mut problems = Vec::new();
    for (path, found) in current {
        let text = found.file().and_then(plain);
        let is_ours = || {
            base.get(path)
                .and_then(plain)
                .is_some_and(|text| is_marked(&text))
        };
        if text.is_some_and(|text| is_marked(&text)) && !is_ours() {
            problems.push(Problem::new(format!(
                "`{path}` holds the markers of a conflict"
            )));
        }
        let Some(beside) = beside(path, found) else {
            continue;
        };
        // A path behind a link has nothing beside it.
        if !matches!(repository.look(&beside)?, Found::Absent | Found::Behind(..)) {
            problems.push(Problem::new(format!("`{beside}` waits for a decision")));
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Conflicts, problems)
        .hint("take over what is right, remove the markers and the files beside, then say `floxwright continue`")
        .hint("`floxwright abort` takes the command back that left them"))
}

fn refuse_blocked(blocked: &[Blocked]) -> Result<(), Failure> {
    if blocked.is_empty() {
        return Ok(());
    }
    let problems = blocked.iter().map(|one| {
        Problem::new(format!(
            "`{}` would have to change, and `{}` is {}: floxwright writes into directories of the repository only",
            one.path,
            one.by,
            one.kind.name()
        ))
    });
    Err(Failure::all(Exit::Refused, problems.collect()))
}

/// Files that are the person's once they are there: made when they are new, removed when nobody touched them, else left alone.
fn yours(
    repository: &Repository,
    tree: &Tree,
    lock: &Lock,
    changes: &mut BTreeMap<RelPath, Option<File>>,
) -> Result<(), Failure> {
    let locks = repository.locks();
    let old: BTreeMap<&RelPath, &LockedFile> = locks.iter().flat_map(|lock| &lock.files).collect();
    for (path, file) in owned(tree, lock, Owner::Yours) {
        let is_new = !old.contains_key(&path);
        if is_new && repository.look(&path)? == Found::Absent {
            changes.insert(path, Some(file));
        }
    }
    let gone = old
        .iter()
        .filter(|(path, file)| file.owner == Owner::Yours && !lock.files.contains_key(**path));
    for (path, locked) in gone {
        let found = repository.look(path)?;
        let digest = |file: &File| data_encoding::HEXLOWER.encode(&Sha256::digest(&file.bytes));
        if found
            .file()
            .is_some_and(|file| digest(file) == locked.sha256)
        {
            changes.insert((*path).clone(), None);
        }
    }
    Ok(())
}

/// What is special about the lock that was there.
fn told_of_lock(repository: &Repository, lock: &Lock) -> Option<String> {
    let Some(old) = &repository.lock else {
        return repository.lost.because.clone();
    };
    (old.scaffold_digest != lock.scaffold_digest).then(|| {
        format!(
            "this floxwright has other templates or facts than the one that last worked here; the plan includes what they change, and `{LOCK_FILE}` names them now"
        )
    })
}
