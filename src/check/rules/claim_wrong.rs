//! `claim-wrong`: a sentence of a document that is known to be wrong of the upstream, as its catalogue knows.

use crate::check::document::documents;
use crate::check::manifest::{MANIFEST, parsed};
use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::recipe::{Environment, line as line_number};
use crate::scaffold::{Claim, When};
use crate::template::shell_word;
use aho_corasick::AhoCorasick;
use std::collections::BTreeSet;
use toml_edit::Item;

pub(super) static RULE: Rule = Rule {
    id: "claim-wrong",
    severity: Severity::Medium,
    title: "a document says what is known to be wrong",
    text: Text {
        what: "A line of a document says something of the upstream that was tried and found wrong. What was tried comes with the scaffold, with its source and date.",
        why: "Somebody builds on it.",
        mend: "Write what is so, or take the line out.",
        example: "# README.md: all packages have one version\n{ }",
    },
    run,
};

/// Words of a line that says the opposite, or tells of somebody else's claim.
const DENIALS: [&str; 8] = [
    "not",
    "never",
    "no longer",
    "wrong",
    "false",
    "isn't",
    "doesn't",
    "instead",
];

/// A claim may have so many letters where it leaves words out.
const GAP: usize = 60;

/// So many bytes above a line are looked at for what it is about.
const ABOVE: usize = 4000;

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let claims = repository.scaffold.catalogue.claim.iter();
    let claims: Vec<&Claim> = claims.filter(|claim| holds(claim, repository)).collect();
    let mut found = Vec::new();
    if claims.is_empty() || !repository.subject.is_recognised {
        return found;
    }
    let Some(search) = Search::of(&claims) else {
        return found;
    };
    for document in documents(repository) {
        let mut section = 0;
        for (range, line) in document.lines() {
            if line.starts_with('#') {
                section = range.start;
            }
            let from = section.max(range.end.saturating_sub(ABOVE));
            let from = document.text.floor_char_boundary(from);
            let above = document.text.get(from..range.end).unwrap_or_default();
            let said = search.said_in(line).into_iter();
            for claim in said.filter(|claim| is_meant(claim, line, above)) {
                let indent = line.len() - line.trim_start().len();
                let place = range.start + indent..range.end;
                let finding = RULE
                    .found(claim.because.clone())
                    .at(document.path, &place)
                    .note(format!("known from {}, {}", claim.source, claim.date));
                let number = line_number(&document.text, range.start);
                found.push(finding.help(format!(
                    "write what is so, or take the line out: `\"$EDITOR\" +{number} {}`",
                    shell_word(document.path.as_str())
                )));
            }
        }
    }
    found
}

/// All claims looked for at once: a repository has thousands of lines, and a catalogue many sentences.
struct Search<'a> {
    claims: &'a [&'a Claim],
    /// Every way in which a claim is said, in small letters, with the claim's place.
    sayings: Vec<(usize, String)>,
    /// The beginnings of all sayings.
    beginnings: AhoCorasick,
}

impl<'a> Search<'a> {
    fn of(claims: &'a [&'a Claim]) -> Option<Self> {
        let each = claims.iter().enumerate();
        let sayings = each.flat_map(|(at, claim)| {
            let says = claim.says.iter();
            says.map(move |says| (at, says.to_lowercase()))
        });
        let sayings: Vec<(usize, String)> = sayings.collect();
        let beginnings = sayings.iter().map(|(_, says)| parts(says).0);
        Some(Self {
            claims,
            beginnings: AhoCorasick::new(beginnings).ok()?,
            sayings,
        })
    }

    /// The claims that a line makes, each once, in their order.
    fn said_in(&self, line: &str) -> Vec<&'a Claim> {
        let plain = plain(line);
        let begun = self.beginnings.find_overlapping_iter(&plain);
        let begun: BTreeSet<usize> = begun.map(|found| found.pattern().as_usize()).collect();
        let said = begun.into_iter().filter_map(|at| self.sayings.get(at));
        let said = said.filter(|(_, says)| says_so(&plain, says));
        let said: BTreeSet<usize> = said.map(|(claim, _)| *claim).collect();
        let claims = said.into_iter().filter_map(|at| self.claims.get(at));
        claims.copied().collect()
    }
}

/// Whether a line that has a claim's words means it: by what stands beside them, and above below the same heading.
fn is_meant(claim: &Claim, line: &str, above: &str) -> bool {
    let has = |text: &str, word: &String| text.to_lowercase().contains(&word.to_lowercase());
    let about = claim.about.as_ref();
    about.is_none_or(|word| has(above, word)) && !claim.unless.iter().any(|word| has(line, word))
}

/// Whether a claim is wrong of this repository.
fn holds(claim: &Claim, repository: &Repository<'_>) -> bool {
    let is_release = claim.versions.as_ref().is_none_or(|versions| {
        let release = repository.subject.release.parse();
        release.is_ok_and(|release| versions.contains(&release))
    });
    is_release
        && match claim.when {
            When::Always => true,
            When::Darwin => is_for_darwin(repository),
            When::Links => {
                let recipes = repository.recipes().map(|(_, read)| &read.recipe);
                let made: Vec<&Environment> =
                    recipes.flat_map(|recipe| &recipe.environments).collect();
                !made.is_empty() && made.into_iter().all(links)
            }
        }
}

/// Whether the manifest names a system of macOS.
fn is_for_darwin(repository: &Repository<'_>) -> bool {
    let Some(text) = repository.survey.text(MANIFEST) else {
        return false;
    };
    let Ok(document) = parsed(&text) else {
        return false;
    };
    let options = document.get("options").and_then(Item::as_table_like);
    let systems = options.and_then(|options| options.get("systems")?.as_array());
    let mut systems = systems.into_iter().flatten();
    systems.any(|system| {
        system
            .as_str()
            .is_some_and(|name| name.ends_with("-darwin"))
    })
}

/// Whether an environment only links packages.
fn links(made: &Environment) -> bool {
    let function = made.function.value.as_str();
    matches!(function, "buildEnv" | "pkgs.buildEnv") || function.ends_with("symlinkJoin")
}

/// A line in small letters without what only marks it.
fn plain(line: &str) -> String {
    let line: String = line.chars().filter(|c| !matches!(c, '`' | '*')).collect();
    let words = line.to_lowercase();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a saying, and what follows after a few words each.
fn parts(says: &str) -> (&str, Vec<&str>) {
    let mut parts = says.split('…').map(str::trim);
    (parts.next().unwrap_or_default(), parts.collect())
}

/// Whether a line says it; `…` stands for a few words.
fn says_so(line: &str, says: &str) -> bool {
    let has_word = |word: &&str| {
        let mut places = line.match_indices(*word);
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        places.any(|(at, word)| {
            let before = line.get(..at).unwrap_or_default();
            let after = line.get(at + word.len()..).unwrap_or_default();
            !letter(before.chars().next_back()) && !letter(after.chars().next())
        })
    };
    let denies = DENIALS
        .iter()
        .any(|word| has_word(word) && !says.contains(word));
    if denies {
        return false;
    }
    let (first, rest) = parts(says);
    let mut starts = line.match_indices(first);
    starts.any(|(at, _)| {
        let mut from = at + first.len();
        rest.iter().all(|part| {
            let end = line.floor_char_boundary((from + GAP + part.len()).min(line.len()));
            let found = line.get(from..end).and_then(|piece| piece.find(part));
            if let Some(at) = found {
                from += at + part.len();
            }
            found.is_some()
        })
    })
}
