//! `document-command`: a command in a document that fails in this repository.

use crate::check::activated::absent;
use crate::check::document::documents;
use crate::check::flox_commands::{Command, commands};
use crate::check::listing::listing;
use crate::check::manifest::{MANIFEST, parsed};
use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::diagnostic::did_you_mean;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml_edit::{Item, TableLike};

pub(super) static RULE: Rule = Rule {
    id: "document-command",
    severity: Severity::Medium,
    title: "a document tells to type what fails",
    text: Text {
        what: "A block of shell in a document builds or publishes a package that is not there, names one as `.#NAME`, publishes without naming any, starts a program that the package does not have, or starts behind `flox activate` what the environment builds and does not install.",
        why: "It is the first thing that somebody types. `flox build .#acme` is another program's way: Flox says `Target not found`. `flox publish` takes one package a call.",
        mend: "Write what works, or make the documents again: `floxwright docs`.",
        example: "# README.md: flox build .#acme\n{ }",
    },
    run,
};

/// Flags of Flox that take a word.
const VALUED: [&str; 9] = [
    "--dir",
    "--metadata-url",
    "--org",
    "--signing-private-key",
    "--stability",
    "--store-url",
    "--system",
    "-d",
    "-o",
];

/// What `flox build` does besides building.
const SUBCOMMANDS: [&str; 3] = ["clean", "import-nixpkgs", "update-catalogs"];

/// What an output of a package may be called, and the log beside it.
const OUTPUTS: [&str; 9] = [
    "bin", "debug", "dev", "dist", "doc", "info", "lib", "log", "man",
];

/// What is there.
struct There<'a> {
    names: BTreeSet<String>,
    /// Names of the upstream. What a document calls otherwise may be an example.
    upstream: BTreeSet<&'a str>,
    /// The programs of packages, where they are known.
    programs: BTreeMap<&'a str, &'a [String]>,
}

type Wrong = (Range<usize>, String);

impl There<'_> {
    /// Whether a name is one of the upstream: a package of it, or begins with one, as what is made of several does.
    fn is_upstream(&self, name: &str) -> bool {
        let mut known = self.upstream.iter();
        known.any(|known| {
            let rest = name.strip_prefix(known);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        })
    }
}

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let there = there(repository);
    if there.names.is_empty() {
        return Vec::new();
    }
    let absent = absent(repository);
    let mut found = Vec::new();
    for document in documents(repository) {
        let missing = absent.iter().flat_map(|absent| absent.started(&document));
        for (range, message) in missing {
            let finding = RULE.found(message).at(document.path, &range);
            found.push(finding.help(
                "install what was published, `flox install HANDLE/NAME`, or start it where it was built: `./result-NAME/bin/PROGRAM`",
            ));
        }
        for command in commands(&document) {
            let mut wrong = Vec::new();
            if command.starts_with(&["flox", "build"]) {
                built(&command, &there, &mut wrong);
            } else if command.starts_with(&["flox", "publish"]) {
                published(&command, &there, &mut wrong);
            }
            for (range, word) in &command.words {
                wrong.extend(started(range, word, &there));
            }
            for (range, message) in wrong {
                let word = document.text.get(range.clone()).unwrap_or_default();
                if is_to_be_written(word, &document.text) {
                    continue;
                }
                found.push(RULE.found(message).at(document.path, &range));
            }
        }
    }
    found
}

fn there<'a>(repository: &'a Repository<'_>) -> There<'a> {
    let listing = listing(&repository.survey.files);
    let mut names: BTreeSet<String> = listing.packages.into_keys().collect();
    if let Some(text) = repository.survey.text(MANIFEST)
        && let Ok(document) = parsed(&text)
    {
        let builds = document.get("build").and_then(Item::as_table_like);
        let builds = builds.into_iter().flat_map(TableLike::iter);
        names.extend(builds.map(|(name, _)| name.to_owned()));
    }
    let programs = repository.packages.iter().filter_map(|package| {
        let is_own = matches!(package.read.role, crate::adopt::Role::Package(_));
        let released = package.released.filter(|_| is_own)?;
        let is_plain = package.build.attribute("postInstall").is_none();
        is_plain.then_some((package.name.as_str(), released.programs.as_slice()))
    });
    let upstream = repository.scaffold.catalogue.packages.keys();
    There {
        programs: programs.collect(),
        upstream: upstream.map(crate::python::PyName::as_str).collect(),
        names,
    }
}

