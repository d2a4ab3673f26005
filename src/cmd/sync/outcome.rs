//! What `sync` says: what differs, and why.

use crate::cmd::Context;
use crate::cmd::mode::Mode;
use crate::cmd::next_steps::next;
use crate::cmd::repository::{Ended, Planned, files_json, files_told};
use crate::cmd::turnover::{Turnover, json_list};
use crate::diagnostic::Failure;
use crate::generate::BASE;
use crate::model::{Lock, LockedPackage};
use crate::plan::{counts, json as plan_json};
use crate::python::PyName;
use crate::ui::Outcome;
use crate::workspace::Changed;
use serde_json::{Value, json as object};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Requirements that came, went or are bounded in another way, of one package.
struct Other {
    package: PyName,
    added: Vec<String>,
    removed: Vec<String>,
}

/// What the requirements of packages that stay are now and were not, and the other way round.
fn others(old: &[&Lock], new: &Lock) -> Vec<Other> {
    let before: BTreeMap<&PyName, &LockedPackage> =
        old.iter().flat_map(|lock| built(lock)).collect();
    let lines = |package: &LockedPackage| -> BTreeSet<String> {
        let requires = package.requires.iter();
        requires.map(|one| one.requirement.clone()).collect()
    };
    let both =
        built(new).filter_map(|(name, now)| Some((name, lines(before.get(name)?), lines(now))));
    both.map(|(name, before, now)| Other {
        package: name.clone(),
        added: now.difference(&before).cloned().collect(),
        removed: before.difference(&now).cloned().collect(),
    })
    .filter(|other| !other.added.is_empty() || !other.removed.is_empty())
    .collect()
}

/// What is built, third-party distributions included.
fn built(lock: &Lock) -> impl Iterator<Item = (&PyName, &LockedPackage)> {
    let others = lock.third_party.iter();
    lock.packages
        .iter()
        .chain(others.map(|(name, other)| (name, &other.package)))
}

/// Versions that are others now: name, before, now.
fn versions(old: &[&Lock], new: &Lock) -> Vec<(PyName, String, String)> {
    let before: BTreeMap<&PyName, &LockedPackage> =
        old.iter().flat_map(|lock| built(lock)).collect();
    let both = built(new).filter_map(|(name, now)| Some((name, before.get(name)?, now)));
    both.filter(|(_, before, now)| before.version != now.version)
        .map(|(name, before, now)| (name.clone(), before.version.clone(), now.version.clone()))
        .collect()
}

/// What differs, with labels, each only where there is something.
pub(super) fn facts(old: &[&Lock], planned: &Planned) -> Vec<(&'static str, String)> {
    let new = &planned.lock;
    let turnover = Turnover::between(old, new);
    let changed = planned.since.iter().flatten().map(Changed::told);
    let versions = versions(old, new)
        .into_iter()
        .map(|(name, before, now)| format!("{name} {before} → {now}"));
    let others = others(old, new).into_iter().map(|other| {
        let mut line = other.package.to_string();
        for (mark, requirements) in [("-", other.removed), ("+", other.added)] {
            for requirement in requirements {
                let _ = write!(line, " {mark}{requirement}");
            }
        }
        line
    });
    let lines = |lines: &mut dyn Iterator<Item = String>| lines.collect::<Vec<_>>().join("\n");
    let facts = [
        ("Changed", lines(&mut { changed })),
        ("Added", turnover.asked()),
        ("Came along", turnover.along()),
        ("Gone", turnover.gone()),
        ("Versions", lines(&mut { versions })),
        ("Requirements", lines(&mut { others })),
    ];
    facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// What the person ought to know.
pub(super) fn notes(ended: &Ended) -> Vec<String> {
    let planned = &ended.planned;
    // Where nothing changes, nothing new is to be known of what is there.
    if planned.plan.is_empty() {
        return Vec::new();
    }
    planned.notes.clone()
}

/// The report that stands before the files of a plan.
pub(super) fn report(ended: &Ended) -> String {
    let mut text = String::new();
    for (label, value) in facts(&ended.before.locks(), &ended.planned) {
        let _ = writeln!(text, "{label}:\n  {}", value.replace('\n', "\n  "));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// For a person.
pub(super) fn outcome(ended: &Ended, context: &Context<'_>) -> Outcome {
    let planned = &ended.planned;
    if planned.plan.is_empty() {
        return Outcome {
            title: "nothing to do".to_owned(),
            ..Outcome::default()
        };
    }
    let mut facts = facts(&ended.before.locks(), planned);
    let merged: Vec<String> = planned.merged.iter().map(ToString::to_string).collect();
    if !merged.is_empty() {
        facts.push(("Your changes kept", merged.join("\n")));
    }
    let (created, replaced, removed) = counts(&planned.plan.outside(BASE));
    facts.push((
        "Files",
        format!(
            "{created} new, {replaced} changed, {removed} removed\n{}",
            files_told(&planned.plan)
        ),
    ));
    Outcome {
        title: format!("{} follows floxwright.toml", ended.before.intent.name),
        facts: facts
            .into_iter()
            .map(|(label, value)| (label.to_owned(), value))
            .collect(),
        reproduce: super::COMMAND.to_owned(),
        next: if planned.conflicts.is_empty() {
            next("Follow floxwright.toml", ended, context)
        } else {
            Vec::new()
        },
    }
}

/// For a program.
pub(super) fn json(ended: &Ended, notes: &[String], mode: Mode) -> Result<String, Failure> {
    let planned = &ended.planned;
    let old = ended.before.locks();
    let turnover = Turnover::of(ended);
    let (conflicts, merged) = files_json(&planned.conflicts, &planned.merged);
    let changed = planned.since.as_ref().map(|since| {
        since
            .iter()
            .map(|one| object!({ "key": one.key, "before": one.before, "now": one.now }))
            .collect::<Vec<Value>>()
    });
    let versions: Vec<Value> = versions(&old, &planned.lock)
        .into_iter()
        .map(|(name, before, now)| object!({ "name": name.as_str(), "before": before, "now": now }))
        .collect();
    let requirements: Vec<Value> = others(&old, &planned.lock)
        .into_iter()
        .map(|other| object!({ "package": other.package.as_str(), "added": other.added, "removed": other.removed }))
        .collect();
    crate::cmd::json::text(&object!({
        "schema": 1,
        "command": "sync",
        "state": mode.state(&planned.plan),
        "directory": ended.before.root.path().to_string_lossy(),
        "release": planned.lock.release.version,
        "changed": changed,
        "added": json_list(&turnover.came),
        "removed": json_list(&turnover.went),
        "versions": versions,
        "requirements": requirements,
        "conflicts": conflicts,
        "merged": merged,
        "notes": notes,
        "files": plan_json(&planned.plan),
    }))
}
