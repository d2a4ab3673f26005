//! Following nixpkgs: the index is read anew, the release stays.

use super::Found;
use super::args::Wish;
use crate::cmd::Context;
use crate::cmd::index::{Place, read, with_file};
use crate::cmd::repository::{Repository, Request, Versions};
use crate::diagnostic::Failure;
use crate::disk;
use crate::nixpkgs::{FLOX_LOCK, INDEX_FILE, Pinned, Refreshed, pinned};
use crate::tree::File;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// What is wanted of the repository. When the plan is made anew, nixpkgs is not read again: `kept` has it.
pub(super) fn request(
    place: &Place,
    wish: &Wish,
    kept: &RefCell<Option<Refreshed>>,
    repository: &Repository,
    context: &Context<'_>,
) -> Result<(Request, Found), Failure> {
    let mut kept = kept.borrow_mut();
    let refreshed = match kept.take() {
        Some(refreshed) => refreshed,
        None => read(place, repository, context)?,
    };
    let mut notes = Vec::new();
    let mut own = BTreeMap::new();
    let mut index = None;
    let flox = flox(repository);
    let is_built_with = |one: &Refreshed| {
        let revision = flox.as_ref().map(|pinned| &pinned.revision);
        revision.is_some() && one.revision.as_ref() == revision
    };
    // An index of the nixpkgs that Flox builds with is worth having, even where it says the same.
    let is_old_news = |old: &Refreshed| {
        is_same(old, &refreshed) && (is_built_with(old) || !is_built_with(&refreshed))
    };
    if old(repository).as_ref().is_some_and(is_old_news) {
        notes.push(format!(
            "{} has the same versions of all that can be required here as the index",
            refreshed.place()
        ));
    } else {
        let path = INDEX_FILE.parse().map_err(|error| {
            Failure::refused(format!("`{INDEX_FILE}` cannot be written")).because(error)
        })?;
        own.insert(path, Some(File::text(refreshed.to_text())));
        index = Some(with_file(None)?.refreshed(&refreshed));
    }
    if !is_built_with(&refreshed) {
        notes.extend(flox.map(|pinned| apart(&pinned, &refreshed)));
    }
    *kept = Some(refreshed);
    let mut scaffold = repository.scaffold.clone();
    scaffold.kept = None;
    let command = wish.command(&repository.intent);
    let request = Request {
        index,
        own,
        scaffold: Some(scaffold.clone()),
        versions: Versions::Move,
        ..repository.request(&command)
    };
    let found = Found {
        notes,
        command,
        scaffold: Some(scaffold),
    };
    Ok((request, found))
}

/// The nixpkgs that Flox builds with, where its lock pins one.
fn flox(repository: &Repository) -> Option<Pinned> {
    let text = disk::read_text(&repository.root.path().join(FLOX_LOCK)).ok()?;
    pinned(&text).ok()?
}

/// What is to be said where Flox builds with another nixpkgs than the one that was read.
fn apart(pinned: &Pinned, refreshed: &Refreshed) -> String {
    let Pinned { revision, date } = pinned;
    let short = revision.get(..12).unwrap_or(revision);
    let date = date.as_ref().map(|date| format!(" of {date}"));
    format!(
        "Flox's lock pins nixpkgs at {short}{}, and what was read is {}; `floxwright update --nixpkgs=github:flox/nixpkgs/{revision}` lets Nix look into the one that is built with",
        date.unwrap_or_default(),
        refreshed.place()
    )
}

/// What was read of nixpkgs before, if anything was.
fn old(repository: &Repository) -> Option<Refreshed> {
    let path = repository.root.path().join(INDEX_FILE);
    let text = disk::read_text(&path).ok()?;
    Refreshed::parse(&text).ok()
}

/// Whether both readings say the same of everything; the day and the commit alone are no news.
fn is_same(old: &Refreshed, new: &Refreshed) -> bool {
    (&old.source, &old.python, &old.packages) == (&new.source, &new.python, &new.packages)
}
