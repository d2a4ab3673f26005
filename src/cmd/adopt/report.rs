//! What is said of a taking over: what was inferred and from where, what is corrected, what becomes of the files.

use super::propose::Told;
use crate::adopt::{Corrections, Fate, FileFate, Inference, Place};
use crate::cmd::repository::{files_json, files_told};
use crate::diagnostic::Failure;
use crate::plan::json as plan_json;
use serde_json::{Value, json as object};

fn places(places: &[Place]) -> String {
    let shown: Vec<String> = places.iter().take(3).map(ToString::to_string).collect();
    let rest = places.len().saturating_sub(shown.len());
    match (shown.is_empty(), rest) {
        (true, _) => String::new(),
        (false, 0) => format!(" ({})", shown.join(", ")),
        (false, rest) => format!(" ({} and {rest} more)", shown.join(", ")),
    }
}

fn value(one: &Inference) -> String {
    let line = one.value.line();
    if line.is_empty() {
        "none".to_owned()
    } else {
        line
    }
}

/// An inference: how sure, why, where.
pub(super) fn why(one: &Inference) -> String {
    format!(
        "{}: {}{}",
        one.sure.name(),
        one.because,
        places(&one.places)
    )
}

/// One line for each inference.
pub(super) fn inferences(told: Told<'_>) -> Vec<String> {
    let known = told.story.inferred.known.iter();
    known
        .map(|one| {
            let label = one.field.label().to_lowercase();
            format!("{label} {}: {}", value(one), why(one))
        })
        .collect()
}

fn head(one: &Corrections) -> String {
    match (&one.package, &one.was) {
        (None, _) => "all packages".to_owned(),
        (Some(name), Some(was)) if *was != one.now => format!("{name} {was} -> {}", one.now),
        (Some(name), _) => format!("{name} {}", one.now),
    }
}

/// The corrections: a line for what they are about, and an indented one for each.
pub(super) fn corrections(told: Told<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for group in &told.story.corrections {
        lines.push(head(group));
        for one in &group.corrections {
            let place = one.place.as_ref().map(|place| format!("{place}: "));
            lines.push(format!(
                "  {}{}: {}",
                place.unwrap_or_default(),
                one.what,
                one.text
            ));
        }
    }
    lines
}

/// What becomes of the files that are there, except those that are as they would be made.
pub(super) fn fates(told: Told<'_>) -> Vec<String> {
    let all = told.story.decided.fates.iter();
    all.filter(|one| one.fate != Fate::Same).map(fate).collect()
}

fn fate(one: &FileFate) -> String {
    let to = match &one.fate {
        Fate::Moved(to) => format!(" -> {to}"),
        _ => String::new(),
    };
    let because = one.because.join("; ");
    let because = if because.is_empty() {
        String::new()
    } else {
        format!(": {because}")
    };
    format!("{} {}{to}{because}", one.fate.name(), one.path)
}

/// The whole as text.
pub(super) fn text(told: Told<'_>) -> String {
    let sections = [
        ("What the files say", inferences(told)),
        ("What is corrected", corrections(told)),
        ("What becomes of the files that are there", fates(told)),
        (
            "What is written",
            files_told(&told.planned.plan)
                .lines()
                .map(str::to_owned)
                .collect(),
        ),
    ];
    let mut text = String::new();
    for (heading, lines) in sections.iter().filter(|(_, lines)| !lines.is_empty()) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(heading);
        text.push('\n');
        for line in lines {
            text.push_str("  ");
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

/// The whole for a program.
pub(super) fn json(
    told: Told<'_>,
    state: &str,
    directory: &str,
    notes: &[String],
) -> Result<String, Failure> {
    let planned = &told.planned;
    let (conflicts, _) = files_json(&planned.conflicts, &planned.merged);
    let known = told.story.inferred.known.iter().map(|one| {
        object!({
            "field": one.field.key(),
            "value": one.value.texts(),
            "sure": one.sure.name(),
            "because": one.because,
            "places": one.places.iter().map(place).collect::<Vec<_>>(),
        })
    });
    let corrections = told.story.corrections.iter().map(|group| {
        let corrections = group.corrections.iter().map(|one| {
            object!({ "what": one.what, "text": one.text, "place": one.place.as_ref().map(place) })
        });
        object!({
            "package": group.package.as_ref().map(ToString::to_string),
            "was": group.was,
            "now": group.now,
            "corrections": corrections.collect::<Vec<_>>(),
        })
    });
    let fates = told.story.decided.fates.iter().map(|one| {
        let to = match &one.fate {
            Fate::Moved(to) => Some(to.as_str()),
            _ => None,
        };
        object!({ "path": one.path, "fate": one.fate.name(), "to": to, "because": one.because })
    });
    crate::cmd::json::text(&object!({
        "schema": 1,
        "command": "adopt",
        "state": state,
        "directory": directory,
        "release": planned.lock.release.version,
        "inferred": known.collect::<Vec<_>>(),
        "corrected": corrections.collect::<Vec<_>>(),
        "found": fates.collect::<Vec<_>>(),
        "conflicts": conflicts,
        "notes": notes,
        "files": plan_json(&planned.plan),
    }))
}

fn place(place: &Place) -> Value {
    object!({ "path": place.path, "line": place.line })
}
