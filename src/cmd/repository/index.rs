//! git's index follows a change: new files are announced, conflicts are marked, files that go again are forgotten. A repository
//! without git, or one whose index cannot be written now, is changed all the same.

use super::told::Pending;
use crate::cmd::scaffolds::chain;
use crate::disk::{DiskError, Followed, Follower, Run, Swap};
use crate::outside::git::GitError;
use crate::outside::git_index::{Staged, TrackedFiles};
use crate::reconcile::{Conflict, NEW};
use crate::tree::{File, RelPath};
use std::collections::BTreeMap;
use std::path::Path;

/// What became of the index.
#[derive(Default)]
pub(in crate::cmd) struct Told {
    pub(in crate::cmd) notes: Vec<String>,
    /// New files that git does not know.
    pub(super) untracked: Vec<String>,
}

/// Whether there is a git repository around a place.
pub(super) fn is_there(root: &Path) -> bool {
    !matches!(TrackedFiles::around(root), Ok(None))
}

/// What is staged for the files that get markers, so that it can be put back.
pub(in crate::cmd) fn staged(root: &Path, conflicts: &[Conflict]) -> BTreeMap<RelPath, Staged> {
    let Ok(Some(tracked)) = TrackedFiles::around(root) else {
        return BTreeMap::new();
    };
    let marked = conflicts
        .iter()
        .filter(|conflict| conflict.stages.is_some());
    marked
        .filter_map(|conflict| Some((conflict.path.clone(), tracked.staged(&conflict.path)?)))
        .collect()
}

/// Makes the index ready that follows a change.
pub(in crate::cmd) fn prepare(run: &Run, files: &[Swap], conflicts: &[Conflict]) -> Prepared {
    let change = |tracked: &mut TrackedFiles| -> Result<(), GitError> {
        files_follow(tracked, files)?;
        for conflict in conflicts {
            if let Some(sides) = &conflict.stages {
                tracked.conflict(&conflict.path, [&sides.base, &sides.yours, &sides.new])?;
            }
        }
        Ok(())
    };
    prepared(run, change)
}

/// Makes the index ready that follows the taking back of a run that left these conflicts.
pub(super) fn prepare_back(run: &Run, files: &[Swap], conflicts: &[Pending]) -> Prepared {
    let change = |tracked: &mut TrackedFiles| -> Result<(), GitError> {
        for conflict in conflicts {
            tracked.unconflict(&conflict.path, conflict.staged.as_ref())?;
        }
        files_follow(tracked, files)
    };
    prepared(run, change)
}

/// An index that is ready, or why there is none; `None` where there is nothing to do.
pub(in crate::cmd) type Prepared = Result<Option<Follower>, String>;

fn prepared(run: &Run, change: impl FnOnce(&mut TrackedFiles) -> Result<(), GitError>) -> Prepared {
    let told = |error: GitError| error.to_string();
    let Some(mut tracked) = TrackedFiles::around(run.root().path()).map_err(told)? else {
        return Ok(None);
    };
    change(&mut tracked).map_err(told)?;
    let Some(place) = tracked.file().filter(|_| tracked.is_changed()) else {
        return Ok(None);
    };
    let disk = |error: DiskError| chain(&error);
    let follower = Follower::of(place.to_owned()).map_err(disk)?;
    tracked
        .write_as(&run.ready().map_err(disk)?)
        .map_err(told)?;
    Ok(Some(follower))
}

/// Lets the index follow the change that has been confirmed.
pub(in crate::cmd) fn follow(run: &Run, prepared: Prepared, files: &[Swap]) -> Told {
    let done = prepared.and_then(|_| match run.follow() {
        Ok(Followed::Nothing | Followed::Done) => Ok(()),
        Ok(Followed::Locked) => Err("another program of git holds its lock".to_owned()),
        Ok(Followed::Changed) => Err("it was changed meanwhile".to_owned()),
        Err(error) => Err(chain(&error)),
    });
    match done {
        Ok(()) => Told {
            notes: Vec::new(),
            untracked: crossing(run.root().path(), files),
        },
        failed => told(failed, files),
    }
}

/// New files that git cannot know yet: it still has a file where they have a directory, or the reverse.
fn crossing(root: &Path, files: &[Swap]) -> Vec<String> {
    let gone = |swap: &&Swap| swap.before.is_some() && swap.after.is_none();
    let gone: Vec<&RelPath> = files.iter().filter(gone).map(|swap| &swap.path).collect();
    let come = files.iter().filter(|swap| is_new(swap));
    let crossing = come.map(|swap| &swap.path);
    let mut crossing = crossing
        .filter(|path| gone.iter().any(|gone| crosses(path, gone)))
        .peekable();
    if crossing.peek().is_none() {
        return Vec::new();
    }
    let Ok(Some(tracked)) = TrackedFiles::around(root) else {
        return Vec::new();
    };
    let unknown = crossing.filter(|path| tracked.staged(path).is_none());
    unknown.map(ToString::to_string).collect()
}

/// Whether one path lies below the other.
fn crosses(one: &RelPath, other: &RelPath) -> bool {
    let below = |deep: &RelPath, high: &RelPath| {
        let rest = deep.as_str().strip_prefix(high.as_str());
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    below(one, other) || below(other, one)
}

fn is_new(swap: &Swap) -> bool {
    swap.before.is_none() && swap.after.is_some() && is_to_track(&swap.path)
}

/// Tells git that conflicts are settled, with the files as they are now.
pub(super) fn settle(root: &Path, files: &[(RelPath, Option<File>)]) -> Told {
    let run = |tracked: &mut TrackedFiles| {
        files
            .iter()
            .try_for_each(|(path, file)| tracked.resolve(path, file.as_ref()))
    };
    told(with(root, run).map_err(|error| error.to_string()), &[])
}

fn files_follow(tracked: &mut TrackedFiles, files: &[Swap]) -> Result<(), GitError> {
    // What goes leaves its place to a directory, or a directory to it.
    for swap in files {
        if swap.before.is_some() && swap.after.is_none() {
            tracked.forget_announced(&swap.path)?;
        }
    }
    for Swap {
        path,
        before,
        after,
    } in files
    {
        if let (None, Some(file)) = (before, after)
            && is_to_track(path)
        {
            tracked.announce(path, file)?;
        }
    }
    Ok(())
}

fn is_to_track(path: &RelPath) -> bool {
    !path.components().any(|name| name.ends_with(NEW))
}

fn with(
    root: &Path,
    run: impl FnOnce(&mut TrackedFiles) -> Result<(), GitError>,
) -> Result<(), GitError> {
    let Some(mut tracked) = TrackedFiles::around(root)? else {
        return Ok(());
    };
    run(&mut tracked)?;
    tracked.write()
}

fn told(done: Result<(), String>, files: &[Swap]) -> Told {
    let Err(error) = done else {
        return Told::default();
    };
    let new = files.iter().filter(|swap| is_new(swap));
    Told {
        notes: vec![format!("git's index was left as it is: {error}")],
        untracked: new.map(|swap| swap.path.to_string()).collect(),
    }
}
