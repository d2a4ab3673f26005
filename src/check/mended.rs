//! Mending: the edits of all findings, round after round, until nothing is left that can be mended.

use super::edited::{Edited, edited};
use super::finding::by_file;
use super::{Finding, Fix, Found, Place, Report, Repository, Settings, Subject, check};
use crate::adopt::Survey;
use crate::nixpkgs::Index;
use crate::scaffold::Scaffold;
use crate::tree::{RelPath, Tree};
use std::collections::BTreeSet;

/// So many rounds are made at most; each mends at least one finding.
const ROUNDS: usize = 200;

/// Rules that find what other edits leave behind: they go along.
const FOLLOWING: [&str; 6] = [
    "bound-violated",
    "build-system",
    "extra-missing",
    "requirement-replaced",
    "unused-argument",
    "unused-binding",
];

/// Rules whose findings other fixes can make groundless.
const LAST: [&str; 2] = ["unused-argument", "unused-binding"];

/// What one round changes, and what it does, one sentence each with the file.
#[derive(Default)]
struct Round {
    files: Tree,
    done: Vec<(RelPath, String)>,
}

/// What a check rests on besides the files.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// Whose packages they are.
    pub scaffold: &'a Scaffold,
    /// What is known of nixpkgs.
    pub index: &'a Index,
    /// The release that the person named.
    pub release: Option<&'a str>,
}

/// What mending came to.
#[derive(Clone, Debug, Default)]
pub struct Mended {
    /// The files that change, as they become.
    pub files: Tree,
    /// What was done, one sentence each with the file.
    pub done: Vec<(RelPath, String)>,
}

/// A survey of what was found.
pub fn survey(found: &Found, scaffold: &Scaffold) -> Survey {
    let (files, others) = (found.files.clone(), found.others.clone());
    Survey::of(files, others, found.directory.clone(), scaffold)
}

/// Everything that the settings take, in what was found.
pub fn report(found: &Found, known: Known<'_>, settings: &Settings) -> Report {
    let survey = survey(found, known.scaffold);
    let subject = Subject::of(&survey, known.scaffold, known.release);
    let repository = Repository::new(&survey, (known.scaffold, known.index), &subject, found);
    check(&repository, settings)
}

/// Mends what can be mended. Names that are used no more because of that go as well.
pub fn mended(found: &Found, known: Known<'_>, settings: &Settings) -> Mended {
    let mut now = found.clone();
    let mut mended = Mended::default();
    let mut wider = settings.clone();
    for rule in FOLLOWING {
        wider.ignore.remove(rule);
        if !wider.select.is_empty() {
            wider.select.insert(rule);
        }
    }
    let before = report(found, known, &wider);
    let before: BTreeSet<_> = before.findings.iter().map(about).collect();
    for _ in 0..ROUNDS {
        let mut report = report(&now, known, &wider);
        let is_meant = |one: &Finding| settings.takes(one.rule) || !before.contains(&about(one));
        report.findings.retain(is_meant);
        let round = round(&now.files, &report.findings);
        if round.files.is_empty() {
            break;
        }
        mended.done.extend(round.done);
        for (path, file) in round.files {
            now.files.insert(path.clone(), file.clone());
            mended.files.insert(path, file);
        }
    }
    mended.files = mended
        .files
        .into_iter()
        .filter(|(path, file)| found.files.get(path) != Some(file))
        .collect();
    mended
}

/// What a finding is about, wherever edits have moved it.
fn about(finding: &Finding) -> (&'static str, Option<RelPath>, String) {
    let path = finding.place.as_ref().map(|place| place.path.clone());
    (finding.rule.id, path, finding.message.clone())
}

/// One round: as many fixes as go together. What is used no more is taken out when nothing else is left to mend, for another fix may
/// come to use it.
fn round(files: &Tree, findings: &[Finding]) -> Round {
    let (last, first): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|one| LAST.contains(&one.rule.id));
    let round = together(files, &first);
    if round.files.is_empty() {
        together(files, &last)
    } else {
        round
    }
}

/// The fixes that do not overlap. Where all of a file would harm it, they are tried one after the other.
fn together(files: &Tree, findings: &[&Finding]) -> Round {
    let mut taken: Vec<&Fix> = Vec::new();
    for fix in findings.iter().filter_map(|one| one.fix.as_ref()) {
        let mut others = taken.iter().flat_map(|other| &other.edits);
        if others.all(|other| {
            fix.edits
                .iter()
                .all(|edit| goes_with(&edit.place, &other.place))
        }) {
            taken.push(fix);
        }
    }
    let harmed = match applied(files, &taken) {
        Ok(round) => return round,
        Err(harmed) => harmed,
    };
    let touches = |fix: &&Fix| {
        fix.edits
            .iter()
            .any(|edit| harmed.contains(&edit.place.path))
    };
    let (doubtful, mut kept): (Vec<&Fix>, Vec<&Fix>) = taken.into_iter().partition(touches);
    let mut round = applied(files, &kept).unwrap_or_default();
    for fix in doubtful {
        kept.push(fix);
        match applied(files, &kept) {
            Ok(more) => round = more,
            Err(_) => drop(kept.pop()),
        }
    }
    round
}

/// The files with all edits of some fixes, or those that would be harmed.
fn applied(before: &Tree, fixes: &[&Fix]) -> Result<Round, BTreeSet<RelPath>> {
    let mut round = Round::default();
    for fix in fixes {
        if let Some(first) = fix.edits.first() {
            round
                .done
                .push((first.place.path.clone(), fix.title.clone()));
        }
    }
    let mut harmed = BTreeSet::new();
    let edits = fixes.iter().flat_map(|fix| &fix.edits);
    for (path, edits) in by_file(edits) {
        match edited(before, path, &edits) {
            Edited::Same => {}
            Edited::Changed(file) => drop(round.files.insert(path.clone(), file)),
            Edited::Harmed => drop(harmed.insert(path.clone())),
        }
    }
    round
        .done
        .retain(|(path, _)| round.files.get(path).is_some());
    if harmed.is_empty() {
        Ok(round)
    } else {
        Err(harmed)
    }
}

/// Whether two edits can be made at once.
fn goes_with(one: &Place, other: &Place) -> bool {
    one.start != other.start && (one.end <= other.start || other.end <= one.start)
}
