//! The list of rules: complete, sorted, and each with all that is to be said of it.

use crate::project;
use floxwright::check::{RULES, Text};
use std::collections::BTreeSet;

#[test]
fn every_file_of_a_rule_is_listed_under_its_name() {
    let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert!(ids.is_sorted_by(|one, other| one < other), "{ids:?}");
    let files = project::rust_files(&["src/check/rules/"]).into_iter();
    let files: BTreeSet<String> = files
        .filter_map(|file| {
            let name = file.strip_prefix("src/check/rules/")?.strip_suffix(".rs")?;
            (name != "mod").then(|| name.replace('_', "-"))
        })
        .collect();
    let ids: BTreeSet<String> = ids.into_iter().map(str::to_owned).collect();
    assert_eq!(files, ids);
    let cases = project::files().into_iter();
    let cases: BTreeSet<String> = cases
        .filter_map(|file| {
            let name = file.strip_prefix("tests/it/check/rules/")?;
            Some(name.strip_suffix(".txt")?.to_owned())
        })
        .collect();
    assert_eq!(cases, ids, "each rule has a file of cases");
}

#[test]
fn every_rule_says_all_of_itself() {
    for rule in RULES {
        let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(rule.id.chars().all(kebab), "{}", rule.id);
        assert!(
            !rule.title.ends_with('.') && !rule.title.is_empty(),
            "{}",
            rule.id
        );
        let Text {
            what,
            why,
            mend,
            example,
        } = rule.text;
        for sentence in [what, why, mend] {
            assert!(sentence.ends_with(['.', ':']), "{}: {sentence}", rule.id);
        }
        assert!(!example.trim().is_empty(), "{}", rule.id);
    }
}
