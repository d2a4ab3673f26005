//! Mending: the edits of all findings, round after round, until nothing is left that can be mended.

use super::{Edit, Finding, Found, Place, Report, Repository, Settings, Subject, check};
use crate::adopt::Survey;
use crate::nix::format_nix;
use crate::nixpkgs::Index;
use crate::recipe::Recipe;
use crate::reconcile::{dressed, plain};
use crate::scaffold::Scaffold;
use crate::tree::{File, RelPath, Tree};
use std::collections::{BTreeMap, BTreeSet};

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

/// The stack that formatting takes at most.
const STACK: usize = 32 << 20;

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
        let (changed, done) = round(&now.files, &report.findings);
        if changed.is_empty() {
            break;
        }
        mended.done.extend(done);
        for (path, file) in changed {
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

/// One round: as many fixes as go together.
fn round(files: &Tree, findings: &[Finding]) -> (Tree, Vec<(RelPath, String)>) {
    let mut taken: BTreeMap<RelPath, Vec<Edit>> = BTreeMap::new();
    let mut done = Vec::new();
    for finding in findings {
        let Some(fix) = &finding.fix else { continue };
        let is_free = |edit: &Edit| {
            let others = taken.get(&edit.place.path);
            others.is_none_or(|others| {
                others
                    .iter()
                    .all(|other| goes_with(&edit.place, &other.place))
            })
        };
        if !fix.edits.iter().all(is_free) {
            continue;
        }
        if let Some(first) = fix.edits.first() {
            done.push((first.place.path.clone(), fix.title.clone()));
        }
        for edit in &fix.edits {
            let here = taken.entry(edit.place.path.clone()).or_default();
            here.push(edit.clone());
        }
    }
    let mut changed = Tree::new();
    for (path, edits) in taken {
        let file = files.get(&path);
        if let Some(file) = file.and_then(|file| edited(file, &path, edits)) {
            changed.insert(path, file);
        }
    }
    done.retain(|(path, _)| changed.get(path).is_some());
    (changed, done)
}

/// Whether two edits can be made at once.
fn goes_with(one: &Place, other: &Place) -> bool {
    one.start != other.start && (one.end <= other.start || other.end <= one.start)
}

/// A file with edits made. Nothing where they come to nothing, or would break it.
fn edited(file: &File, path: &RelPath, mut edits: Vec<Edit>) -> Option<File> {
    let before = plain(file)?;
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.place.start));
    let mut text = before.clone();
    for edit in edits {
        let range = edit.place.range();
        text.get(range.clone())?;
        text.replace_range(range, &edit.text);
    }
    if path.extension() == Some("nix") {
        if Recipe::read(&before).fault.is_none() && Recipe::read(&text).fault.is_some() {
            return None;
        }
        text = in_form(&before, text);
    }
    (text != before).then(|| File::text(dressed(&text, file)).with_mode(file.mode))
}

/// What was in the official format stays in it.
fn in_form(before: &str, after: String) -> String {
    stacker::grow(STACK, || {
        let was_in_form = format_nix(before).is_ok_and(|form| form == before);
        match format_nix(&after) {
            Ok(form) if was_in_form => form,
            _ => after,
        }
    })
}
