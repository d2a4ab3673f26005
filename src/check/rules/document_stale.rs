//! `document-stale`: a document that says something else than the packages.

use crate::check::document::{Document, documents, lines};
use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use crate::python::Version;
use std::collections::BTreeMap;
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    id: "document-stale",
    severity: Severity::Medium,
    title: "a document says something else than the packages",
    text: Text {
        what: "A document of floxwright's is not what it would be now; or a row of a table, or the output of a program that a document shows, gives a package another version than its file does.",
        why: "Whoever reads it takes the wrong version for the right one.",
        mend: "`floxwright docs` makes its documents again and keeps your sentences. Elsewhere write the version of the file.",
        example: "# README.md: | acme | 1.9.11 |\nversion = \"1.12.0\";",
    },
    run,
};

/// A version with the place where it is said.
type Said<'a> = (&'a str, Range<usize>);

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let stale = repository.found.stale.iter();
    let stale = stale.map(|(path, because)| {
        let message = format!("this is not what floxwright would make now: {because}");
        RULE.found(message).of(path).help("floxwright docs")
    });
    let mut found: Vec<Finding> = stale.collect();
    let versions = versions(repository);
    for document in documents(repository) {
        if repository.found.stale.contains_key(document.path) {
            continue;
        }
        for (name, (said, range)) in said(&document) {
            let Some(Some(known)) = versions.get(name) else {
                continue;
            };
            let Ok(version) = said.parse::<Version>() else {
                continue;
            };
            if version == *known {
                continue;
            }
            let finding = RULE
                .found(format!(
                    "the document says `{name}` {said}, and its file says {known}"
                ))
                .at(document.path, &range);
            let place = Place::new(document.path, &range);
            found.push(if is_right(name, known, repository) {
                finding.mended(format!("write {known}"), place, known.to_string())
            } else {
                finding.help("its file is the one that is wrong: `version-track`")
            });
        }
    }
    found
}

/// Whether a package's file says what its release says, as far as that is known.
fn is_right(name: &str, version: &Version, repository: &Repository<'_>) -> bool {
    let mut packages = repository.packages.iter();
    packages.all(|package| {
        let released = package.released.filter(|_| package.name.as_str() == name);
        released.is_none_or(|released| released.version == *version)
    })
}

/// The versions that the files say, nothing where several are said.
fn versions<'a>(repository: &'a Repository<'_>) -> BTreeMap<&'a str, Option<Version>> {
    let mut versions: BTreeMap<&str, Option<Version>> = BTreeMap::new();
    for package in &repository.packages {
        let version = package.build.version.as_ref();
        let version: Option<Version> = version.and_then(|said| said.value.parse().ok());
        let known = versions
            .entry(package.name.as_str())
            .or_insert(version.clone());
        if *known != version {
            *known = None;
        }
    }
    versions
}

/// What a document says plainly: rows of tables that begin with a name and a version, and `NAME, version X` as programs print it.
fn said<'a>(document: &'a Document<'_>) -> Vec<(&'a str, Said<'a>)> {
    let rows = document.lines().filter_map(|(place, line)| {
        let inner = line.trim_start().strip_prefix('|')?;
        let mut cells = inner.split('|');
        let (name, version) = (cells.next()?, cells.next()?);
        let name = name.trim().trim_matches(['`', '*']);
        let start = place.start + line.find(inner)? + inner.find('|')? + 1;
        Some((name, bare(version, start)?))
    });
    let printed = document.blocks().into_iter().flat_map(|block| {
        lines(&document.text, block.range).filter_map(|(place, line)| {
            let (name, version) = line.split_once(", version ")?;
            let start = place.start + name.len() + ", version ".len();
            Some((name.trim(), bare(version, start)?))
        })
    });
    rows.chain(printed).collect()
}

/// The version in a piece of text that holds nothing else.
fn bare(text: &str, start: usize) -> Option<Said<'_>> {
    let is_around = |c: char| c.is_whitespace() || matches!(c, '`' | '*');
    let body = text.trim_matches(is_around);
    let body = body.strip_prefix('v').unwrap_or(body);
    let at = start + text.find(body)?;
    let is_version = body.contains(['.', '!']) && body.starts_with(|c: char| c.is_ascii_digit());
    is_version.then(|| (body, at..at + body.len()))
}
