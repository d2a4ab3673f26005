//! How the files of a repository stand, without changing anything: edited, missing, in conflict, or other than they would be made now.

use super::base::base;
use super::documents::{Behind, behind, documents};
use super::open::Repository;
use super::request::Scope;
use crate::cmd::Context;
use crate::cmd::desired::{Desired, desired};
use crate::cmd::facts::Settled;
use crate::diagnostic::Failure;
use crate::model::Owner;
use crate::reconcile::{NEW, is_marked, plain, same};
use crate::tree::{File, Found, RelPath, Tree};
use crate::workspace::{Changed, LOCK_FILE, intent_changes};
use std::collections::{BTreeMap, BTreeSet};

/// One thing to be said of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::cmd) enum State {
    /// It has markers, or something waits beside it.
    Conflicted,
    /// It was made, and is not there.
    Missing,
    /// It would be made otherwise now, or for the first time, or no longer.
    Drifted,
    /// The person changed it.
    Edited,
}

impl State {
    /// The word for it.
    pub(in crate::cmd) fn name(self) -> &'static str {
        match self {
            Self::Conflicted => "conflicted",
            Self::Missing => "missing",
            Self::Drifted => "drifted",
            Self::Edited => "edited",
        }
    }
}

/// How a repository stands.
pub(in crate::cmd) struct Standing {
    /// What there is to say of files; those that are as they were made do not occur.
    pub(in crate::cmd) files: BTreeMap<RelPath, BTreeSet<State>>,
    /// What floxwright would make now, or why that is not known.
    pub(in crate::cmd) desired: Result<Desired, Failure>,
    /// What says something else in `floxwright.toml` than when the lock was made; `None` where nobody knows.
    pub(in crate::cmd) since: Option<Vec<Changed>>,
    /// What keeps the documents from being made by themselves.
    pub(in crate::cmd) behind: Option<Behind>,
    /// What has to be said of the base.
    pub(in crate::cmd) notes: Vec<String>,
}

/// Looks at every file that floxwright made or would make, as far as `scope` goes.
pub(in crate::cmd) fn standing(
    repository: &Repository,
    scope: &Scope,
    context: &Context<'_>,
) -> Result<Standing, Failure> {
    let base = base(repository, context)?;
    let desired = match scope {
        Scope::All => desired(
            &repository.intent,
            &repository.scaffold,
            &repository.index,
            &Settled::by(&repository.locks()),
            context,
        ),
        Scope::Documents(picked) => documents(repository, &base, picked, context),
    };
    let made = desired.as_ref().ok().map(generated);
    let mut files = BTreeMap::new();
    let empty = Tree::new();
    let paths: BTreeSet<&RelPath> = base
        .tree
        .paths()
        .chain(made.as_ref().unwrap_or(&empty).paths())
        .collect();
    for path in paths {
        let old = base.tree.get(path);
        let found = repository.look(path)?;
        let mut states = of_file(old, &found);
        let beside = format!("{path}{NEW}").parse::<RelPath>();
        if let Ok(beside) = beside
            && repository.look(&beside)?.file().is_some()
        {
            states.insert(State::Conflicted);
        }
        if let Some(made) = &made
            && !are_same(old, made.get(path))
        {
            states.insert(State::Drifted);
        }
        if !states.is_empty() {
            files.insert(path.clone(), states);
        }
    }
    if let Some(state) = of_lock(repository, desired.as_ref().ok())? {
        let path: Result<RelPath, _> = LOCK_FILE.parse();
        files.extend(path.map(|path| (path, BTreeSet::from([state]))));
    }
    Ok(Standing {
        files,
        desired,
        behind: behind(repository, base.intent.as_ref()),
        since: base
            .intent
            .map(|last| intent_changes(&last, &repository.intent)),
        notes: base.notes,
    })
}

/// The files that are kept up to date.
fn generated(desired: &Desired) -> Tree {
    let files = desired.lock.files.iter();
    let kept = files.filter(|(_, file)| file.owner == Owner::Generated);
    kept.filter_map(|(path, _)| Some((path.clone(), desired.tree.get(path)?.clone())))
        .collect()
}

fn are_same(one: Option<&File>, other: Option<&File>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => same(one, other),
        (None, None) => true,
        _ => false,
    }
}

/// What a file's base and the file itself tell.
fn of_file(base: Option<&File>, found: &Found) -> BTreeSet<State> {
    let mut states = BTreeSet::new();
    let has_markers = |file: &File| plain(file).is_some_and(|text| is_marked(&text));
    match (base, found) {
        (Some(_), Found::Absent | Found::Behind(..)) => {
            states.insert(State::Missing);
        }
        (Some(base), Found::File(file)) if !same(base, file) => {
            states.insert(State::Edited);
        }
        (Some(_), Found::Other(_)) => {
            states.insert(State::Edited);
        }
        _ => {}
    }
    if let Found::File(file) = found
        && has_markers(file)
        && !base.is_some_and(has_markers)
    {
        states.insert(State::Conflicted);
    }
    states
}

/// The lock is floxwright's own: it is there as it would be made, or it has to be made.
fn of_lock(repository: &Repository, desired: Option<&Desired>) -> Result<Option<State>, Failure> {
    let path = super::open::own(LOCK_FILE);
    Ok(match (repository.look(&path)?, desired) {
        (Found::Absent, _) => Some(State::Missing),
        (Found::File(file), Some(desired)) => {
            let is_it = desired.tree.get(&path).is_some_and(|new| same(new, &file));
            (!is_it).then_some(State::Drifted)
        }
        _ => None,
    })
}
