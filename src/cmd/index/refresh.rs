//! `index refresh`: reads a nixpkgs, and the repository follows.

use super::reading::read;
use super::{Place, with_file, word};
use crate::cmd::mode::Mode;
use crate::cmd::repository::{
    Options, Repository, Request, Trust, change, conflicts, files_told, root,
};
use crate::cmd::{Context, json};
use crate::diagnostic::Failure;
use crate::nixpkgs::{INDEX_FILE, Refreshed};
use crate::plan::{diff, json as plan_json};
use crate::python::PyName;
use crate::template::shell_word;
use crate::tree::{File, RelPath};
use clap::ArgMatches;
use serde_json::json as object;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Runs `index refresh`.
pub(super) fn refresh(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let root = root(context)?;
    let nixpkgs = matches.get_one::<String>("nixpkgs");
    let place = Place::from(nixpkgs.map(String::as_str), matches);
    let kept = RefCell::new(None);
    let options = Options {
        mode: Mode::from(matches),
        trust: Trust::Whole,
        judge: &|_, _| Ok(()),
    };
    let ended = change(&root, &options, context, &|repository| {
        // When a file was saved meanwhile the plan is made anew, but nixpkgs is not read again.
        let mut kept = kept.borrow_mut();
        let refreshed = match kept.take() {
            Some(refreshed) => refreshed,
            None => read(&place, repository, context)?,
        };
        let index = with_file(None)?.refreshed(&refreshed);
        let refreshed = kept.insert(refreshed);
        Ok(Request {
            index: Some(index),
            own: own(refreshed)?,
            ..repository.request(&said(&place))
        })
    })?;
    let nothing = || Failure::refused("nothing was read");
    let refreshed = kept.into_inner().ok_or_else(nothing)?;
    let changes = changes(&ended.before, &refreshed)?;
    let planned = &ended.planned;
    let written = options.mode == Mode::Write && !planned.plan.is_empty();
    let notes = planned.notes.iter().chain(&ended.notes);
    if json::is_asked(matches) {
        let absent = refreshed.packages.values().filter(|found| found.is_none());
        let text = json::text(&object!({
            "schema": 1,
            "command": "index refresh",
            "state": options.mode.state(&planned.plan),
            "source": refreshed.source,
            "revision": refreshed.revision,
            "date": refreshed.date,
            "looked-for": refreshed.packages.len(),
            "absent": absent.count(),
            "changes": changes.iter().map(|(name, old, new)| object!({ "name": name.as_str(), "before": old, "now": new })).collect::<Vec<_>>(),
            "notes": notes.collect::<Vec<_>>(),
            "files": plan_json(&planned.plan),
        }))?;
        context.ui.result(&text)?;
    } else {
        notes.for_each(|note| context.ui.warn(note));
        match options.mode {
            Mode::Diff => context.ui.result(&diff(&planned.plan))?,
            _ => context
                .ui
                .result(&told(&refreshed, &changes, &files_told(&planned.plan)))?,
        }
    }
    conflicts(&planned.conflicts, written).map_or(Ok(()), Err)
}

/// The file that keeps what was read.
fn own(refreshed: &Refreshed) -> Result<BTreeMap<RelPath, Option<File>>, Failure> {
    let path = INDEX_FILE.parse().map_err(unusable)?;
    Ok([(path, Some(File::text(refreshed.to_text())))].into())
}

fn unusable(error: impl std::fmt::Display) -> Failure {
    Failure::refused(format!("`{INDEX_FILE}` cannot be written")).because(error)
}

/// The command, as a person would type it again.
fn said(place: &Place) -> String {
    let nixpkgs = place.nixpkgs.iter();
    let nixpkgs = nixpkgs.map(|given| format!("--nixpkgs {}", shell_word(given)));
    let words = std::iter::once("floxwright index refresh".to_owned());
    let words = words.chain(nixpkgs).chain(place.flags());
    words.collect::<Vec<_>>().join(" ")
}

/// What is known otherwise than before: name, before, now.
fn changes(
    before: &Repository,
    refreshed: &Refreshed,
) -> Result<Vec<(PyName, String, String)>, Failure> {
    let new = with_file(None)?.refreshed(refreshed);
    let all = refreshed.packages.keys().map(|name| {
        let (old, new) = (before.index.look_up(name), new.look_up(name));
        (name.clone(), word(old).to_owned(), word(new).to_owned())
    });
    Ok(all.filter(|(_, old, new)| old != new).collect())
}

/// For a person.
fn told(refreshed: &Refreshed, changes: &[(PyName, String, String)], files: &str) -> String {
    let there = refreshed.packages.values().flatten();
    let mut text = format!(
        "{}, {}: {} of {} distributions are there\n",
        refreshed.place(),
        refreshed.date,
        there.count(),
        refreshed.packages.len()
    );
    let width = changes.iter().map(|(name, ..)| name.as_str().len()).max();
    for (name, old, new) in changes {
        let width = width.unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {name:width$}  {old} → {new}");
    }
    let files = if files.is_empty() {
        "nothing to do"
    } else {
        files
    };
    text + files + "\n"
}
