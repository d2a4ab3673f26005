//! What is told of an update: to a person, to a program, in a pull request.

use super::super::made;
use serde_json::Value;

#[test]
fn a_person_can_decide_from_it() {
    let sandbox = made(&["--release", "1.12.0", "--package", "all"]);
    let done = sandbox
        .nothing_changes(&["update", "1.12.22", "--dry-run"])
        .success();
    insta::assert_snapshot!("update-text", done.normal(&done.stdout));
    let done = sandbox
        .nothing_changes(&["update", "1.12.22", "--dry-run", "--format", "markdown"])
        .success();
    insta::assert_snapshot!("update-markdown", done.normal(&done.stdout));
}

#[test]
fn a_program_gets_the_same_facts() {
    let sandbox = made(&["--release", "1.12.0", "--package", "dagster-postgres"]);
    let json = |arguments: &[&str]| -> Value {
        let done = sandbox.there(&[arguments, &["--format", "json"]].concat());
        serde_json::from_str(&done.success().stdout).unwrap()
    };
    let planned = json(&["update", "1.13.27", "--dry-run"]);
    assert_eq!(planned["state"], "planned");
    let written = json(&["update", "1.13.27", "--commit"]);
    assert_eq!(written["state"], "written");
    assert_eq!(written["commit"].as_str().unwrap().len(), 40);
    for key in [
        "title",
        "before",
        "release",
        "changelog",
        "changes",
        "files",
    ] {
        assert_eq!(planned[key], written[key], "{key}");
    }
    assert_eq!(planned["before"], "1.12.0");
    assert_eq!(planned["release"], "1.13.27");
    let changes = &planned["changes"];
    assert_eq!(changes["build-systems"][0]["to"], "hatchling");
    let versions = changes["versions"].as_array().unwrap();
    let of = |name: &str| {
        let mut all = versions.iter();
        let found = all.find(|one| {
            one["packages"]
                .as_array()
                .unwrap()
                .iter()
                .any(|one| one == name)
        });
        found.unwrap()["to"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        (of("dagster"), of("dagster-postgres")),
        ("1.13.27".to_owned(), "0.29.27".to_owned())
    );
    let again = json(&["update", "1.13.27"]);
    assert_eq!(again["state"], "unchanged");
    assert_eq!(again["commit"], Value::Null);
}

#[test]
fn a_patch_leads_to_the_same() {
    let sandbox = made(&["--release", "1.12.22"]);
    let patch = sandbox
        .nothing_changes(&["update", "1.13.27", "--diff"])
        .success();
    sandbox.write("patch", &patch.stdout);
    sandbox.git("d", &["apply", "../patch"]);
    assert!(sandbox.files() == made(&[]).files());
}

#[test]
fn without_a_lock_the_release_is_told() {
    let sandbox = made(&["--release", "1.12.22"]);
    drop(sandbox.shell("rm d/floxwright.lock").success());
    let done = sandbox.there(&["update", "1.13.27"]).success();
    assert!(done.stdout.contains("Update to 1.13.27"), "{}", done.stdout);
    drop(done.says(&["there was no `floxwright.lock`"]));
    assert!(sandbox.files() == made(&[]).files());
}
