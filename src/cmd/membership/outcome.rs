//! What `add` and `remove` say at their end.

use super::args::{Verb, Wish, is_many};
use crate::cmd::Context;
use crate::cmd::mode::Mode;
use crate::cmd::next_steps::next;
use crate::cmd::repository::{Ended, files_json, files_told};
use crate::cmd::turnover::{Turnover, json_list};
use crate::diagnostic::Failure;
use crate::plan::{counts, json as plan_json};
use crate::ui::Outcome;
use serde_json::json as object;
use std::collections::BTreeMap;

/// From so many packages on, the monorepo is unpacked so often that it is worth a word.
const MANY: usize = 10;

/// What many packages from one large source cost.
pub(super) fn cost(wish: &Wish, ended: &Ended) -> Option<String> {
    let lock = &ended.planned.lock;
    if wish.verb != Verb::Add
        || lock.release.source.is_none()
        || !wish.words.iter().any(|word| is_many(word))
    {
        return None;
    }
    let count = lock
        .packages
        .values()
        .filter(|package| package.origin.path().is_some())
        .count();
    (count >= MANY).then(|| {
        format!(
            "{count} packages come from the monorepo, and each of them unpacks a copy of all of it when it is built; `source = \"pypi\"` under `[upstream]` builds each from its own small sdist"
        )
    })
}

/// For a person.
pub(super) fn outcome(wish: &Wish, ended: &Ended, context: &Context<'_>) -> Outcome {
    let planned = &ended.planned;
    if planned.plan.is_empty() {
        return Outcome {
            title: "nothing to do".to_owned(),
            ..Outcome::default()
        };
    }
    let turnover = Turnover::of(ended);
    let (created, replaced, removed) = counts(&planned.plan.outside(crate::generate::BASE));
    let merged: Vec<String> = planned.merged.iter().map(ToString::to_string).collect();
    let facts = [
        ("Added", turnover.asked()),
        ("Came along", turnover.along()),
        ("Gone", turnover.gone()),
        ("Your changes kept", merged.join("\n")),
        (
            "Files",
            format!(
                "{created} new, {replaced} changed, {removed} removed\n{}",
                files_told(&planned.plan)
            ),
        ),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    Outcome {
        title: title(wish, ended),
        facts: facts
            .map(|(label, value)| (label.to_owned(), value))
            .collect(),
        reproduce: wish.command(),
        next: if planned.conflicts.is_empty() {
            next(&message(wish), ended, context)
        } else {
            Vec::new()
        },
    }
}

/// The message of a commit.
fn message(wish: &Wish) -> String {
    let done = match wish.verb {
        Verb::Add => "Add",
        Verb::Remove => "Remove",
    };
    format!("{done} {}", subject(wish))
}

fn title(wish: &Wish, ended: &Ended) -> String {
    let upstream = &ended.before.scaffold.catalogue.upstream.name;
    let what = subject(wish);
    let done = match wish.verb {
        Verb::Add => "added to",
        Verb::Remove => "removed from",
    };
    format!(
        "{what} {done} {}, {upstream} {}",
        ended.before.intent.name, ended.planned.lock.release.version
    )
}

/// What it was about, in a few words.
fn subject(wish: &Wish) -> String {
    let mut words: Vec<String> = wish
        .words
        .iter()
        .map(|word| match word.strip_prefix("category:") {
            Some(name) => format!("the category {name}"),
            None if word == "all" => "every package".to_owned(),
            None => word.clone(),
        })
        .collect();
    words.extend(wish.libraries.iter().map(ToString::to_string));
    words.extend(wish.overrides.iter().map(|(name, version)| match version {
        Some(version) => format!("{name} {version}"),
        None => format!("the override of {name}"),
    }));
    if let Some(missing) = wish.missing.filter(|_| words.is_empty()) {
        words.push(format!("`missing = \"{missing}\"`"));
    }
    if words.len() > 4 {
        return format!("{} things", words.len());
    }
    words.join(", ")
}

/// For a program.
pub(super) fn json(
    wish: &Wish,
    ended: &Ended,
    notes: &[String],
    mode: Mode,
) -> Result<String, Failure> {
    let planned = &ended.planned;
    let turnover = Turnover::of(ended);
    let (conflicts, merged) = files_json(&planned.conflicts, &planned.merged);
    let versions: BTreeMap<String, &str> = planned
        .lock
        .packages
        .iter()
        .map(|(name, package)| (name.to_string(), package.version.as_str()))
        .collect();
    crate::cmd::json::text(&object!({
        "schema": 1,
        "command": wish.verb.name(),
        "state": mode.state(&planned.plan),
        "directory": ended.before.root.path().to_string_lossy(),
        "release": planned.lock.release.version,
        "packages": versions,
        "added": json_list(&turnover.came),
        "removed": json_list(&turnover.went),
        "conflicts": conflicts,
        "merged": merged,
        "notes": notes,
        "reproduce": wish.command(),
        "files": plan_json(&planned.plan),
    }))
}
