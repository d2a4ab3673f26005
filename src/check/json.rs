//! Findings for programs.

use super::region::region;
use super::{Edit, Finding, Place, Report, Repository, Settings, Severity};
use serde_json::{Map, Value, json as object};

/// The result of a check. `directory` is where the repository is.
pub fn json(
    report: &Report,
    repository: &Repository<'_>,
    settings: &Settings,
    directory: &str,
) -> Value {
    let counts: Map<String, Value> = Severity::ALL
        .iter()
        .map(|severity| (severity.name().to_owned(), report.count(*severity).into()))
        .collect();
    let subject = repository.subject;
    let upstream = &repository.scaffold.catalogue.upstream.name;
    let findings = report.findings.iter();
    let findings = findings.map(|finding| one(finding, repository));
    object!({
        "schema": 1,
        "command": "check",
        "state": if report.is_denied(settings) { "denied" } else if report.findings.is_empty() { "clean" } else { "found" },
        "directory": directory,
        "upstream": subject.is_recognised.then_some(upstream),
        "release": subject.is_recognised.then_some(&subject.release),
        "python": subject.python.to_string(),
        "counts": counts,
        "mendable": report.mendable(),
        "allowed": report.allowed,
        "findings": findings.collect::<Vec<Value>>(),
    })
}

fn one(finding: &Finding, repository: &Repository<'_>) -> Value {
    let notes = finding.notes.iter().map(|note| {
        let place = note
            .place
            .as_ref()
            .map(|place| whereabouts(place, repository));
        object!({ "text": note.text, "place": place })
    });
    let fix = finding.fix.as_ref().map(|fix| {
        let edits = fix.edits.iter().map(|edit| change(edit, repository));
        object!({ "title": fix.title, "edits": edits.collect::<Vec<Value>>() })
    });
    let place = finding.place.as_ref();
    object!({
        "rule": finding.rule.id,
        "severity": finding.rule.severity.name(),
        "message": finding.message,
        "place": place.map(|place| whereabouts(place, repository)),
        "notes": notes.collect::<Vec<Value>>(),
        "help": finding.help,
        "fix": fix,
    })
}

fn change(edit: &Edit, repository: &Repository<'_>) -> Value {
    object!({ "place": whereabouts(&edit.place, repository), "text": edit.text })
}

/// A place with its lines and columns, from 1, the columns in characters.
fn whereabouts(place: &Place, repository: &Repository<'_>) -> Value {
    let at = region(place, repository);
    object!({
        "path": place.path,
        "line": at.line,
        "column": at.column,
        "end-line": at.end_line,
        "end-column": at.end_column,
    })
}
