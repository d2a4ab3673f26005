//! What is said of each shape of repository, and what it becomes.

use super::{FIXTURES, adopt, files, handmade, tree};
use floxwright::generate::BASE;

/// The report, and every file that the person had or that holds something of theirs, as it is afterwards.
fn check(name: &str, arguments: &[&str], code: i32) {
    let sandbox = handmade(&files(name));
    let before = tree(&sandbox);
    let shown = adopt(&sandbox, &[arguments, &["--dry-run"]].concat()).exit(code);
    assert_eq!(tree(&sandbox), before, "{name}");
    let done = adopt(&sandbox, &[arguments, &["--yes"]].concat()).exit(code);
    insta::assert_snapshot!(
        format!("{name}.report"),
        format!("{}--- said\n{}", shown.stdout, shown.normal(&shown.stderr))
    );
    assert!(
        done.stdout.contains("is taken over, Dagster "),
        "{}",
        done.stdout
    );
    let after = tree(&sandbox);
    let theirs = after.iter().filter(|(path, _)| {
        let is_made = path.as_str().starts_with(BASE) || path.as_str() == "floxwright.lock";
        let is_document = path.extension() == Some("md") && !path.as_str().contains("previous/");
        let changed = before.get(path).is_some() && before.get(path) != after.get(path);
        !is_made && !is_document && (changed || path.as_str().contains("previous/"))
            || path.as_str() == "floxwright.toml"
            || path.as_str().starts_with(".flox/pkgs/")
                && path.as_str().ends_with(".floxwright-new")
    });
    let theirs: floxwright::tree::Tree = theirs
        .map(|(path, file)| (path.clone(), file.clone()))
        .collect();
    insta::assert_snapshot!(format!("{name}.files"), theirs.to_fixture());
}

#[test]
fn packages_in_files_of_their_own() {
    check("split", &[], 0);
}

#[test]
fn one_file_for_everything() {
    check("closure", &[], 0);
}

#[test]
fn both_at_once() {
    check("both", &[], 0);
}

#[test]
fn much_that_cannot_go_along() {
    check("awkward", &[], 3);
}

/// What a program reads is the same as what a person reads.
#[test]
fn the_report_is_there_for_programs() {
    for (name, _) in FIXTURES {
        let sandbox = handmade(&files(name));
        let done = adopt(&sandbox, &["--dry-run", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
        assert_eq!(report["command"], "adopt");
        assert_eq!(report["state"], "planned");
        let text = adopt(&sandbox, &["--dry-run"]).stdout;
        for one in report["found"].as_array().unwrap() {
            let (path, fate) = (one["path"].as_str().unwrap(), one["fate"].as_str().unwrap());
            let is_told = text.contains(&format!("  {fate} {path}"));
            assert_eq!(is_told, fate != "same", "{name}: {fate} {path}\n{text}");
        }
        for group in report["corrected"].as_array().unwrap() {
            for one in group["corrections"].as_array().unwrap() {
                assert!(
                    text.contains(one["text"].as_str().unwrap()),
                    "{name}: {one}"
                );
            }
        }
        for one in report["inferred"].as_array().unwrap() {
            assert!(
                text.contains(one["because"].as_str().unwrap()),
                "{name}: {one}"
            );
        }
    }
}
