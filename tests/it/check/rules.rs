//! Every rule finds what it is there for, is quiet where nothing is wrong, and mends without harm.

use super::case::{Case, cases};
use super::{everything, known, told};
use crate::project;
use floxwright::check::{Finding, Found, RULES, Rule, Settings, mended};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The file with the cases of a rule.
fn place(rule: &Rule) -> String {
    format!("tests/it/check/rules/{}.txt", rule.id)
}

/// What one rule finds, a line each.
fn lines(found: &Found, rule: &Rule) -> Vec<String> {
    let report = everything(found);
    let of = report.findings.iter().filter(|one| one.rule.id == rule.id);
    of.map(|one| told(one, found)).collect()
}

#[test]
fn every_rule_finds_what_it_is_there_for() {
    let mut wrong = String::new();
    for rule in RULES {
        let text = project::read(&place(rule));
        let cases = cases(&text);
        for fires in [true, false] {
            let count = cases.iter().filter(|case| case.fires == fires).count();
            assert!(count > 0, "{}: no case with fires = {fires}", rule.id);
        }
        let mut blessed = Vec::new();
        for case in &cases {
            let lines = lines(&case.found, rule);
            blessed.push(case.blessed(&lines));
            if lines.is_empty() == case.fires {
                let _ = writeln!(wrong, "{}: {}: {lines:?}", rule.id, case.name);
            }
        }
        project::keep(&place(rule), &blessed.join("\n"));
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// How often each finding is there, places aside: edits move them.
fn counted(findings: &[Finding]) -> BTreeMap<(&str, &str), usize> {
    let mut counts = BTreeMap::new();
    for one in findings {
        *counts
            .entry((one.rule.id, one.message.as_str()))
            .or_default() += 1;
    }
    counts
}

/// Mends by one rule alone: its mendable findings go, and no other comes.
fn mends(rule: &Rule, case: &Case) -> Vec<String> {
    let mut wrong = Vec::new();
    let settings = Settings {
        select: [rule.id].into(),
        ..Settings::default()
    };
    let before = everything(&case.found);
    let of = |one: &&Finding| one.rule.id == rule.id;
    let mendable = before
        .findings
        .iter()
        .filter(of)
        .filter(|one| one.fix.is_some());
    let mendable: Vec<&Finding> = mendable.collect();
    let done = mended(&case.found, known(), &settings);
    assert_eq!(
        done.files.is_empty(),
        mendable.is_empty(),
        "{}: {}",
        rule.id,
        case.name
    );
    let mut after = case.found.clone();
    for (path, file) in done.files.iter() {
        after.files.insert(path.clone(), file.clone());
    }
    let again = mended(&after, known(), &settings);
    if !again.files.is_empty() {
        wrong.push(format!("a second time mends again: {:?}", again.done));
    }
    let report = everything(&after);
    let (was, is) = (counted(&before.findings), counted(&report.findings));
    for (key, count) in &is {
        if was.get(key).copied().unwrap_or_default() < *count {
            wrong.push(format!("it brings {}: {}", key.0, key.1));
        }
    }
    for one in mendable {
        if is.contains_key(&(rule.id, one.message.as_str())) {
            wrong.push(format!("it stays: {}", one.message));
        }
    }
    if !wrong.is_empty() {
        wrong.push(done.files.to_fixture());
    }
    wrong
}

#[test]
fn what_mends_a_finding_removes_it_and_brings_no_other() {
    let mut wrong = String::new();
    for rule in RULES {
        let text = project::read(&place(rule));
        for case in cases(&text).iter().filter(|case| case.fires) {
            for line in mends(rule, case) {
                let _ = writeln!(wrong, "{}: {}: {line}", rule.id, case.name);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