fn built(command: &Command<'_>, there: &There<'_>, wrong: &mut Vec<Wrong>) {
    let operands = command.operands(2, &VALUED);
    if operands
        .first()
        .is_some_and(|(_, word)| SUBCOMMANDS.contains(word))
    {
        return;
    }
    for (range, word) in operands {
        if let Some(name) = word.strip_prefix(".#") {
            let message = format!("`flox build` knows no `{word}`: write `flox build {name}`");
            wrong.push((range, message));
        } else {
            wrong.extend(named(range, word, there));
        }
    }
}

fn published(command: &Command<'_>, there: &There<'_>, wrong: &mut Vec<Wrong>) {
    let operands = command.operands(2, &VALUED);
    if operands.is_empty() && there.names.len() > 1 {
        let is_help = command.words.iter().any(|(_, word)| *word == "--help");
        if !is_help {
            let message = "`flox publish` takes one package a call, and this names none";
            wrong.push((command.range(), message.to_owned()));
        }
    }
    for (range, word) in operands {
        wrong.extend(named(range, word, there));
    }
}

/// Whether a document tells how the file of a package is written.
fn is_to_be_written(word: &str, text: &str) -> bool {
    let mut places = text.match_indices("pkgs/");
    places.any(|(at, start)| {
        let rest = text
            .get(at + start.len()..)
            .and_then(|rest| rest.strip_prefix(word));
        rest.is_some_and(|rest| rest.starts_with(".nix") || rest.starts_with('/'))
    })
}

/// A package that is not there. What only stands for a name is none.
fn named(range: Range<usize>, word: &str, there: &There<'_>) -> Option<Wrong> {
    let is_plain = word.starts_with(|c: char| c.is_ascii_lowercase())
        && word
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c));
    if !is_plain || there.names.contains(word) {
        return None;
    }
    let near = did_you_mean(word, there.names.iter().map(String::as_str));
    if near.is_none() && !there.is_upstream(word) {
        return None;
    }
    let near = near
        .map(|near| format!("; did you mean `{near}`?"))
        .unwrap_or_default();
    Some((range, format!("there is no package `{word}` here{near}")))
}

/// A program of a build that does not have it: `./result-NAME/bin/PROGRAM`.
fn started(range: &Range<usize>, word: &str, there: &There<'_>) -> Option<Wrong> {
    let rest = word.strip_prefix("./").unwrap_or(word);
    let (name, program) = rest.strip_prefix("result-")?.split_once("/bin/")?;
    let is_name = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    if !is_name(name) || !is_name(program) {
        return None;
    }
    let of = there.names.iter().filter(|known| {
        let rest = name.strip_prefix(known.as_str());
        let output = rest.map(|rest| rest.strip_prefix('-').unwrap_or(rest));
        output.is_some_and(|output| output.is_empty() || OUTPUTS.contains(&output))
    });
    let Some(of) = of.max_by_key(|known| known.len()) else {
        if !there.is_upstream(name) {
            return None;
        }
        let message = format!("nothing here leaves a `result-{name}`");
        return Some((range.clone(), message));
    };
    let programs = there.programs.get(of.as_str())?;
    // Only what the release's own metadata names is a program; an interpreter is none.
    let is_there = programs.iter().any(|known| known == program);
    (of == name && !is_there).then(|| {
        (
            range.clone(),
            format!("`{name}` has no program `{program}`"),
        )
    })
}
