//! Changes from lock to lock, over what resolving gives for releases that are carried.

use super::*;
use crate::ask::{Answers, Field, Origin, Tables, Value, fill_defaults, intent_from};
use crate::nixpkgs::Index;
use crate::resolve::{Facts, Step as Resolved, resolve};
use crate::scaffold::{built_in, default_name};

fn scaffold() -> Scaffold {
    let name = default_name();
    Scaffold::load(name, &built_in(name).unwrap()).unwrap()
}

/// The lock of a release, with these corrections of the index.
fn lock(scaffold: &Scaffold, release: &str, corrections: &[(&str, &str)]) -> Lock {
    let mut answers = Answers::new();
    answers.set(Field::Directory, Value::one("d"), Origin::Flag);
    answers.set(Field::Release, Value::one(release), Origin::Flag);
    fill_defaults(&mut answers, scaffold);
    let corrections = corrections.iter();
    let tables = Tables {
        index_corrections: corrections
            .map(|(name, version)| (name.parse().unwrap(), (*version).to_owned()))
            .collect(),
        ..Tables::default()
    };
    let intent = intent_from(&answers, &tables, scaffold).unwrap();
    let index = Index::built_in().unwrap();
    match resolve(&intent, scaffold, &index, &Facts::default()).unwrap() {
        Resolved::Done(resolution) => resolution.lock,
        Resolved::Need(needs) => panic!("{needs:?}"),
    }
}

/// The first and the last of the carried releases.
fn ends(scaffold: &Scaffold) -> (String, String) {
    let releases: Vec<String> = scaffold
        .ready_made()
        .map(|release| release.release.to_string())
        .collect();
    let first = releases.first().unwrap().clone();
    (first, releases.last().unwrap().clone())
}

#[test]
fn nothing_changes_from_a_lock_to_itself() {
    let scaffold = scaffold();
    let (old, new) = ends(&scaffold);
    for release in [old, new] {
        let lock = lock(&scaffold, &release, &[]);
        let changes = Changes::between(&lock, &lock, &scaffold);
        assert!(changes.is_empty(), "{changes:?}");
        assert_eq!(sections(&changes), []);
    }
}

#[test]
fn there_and_back_are_opposite() {
    let scaffold = scaffold();
    let (old, new) = ends(&scaffold);
    let (old, new) = (lock(&scaffold, &old, &[]), lock(&scaffold, &new, &[]));
    let there = Changes::between(&old, &new, &scaffold);
    let back = Changes::between(&new, &old, &scaffold);
    let turned = |step: &Step| Step {
        from: step.to.clone(),
        to: step.from.clone(),
    };
    assert_eq!(there.release.as_ref().map(turned), back.release);
    assert_eq!((&there.came, &there.went), (&back.went, &back.came));
    assert_eq!((&there.passed, &there.kept), (&back.kept, &back.passed));
    assert_eq!((&there.faults, &there.mended), (&back.mended, &back.faults));
    let count = |changes: &Changes| {
        let one = |change: &RequirementChange| matches!(change, RequirementChange::Added { .. });
        let added = changes.requirements.iter().filter(|one_| one(&one_.change));
        added.count()
    };
    let gone = |changes: &Changes| {
        let removed = changes.requirements.iter();
        removed
            .filter(|one| matches!(one.change, RequirementChange::Removed { .. }))
            .count()
    };
    assert_eq!(count(&there), gone(&back));
    // Packages that pin each other move together; that is no change of what they require.
    let pins = there.requirements.iter().filter(
        |one| matches!(&one.change, RequirementChange::Changed { from, .. } if from.contains("==")),
    );
    assert_eq!(pins.count(), 0);
}

#[test]
fn a_moved_nixpkgs_is_told_by_what_it_changes() {
    let scaffold = scaffold();
    let (_, release) = ends(&scaffold);
    let old = lock(&scaffold, &release, &[("grpcio-health-checking", "1.70")]);
    let new = lock(&scaffold, &release, &[("grpcio-health-checking", "1.90")]);
    let changes = Changes::between(&old, &new, &scaffold);
    let moved: Vec<&str> = changes
        .nixpkgs
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(moved, ["grpcio-health-checking"]);
    let [passed] = changes.passed.as_slice() else {
        panic!("{changes:?}");
    };
    assert!(
        passed.change.relaxed && passed.change.nixpkgs == "1.90",
        "{passed:?}"
    );
    assert!(changes.kept.is_empty() && changes.release.is_none());
    let back = Changes::between(&new, &old, &scaffold);
    assert_eq!(back.kept, changes.passed);
}

/// `expected` is what is told of one package whose requirements become others.
fn check(from: &[&str], to: &[&str], expected: &[&str]) {
    let scaffold = scaffold();
    let (_, release) = ends(&scaffold);
    let sample = lock(&scaffold, &release, &[]);
    let with = |texts: &[&str]| {
        let mut lock = sample.clone();
        let (_, package) = lock.packages.iter_mut().next().unwrap();
        let model = package.requires[0].clone();
        let requires = texts.iter().map(|text| {
            let parsed: crate::python::Requirement = text.parse().unwrap();
            crate::model::LockedRequirement {
                requirement: (*text).to_owned(),
                spelling: parsed.spelling().to_owned(),
                decision: crate::model::Decision::Nixpkgs,
                prediction: crate::model::Prediction::Unknown,
                index: String::new(),
                ..model.clone()
            }
        });
        package.requires = requires.collect();
        lock
    };
    let changes = Changes::between(&with(from), &with(to), &scaffold);
    let found = sections(&changes);
    let items = found.iter().flat_map(|section| &section.items);
    let told: Vec<&str> = items.map(|item| item.what.as_str()).collect();
    assert_eq!(told, expected, "{from:?} {to:?}");
}

#[test]
fn requirements_are_compared_by_what_they_mean() {
    check(&["a<9,>=5"], &["A >=5, <9"], &[]);
    check(&["a[x,y]"], &["a[y,x]"], &[]);
    check(&["a"], &["a", "b>1"], &["+ `b>1`"]);
    check(&["a", "b"], &["b"], &["- `a`"]);
    check(&["a<2"], &["a<3"], &["`a<2` → `a<3`"]);
    check(
        &["a"],
        &["a; sys_platform == 'linux'"],
        &["`a` → `a; sys_platform == 'linux'`"],
    );
    check(
        &["a"],
        &[
            "a<2; python_version < '3.13'",
            "a<3; python_version >= '3.13'",
        ],
        &[
            "+ `a<2; python_version < '3.13'`",
            "+ `a<3; python_version >= '3.13'`",
            "- `a`",
        ],
    );
}
