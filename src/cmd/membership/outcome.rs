//! What `add` and `remove` say at their end.

use super::args::{Verb, Wish, is_many};
use super::turnover::{Turnover, turnover};
use crate::cmd::Context;
use crate::cmd::mode::Mode;
use crate::cmd::repository::{Ended, files_json, files_told};
use crate::diagnostic::Failure;
use crate::model::{Layout, LockedPackage};
use crate::plan::{counts, json as plan_json};
use crate::python::PyName;
use crate::template::shell_word;
use crate::ui::{NextStep, Outcome};
use serde_json::{Value, json as object};
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

fn versions(
    packages: &BTreeMap<PyName, LockedPackage>,
    pick: impl Fn(&PyName, &LockedPackage) -> bool,
) -> String {
    let lines = packages
        .iter()
        .filter(|(name, package)| pick(name, package));
    let lines = lines.map(|(name, package)| {
        let because = if package.because == "asked for" {
            String::new()
        } else {
            format!(", {}", sentence(&package.because))
        };
        format!("{name} {}{because}", package.version)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A reason in the middle of a line.
fn sentence(because: &str) -> String {
    let text = because.trim_end_matches('.');
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_lowercase().to_string());
    format!("{}{}", first.unwrap_or_default(), chars.as_str())
}

/// The plan of a dry run.
pub(super) fn planned(ended: &Ended) -> String {
    if ended.planned.plan.is_empty() {
        return "nothing to do\n".to_owned();
    }
    format!("{}\n", files_told(&ended.planned.plan))
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
    let Turnover { came, went } = turnover(ended);
    let is_asked = |_: &PyName, package: &LockedPackage| package.because == "asked for";
    let (created, replaced, removed) = counts(&planned.plan.outside(crate::generate::BASE));
    let merged: Vec<String> = planned.merged.iter().map(ToString::to_string).collect();
    let facts = [
        ("Added", versions(&came, is_asked)),
        (
            "Came along",
            versions(&came, |name, package| !is_asked(name, package)),
        ),
        ("Gone", versions(&went, |_, _| true)),
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
            next(wish, ended, context)
        } else {
            Vec::new()
        },
    }
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

/// What remains to be done, each only where it is needed.
fn next(wish: &Wish, ended: &Ended, context: &Context<'_>) -> Vec<NextStep> {
    let lock = &ended.planned.lock;
    let root = ended.before.root.path();
    let mut steps = Vec::new();
    if crate::cmd::path::normal(&context.world.cwd) != root {
        steps.push(step(
            "Go there.",
            format!("cd {}", shell_word(&root.to_string_lossy())),
        ));
    }
    if !ended.has_git {
        steps.push(step(
            "Flox builds from a git repository only.",
            "git init -b main && git add --force --all".to_owned(),
        ));
    } else if !ended.untracked.is_empty() {
        let words: Vec<String> = ended
            .untracked
            .iter()
            .map(|path| shell_word(path))
            .collect();
        steps.push(step(
            "Let git know the new files: Flox sees no others.",
            format!("git add --force --intent-to-add {}", words.join(" ")),
        ));
    }
    let came = turnover(ended).came;
    let only: Vec<&PyName> = came
        .iter()
        .filter(|(_, package)| package.because == "asked for")
        .map(|(name, _)| name)
        .collect();
    let target = match only.as_slice() {
        [name] if ended.before.intent.layout == Layout::Split => name.to_string(),
        _ => lock.environment.name.clone(),
    };
    steps.push(step("Build it.", format!("flox build {target}")));
    steps.push(step("Prove that it runs.", "tests/verify".to_owned()));
    let message = format!(
        "{} {}",
        match wish.verb {
            Verb::Add => "Add",
            Verb::Remove => "Remove",
        },
        subject(wish)
    );
    let commit = if ended.has_git {
        "git commit --all"
    } else {
        "git commit"
    };
    steps.push(step(
        "Commit.",
        format!("{commit} --message {}", shell_word(&message)),
    ));
    steps.push(step("Or take it back.", "floxwright undo".to_owned()));
    steps
}

fn step(what: &str, command: String) -> NextStep {
    NextStep {
        what: what.to_owned(),
        command,
    }
}

/// For a program.
pub(super) fn json(
    wish: &Wish,
    ended: &Ended,
    notes: &[String],
    mode: Mode,
) -> Result<String, Failure> {
    let planned = &ended.planned;
    let Turnover { came, went } = turnover(ended);
    let state = match (planned.plan.is_empty(), mode) {
        (true, _) => "unchanged",
        (false, Mode::Write) => "written",
        (false, Mode::Plan | Mode::Diff) => "planned",
    };
    let (conflicts, merged) = files_json(planned);
    let list = |packages: &BTreeMap<PyName, LockedPackage>| -> Value {
        let packages = packages.iter().map(|(name, package)| object!({ "name": name.as_str(), "version": package.version, "because": package.because }));
        packages.collect()
    };
    let versions: BTreeMap<String, &str> = planned
        .lock
        .packages
        .iter()
        .map(|(name, package)| (name.to_string(), package.version.as_str()))
        .collect();
    crate::cmd::json::text(&object!({
        "schema": 1,
        "command": wish.verb.name(),
        "state": state,
        "directory": ended.before.root.path().to_string_lossy(),
        "release": planned.lock.release.version,
        "packages": versions,
        "added": list(&came),
        "removed": list(&went),
        "conflicts": conflicts,
        "merged": merged,
        "notes": notes,
        "reproduce": wish.command(),
        "files": plan_json(&planned.plan),
    }))
}
