//! Findings as SARIF 2.1.0, as code scanning takes them.

use super::finding::by_file;
use super::region::region;
use super::{Finding, Fix, Place, Report, Repository, Rule, Severity};
use crate::tree::RelPath;
use data_encoding::HEXLOWER;
use serde_json::{Value, json as object};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Where the format is defined.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Where the paths of the findings begin, as code scanning calls it.
const ROOT: &str = "%SRCROOT%";

/// The findings as one run of the program.
pub fn sarif(report: &Report, repository: &Repository<'_>) -> Value {
    let ids: BTreeSet<&str> = report.findings.iter().map(|one| one.rule.id).collect();
    let rules: Vec<&Rule> = super::RULES
        .iter()
        .copied()
        .filter(|rule| ids.contains(rule.id))
        .collect();
    let index = |finding: &Finding| rules.iter().position(|rule| rule.id == finding.rule.id);
    let results = report.findings.iter().map(|finding| {
        let mut value = result(finding, repository);
        if let (Some(value), Some(index)) = (value.as_object_mut(), index(finding)) {
            value.insert("ruleIndex".to_owned(), index.into());
        }
        value
    });
    object!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "floxwright",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| described(rule)).collect::<Vec<Value>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { ROOT: { "description": { "text": "The top of the repository" } } },
            "results": results.collect::<Vec<Value>>(),
        }],
    })
}

/// How bad something is, in the words and in the numbers that code scanning sorts by.
fn level(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Critical => ("error", "9.5"),
        Severity::High => ("error", "8.0"),
        Severity::Medium => ("warning", "5.5"),
        Severity::Low => ("note", "2.0"),
    }
}

fn described(rule: &Rule) -> Value {
    let (level, number) = level(rule.severity);
    let text = format!("{} {}", rule.text.what, rule.text.why);
    object!({
        "id": rule.id,
        "name": rule.id,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": text },
        "help": { "text": rule.text.mend, "markdown": rule.explanation() },
        "defaultConfiguration": { "level": level },
        "properties": {
            "precision": "high",
            "problem.severity": if level == "note" { "recommendation" } else { level },
            "security-severity": number,
            "tags": ["packaging", rule.severity.name()],
        },
    })
}

fn result(finding: &Finding, repository: &Repository<'_>) -> Value {
    let (level, _) = level(finding.rule.severity);
    let mut text = finding.message.clone();
    let notes = finding.notes.iter().map(|note| note.text.as_str());
    for more in notes.chain(finding.help.as_deref()) {
        text.push('\n');
        text.push_str(more);
    }
    let placed = finding
        .notes
        .iter()
        .filter_map(|note| Some((note, note.place.as_ref()?)));
    let related = placed.zip(1..).map(|((note, place), id)| {
        let mut value = location(place, repository);
        if let Some(value) = value.as_object_mut() {
            value.insert("id".to_owned(), id.into());
            value.insert("message".to_owned(), object!({ "text": note.text }));
        }
        value
    });
    let related: Vec<Value> = related.collect();
    let place = finding.place.clone().or_else(|| somewhere(repository));
    let locations = place.iter().map(|place| location(place, repository));
    let mut value = object!({
        "ruleId": finding.rule.id,
        "level": level,
        "message": { "text": text },
        "locations": locations.collect::<Vec<Value>>(),
        "partialFingerprints": { "floxwright/v1": fingerprint(finding, repository) },
    });
    if let Some(value) = value.as_object_mut() {
        if !related.is_empty() {
            value.insert("relatedLocations".to_owned(), related.into());
        }
        if let Some(fix) = &finding.fix {
            value.insert("fixes".to_owned(), object!([mend(fix, repository)]));
        }
    }
    value
}

/// Code scanning wants a file for everything; what concerns none in particular is shown at the manifest.
fn somewhere(repository: &Repository<'_>) -> Option<Place> {
    let mut paths = repository.survey.files.paths();
    let manifest = ".flox/env/manifest.toml".parse::<RelPath>().ok()?;
    let first = paths.next()?;
    let there = repository.survey.files.get(&manifest).map(|_| &manifest);
    Some(Place::file(there.unwrap_or(first)))
}

fn location(place: &Place, repository: &Repository<'_>) -> Value {
    object!({ "physicalLocation": {
        "artifactLocation": artifact(&place.path, repository),
        "region": whereabouts(place, repository),
    }})
}

/// A file as code scanning finds it: from the top of the git repository.
fn artifact(path: &RelPath, repository: &Repository<'_>) -> Value {
    let below = repository.found.git.as_ref().map(|git| git.below.as_str());
    let path = match below.filter(|below| !below.is_empty()) {
        Some(below) => format!("{below}/{path}"),
        None => path.to_string(),
    };
    object!({ "uri": uri(&path), "uriBaseId": ROOT })
}

fn whereabouts(place: &Place, repository: &Repository<'_>) -> Value {
    let at = region(place, repository);
    object!({
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
    })
}

fn mend(fix: &Fix, repository: &Repository<'_>) -> Value {
    let changes = by_file(&fix.edits).into_iter().map(|(path, edits)| {
        let replacements = edits.into_iter().map(|edit| {
            object!({
                "deletedRegion": whereabouts(&edit.place, repository),
                "insertedContent": { "text": edit.text },
            })
        });
        object!({
            "artifactLocation": artifact(path, repository),
            "replacements": replacements.collect::<Vec<Value>>(),
        })
    });
    object!({
        "description": { "text": fix.title },
        "artifactChanges": changes.collect::<Vec<Value>>(),
    })
}

/// What stays the same when lines move: the rule, the file, the words.
fn fingerprint(finding: &Finding, repository: &Repository<'_>) -> String {
    let place = finding.place.as_ref();
    let path = place.map_or("", |place| place.path.as_str());
    let text = place.and_then(|place| repository.survey.text(place.path.as_str()));
    let line = place.zip(text.as_deref()).and_then(|(place, text)| {
        let line = crate::recipe::line(text, place.start);
        text.lines().nth(line.checked_sub(1)?)
    });
    let parts = [
        finding.rule.id,
        path,
        &finding.message,
        line.unwrap_or_default().trim(),
    ];
    HEXLOWER.encode(&Sha256::digest(parts.join("\n")))
}

/// A path as part of an address.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push('%');
            uri.push_str(&data_encoding::HEXUPPER.encode(&[byte]));
        }
    }
    uri
}
