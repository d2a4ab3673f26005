//! The command: what it prints, and how it ends.

use crate::adopt::{files, handmade};
use crate::sandbox::{Sandbox, new_yes};
use serde_json::Value;

/// A run of `check` in the repository `d`, with its result as JSON.
pub(super) fn json(sandbox: &Sandbox, arguments: &[&str], code: i32) -> Value {
    let all = [&["-C", "d", "check", "--format", "json"], arguments].concat();
    serde_json::from_str(&sandbox.run(&all).exit(code).stdout).unwrap()
}

#[test]
fn a_repository_made_by_hand_is_explained() {
    let sandbox = handmade(&files("split"));
    let before = sandbox.tree("d");
    let done = sandbox.run(&["-C", "d", "check"]).exit(4);
    insta::assert_snapshot!("split", done.stdout);
    assert_eq!(done.stderr, "");
    assert_eq!(sandbox.tree("d"), before);
}

#[test]
fn what_floxwright_makes_ends_well() {
    for arguments in [&[][..], &["--package", "all"]] {
        let sandbox = Sandbox::new();
        drop(sandbox.run(&new_yes("d", arguments)).success());
        // What is left is to be done by Flox and by the person: locking and pushing.
        let told = json(&sandbox, &[], 4);
        let found = told["findings"].as_array().unwrap().iter();
        let rules: Vec<&str> = found.map(|one| one["rule"].as_str().unwrap()).collect();
        assert_eq!(rules, ["lock-missing", "publish-refused"], "{told}");
        let told = json(&sandbox, &["--ignore", "lock-missing,publish-refused"], 0);
        assert_eq!(told["state"], "clean", "{told}");
    }
}

#[test]
fn a_level_decides_how_the_run_ends() {
    let sandbox = handmade(&files("closure"));
    for (arguments, code, state) in [
        (&["--deny", "critical"][..], 4, "denied"),
        (&["--deny", "none"], 0, "found"),
        (&["--select", "unused-argument"], 0, "found"),
        (
            &["--select", "unused-argument", "--deny", "low"],
            4,
            "denied",
        ),
        (&["--select", "low", "--ignore", "low"], 0, "clean"),
        (&["--select", "syntax-error,allow-unclear"], 0, "clean"),
    ] {
        let told = json(&sandbox, arguments, code);
        assert_eq!(told["state"], state, "{arguments:?}");
    }
}

#[test]
fn what_can_be_mended_is_mended_and_can_be_taken_back() {
    let sandbox = handmade(&files("split"));
    let before = sandbox.tree("d");
    let fix = |more: &[&str]| {
        let all = [&["-C", "d", "check", "--deny", "none", "--fix"], more].concat();
        sandbox.run(&all).success()
    };
    let plan = fix(&["--dry-run"]);
    let patch = fix(&["--diff"]);
    assert_eq!(sandbox.tree("d"), before);
    insta::assert_snapshot!("split.patch", patch.stdout);
    let done = fix(&[]);
    let planned = plan.stdout.replace("would be mended: ", "mended: ");
    assert_eq!(done.stdout, planned);
    sandbox.write("patch", &patch.stdout);
    let reversed = sandbox.shell("cd d && git apply --reverse --check ../patch");
    drop(reversed.success());
    let again = json(&sandbox, &["--deny", "none", "--fix"], 0);
    assert_eq!(again["mended"].as_array().unwrap().len(), 0);
    drop(sandbox.run(&["-C", "d", "undo"]).success());
    let after = sandbox.tree("d").into_iter();
    let after = after.filter(|(path, _)| !path.as_str().starts_with(".floxwright/"));
    assert_eq!(after.collect::<floxwright::tree::Tree>(), before);
}

#[test]
fn the_repository_keeps_what_is_looked_for() {
    let sandbox = handmade(&files("closure"));
    let keep = |table: &str| {
        sandbox.write(
            "d/floxwright.toml",
            format!("schema = 1\n[check]\n{table}\n"),
        );
    };
    keep(
        "select = [\"unused-argument\", \"format-implicit\"]\nignore = [\"format-implicit\"]\ndeny = \"low\"",
    );
    let rules = |told: &Value| {
        let findings = told["findings"].as_array().unwrap().iter();
        let rules = findings.map(|one| one["rule"].as_str().unwrap().to_owned());
        rules.collect::<std::collections::BTreeSet<String>>()
    };
    let told = json(&sandbox, &[], 4);
    assert_eq!(rules(&told), ["unused-argument".to_owned()].into());
    let told = json(&sandbox, &["--deny", "none", "--select", "hash-missing"], 0);
    assert_eq!(rules(&told), ["hash-missing".to_owned()].into());
    keep("select = [\"unused\"]\ndeny = \"bad\"");
    let done = sandbox.run(&["-C", "d", "check"]).exit(2);
    drop(done.says(&[
        "`check.select`: there is no rule `unused`",
        "`check.deny`: `bad` is no level",
    ]));
}

#[test]
fn what_is_asked_wrongly_is_refused() {
    let sandbox = handmade(&files("closure"));
    let run = |arguments: &[&str]| sandbox.run(&[&["-C", "d", "check"], arguments].concat());
    let done = run(&["--select", "unused-arguments"]).exit(2);
    drop(done.says(&["there is no rule `unused-arguments`; did you mean `unused-argument`?"]));
    drop(run(&["--deny", "bad"]).exit(2));
    drop(sandbox.shell("mkdir empty").success());
    let done = sandbox.run(&["-C", "empty", "check"]).exit(1);
    drop(done.says(&["there is nothing to check"]));
}

#[test]
fn rules_are_listed_and_explained() {
    let sandbox = Sandbox::new();
    let done = sandbox.run(&["list", "rules"]).success();
    for rule in floxwright::check::RULES {
        assert!(done.stdout.contains(rule.id), "{}", rule.id);
        let told = sandbox.run(&["explain", rule.id]).success();
        assert!(told.stdout.contains(rule.title), "{}", told.stdout);
    }
    let done = sandbox
        .run(&["explain", "syntax-error", "--format", "json"])
        .success();
    let told: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(told["severity"], "critical");
}
