//! `document-disagrees`: two documents that give one closure two sizes.

use crate::check::document::{Document, documents};
use crate::check::listing::listing;
use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    id: "document-disagrees",
    severity: Severity::Low,
    title: "two documents give one closure two sizes",
    text: Text {
        what: "Two lines of the documents say how large the closure is, and differ by more than a tenth: the closure of the same package, or of none that is named.",
        why: "One of them is wrong or old, and who plans an image or a cache by it does not know which.",
        mend: "Measure it, and write it down once: `nix path-info --closure-size --human-readable ./result-NAME`.",
        example: "# README.md: the closure has ~411 MB\n# docs/closure.md: total closure size: ~500 MB\n{ }",
    },
    run,
};

/// What a document says: the packages that the line names, the size in megabytes, as it is written, and where.
struct Said {
    names: BTreeSet<String>,
    megabytes: f64,
    written: String,
    place: Place,
}

/// Sizes that differ by so much are told differently by rounding alone.
const ROUNDING: f64 = 1.1;

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let packages = listing(&repository.survey.files).packages;
    let names: Vec<&str> = packages.keys().map(String::as_str).collect();
    let documents = documents(repository);
    let all = documents.iter().flat_map(|document| said(document, &names));
    let mut first: BTreeMap<BTreeSet<String>, Said> = BTreeMap::new();
    let mut found = Vec::new();
    for said in all {
        let Some(other) = first.get(&said.names) else {
            first.insert(said.names.clone(), said);
            continue;
        };
        let (less, more) = (
            said.megabytes.min(other.megabytes),
            said.megabytes.max(other.megabytes),
        );
        if more <= less * ROUNDING {
            continue;
        }
        let message = format!(
            "the closure has {} here and {} elsewhere",
            said.written, other.written
        );
        let finding = RULE
            .found(message)
            .at(&said.place.path, &said.place.range());
        let finding = finding.note_at("the other size", other.place.clone());
        found.push(finding.help(
            "`nix path-info --closure-size --human-readable ./result-NAME` says which is so",
        ));
    }
    found
}

/// The sizes of closures that a document says.
fn said(document: &Document<'_>, packages: &[&str]) -> Vec<Said> {
    let mut found = Vec::new();
    for (range, line) in document.lines() {
        if !line.to_lowercase().contains("closure") {
            continue;
        }
        let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c)));
        let named: BTreeSet<String> = words
            .map(|word| word.strip_prefix("result-").unwrap_or(word))
            .filter(|word| packages.contains(word))
            .map(str::to_owned)
            .collect();
        // A line with several sizes compares them.
        if let [(at, megabytes)] = sizes(line).as_slice() {
            found.push(Said {
                names: named,
                megabytes: *megabytes,
                written: line.get(at.clone()).unwrap_or_default().to_owned(),
                place: Place::new(
                    document.path,
                    &(range.start + at.start..range.start + at.end),
                ),
            });
        }
    }
    found
}

/// The sizes in a line, in megabytes, each with its place: `411 MB`, `~1.2GiB`.
fn sizes(line: &str) -> Vec<(Range<usize>, f64)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = line
        .get(at..)
        .and_then(|rest| rest.find(|c: char| c.is_ascii_digit()))
    {
        let start = at + start;
        let rest = line.get(start..).unwrap_or_default();
        let length = rest
            .find(|c: char| !(c.is_ascii_digit() || c == '.'))
            .unwrap_or(rest.len());
        at = start + length;
        let number = rest.get(..length).and_then(|text| text.parse::<f64>().ok());
        let behind = rest.get(length..).unwrap_or_default();
        let unit = behind.trim_start_matches([' ', '\u{a0}']);
        let end = unit.find(|c: char| !c.is_ascii_alphabetic());
        let word = unit.get(..end.unwrap_or(unit.len())).unwrap_or_default();
        let factor = match word {
            "MB" | "MiB" | "M" => 1.0,
            "GB" | "GiB" | "G" => 1024.0,
            _ => continue,
        };
        if let Some(number) = number {
            let end = line.len() - unit.len() + word.len();
            found.push((start..end, number * factor));
        }
    }
    found
}
