//! `configuration-rejected`: a configuration in a document that the upstream refuses, as its catalogue knows.

use crate::check::document::documents;
use crate::check::yaml::{Entry, entries};
use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use crate::scaffold::Configuration;
use crate::tree::RelPath;
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    id: "configuration-rejected",
    severity: Severity::High,
    title: "a configuration is one that the release rejects",
    text: Text {
        what: "A configuration file of the upstream, or one that a document shows, has keys that the packaged release refuses, or takes for something else than is meant.",
        why: "The program does not start with it, or writes its data elsewhere.",
        mend: "Write what the finding says. What is known of it comes with the scaffold, with its source and date.",
        example: "# acme.yaml\n# storage: …\n# run_storage: …\n{ }",
    },
    run,
};

/// Languages of blocks that may hold one.
const LANGUAGES: [&str; 3] = ["", "yaml", "yml"];

/// So many bytes before a block are looked at for the name of the file that it shows.
const NEAR: usize = 300;

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let facts: Vec<&Configuration> = repository
        .scaffold
        .catalogue
        .configuration
        .iter()
        .filter(|fact| holds(fact, repository))
        .collect();
    let mut found = Vec::new();
    if facts.is_empty() || !repository.subject.is_recognised {
        return found;
    }
    for (path, _) in repository.survey.files.iter() {
        let of: Vec<&Configuration> = facts
            .iter()
            .copied()
            .filter(|fact| fact.file == path.name())
            .collect();
        if let (false, Some(text)) = (of.is_empty(), repository.survey.text(path.as_str())) {
            found.extend(rejected(&text, 0, path, &of));
        }
    }
    for document in documents(repository) {
        for block in document.blocks() {
            let text = document.text.get(block.range.clone()).unwrap_or_default();
            if !LANGUAGES.contains(&block.language.as_str()) {
                continue;
            }
            let before = document
                .text
                .floor_char_boundary(block.range.start.saturating_sub(NEAR));
            let around = document
                .text
                .get(before..block.range.end)
                .unwrap_or_default();
            let of: Vec<&Configuration> = facts
                .iter()
                .copied()
                .filter(|fact| around.contains(&fact.file))
                .collect();
            found.extend(rejected(text, block.range.start, document.path, &of));
        }
    }
    found
}

/// Whether a fact is one of the packaged release.
fn holds(fact: &Configuration, repository: &Repository<'_>) -> bool {
    let Some(versions) = &fact.versions else {
        return true;
    };
    let release = repository.subject.release.parse();
    release.is_ok_and(|release| versions.contains(&release))
}

/// What of a text is rejected.
fn rejected(text: &str, start: usize, path: &RelPath, facts: &[&Configuration]) -> Vec<Finding> {
    if facts.is_empty() {
        return Vec::new();
    }
    let entries = entries(text);
    let told = facts.iter().filter_map(|fact| {
        let range = wrong(fact, &entries)?;
        let range = start + range.start..start + range.end;
        let mut finding = RULE.found(fact.because.clone());
        finding.place = Some(Place::new(path, &range));
        Some(finding.help(fact.instead.clone()))
    });
    told.collect()
}

/// Where a text has what a fact is about.
fn wrong(fact: &Configuration, all: &[Entry]) -> Option<Range<usize>> {
    let mut last = None;
    for key in &fact.keys {
        let mut of = all.iter().filter(|entry| is(entry, key));
        last = Some(match &fact.contains {
            Some(part) => of.find(|entry| {
                let value = entry.value.as_ref();
                value.is_some_and(|(value, _)| value.contains(part.as_str()))
            })?,
            None => of.next()?,
        });
    }
    let last = last?;
    if !fact.one_of.is_empty() {
        let mut below = all.iter().filter(|entry| {
            entry.path.len() == last.path.len() + 1 && entry.path.starts_with(&last.path)
        });
        let mut known = 0;
        let wrong = below.find(|entry| {
            let is_known = fact.one_of.iter().any(|name| name == entry.name());
            known += usize::from(is_known);
            !is_known || known > 1
        });
        return wrong.map(|entry| entry.key.clone());
    }
    Some(match &last.value {
        Some((_, range)) if fact.contains.is_some() => range.clone(),
        _ => last.key.clone(),
    })
}

/// Whether an entry is the one of a dotted key, which may begin with `*.` for any depth.
fn is(entry: &Entry, key: &str) -> bool {
    match key.strip_prefix("*.") {
        Some(name) => entry.name() == name,
        None => entry.path.iter().map(String::as_str).eq(key.split('.')),
    }
}
