//! What can be asked for, as a person reads it and as a program does.

use crate::sandbox::{Sandbox, new_yes};
use serde_json::Value;

fn listed(sandbox: &Sandbox, arguments: &[&str]) -> String {
    sandbox
        .run(&[&["list"], arguments].concat())
        .success()
        .stdout
}

#[expect(clippy::unwrap_used, reason = "what is no JSON ends the test")]
fn values(sandbox: &Sandbox, arguments: &[&str]) -> Vec<Value> {
    let text = listed(sandbox, &[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&text).unwrap()
}

#[test]
fn every_list_fits_eighty_columns() {
    let sandbox = Sandbox::new();
    for what in ["packages", "releases", "scaffolds"] {
        let text = listed(&sandbox, &[what]);
        let wide = text.lines().find(|line| line.chars().count() > 80);
        assert_eq!(wide, None, "{what}");
    }
}

#[test]
fn every_release_is_listed_whole() {
    let sandbox = Sandbox::new();
    for (release, count) in [("1.12.0", 68), ("1.12.22", 70), ("1.13.27", 75)] {
        let text = listed(&sandbox, &["packages", "--release", release]);
        let head = format!("Dagster {release}: {count} packages\n");
        assert!(text.starts_with(&head), "{text}");
        let all = values(&sandbox, &["packages", "--release", release]);
        let there = all.iter().filter(|one| one["state"] != "absent");
        assert_eq!(there.count(), count, "{release}");
    }
}

#[test]
fn words_and_a_category_narrow_the_list() {
    let sandbox = Sandbox::new();
    let names = |arguments: &[&str]| -> Vec<String> {
        let values = values(&sandbox, &[&["packages"], arguments].concat());
        let names = values.iter().map(|one| one["name"].as_str().unwrap());
        names.map(str::to_owned).collect()
    };
    for (arguments, expected) in [
        (&["POLARS", "duck"][..], &["dagster-duckdb-polars"][..]),
        (&["--category", "notebooks"], &["dagstermill"]),
        (
            &["sql", "--category", "database"],
            &["dagster-mysql", "dagster-postgres"],
        ),
        (&["shell"], &["dagster-shell"]),
        (&["no-such-thing"], &[]),
    ] {
        assert_eq!(names(arguments), expected, "{arguments:?}");
    }
    let shell = listed(&sandbox, &["packages", "shell"]);
    let shell = shell.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        shell.contains("1.9.13 was the last release with it"),
        "{shell}"
    );
    let wandb = listed(&sandbox, &["packages", "wandb"]);
    assert!(wandb.contains("known: wandb 0.30 removed"), "{wandb}");
}

#[test]
fn in_a_repository_the_list_is_that_of_its_release_with_what_is_built() {
    let sandbox = Sandbox::new();
    let flags = [
        "--release",
        "1.12.0",
        "--package",
        "dagster-mysql",
        "--no-git",
    ];
    drop(sandbox.run(&new_yes("d", &flags)).success());
    let text = listed(&sandbox, &["packages", "-C", "d"]);
    assert!(
        text.starts_with("Dagster 1.12.0: 68 packages; * built here\n"),
        "{text}"
    );
    let built = text.lines().filter(|line| line.starts_with("* "));
    assert_eq!(built.count(), 6, "{text}");
    let all = values(&sandbox, &["packages", "-C", "d/docs"]);
    let because = |name: &str| {
        let found = all.iter().find(|one| one["name"] == name).unwrap();
        found["built-because"].clone()
    };
    assert_eq!(because("dagster-mysql"), "asked for");
    assert_eq!(because("dagster-postgres"), Value::Null);
    let other = listed(&sandbox, &["packages", "-C", "d", "--release", "1.13.27"]);
    assert!(
        other.starts_with("Dagster 1.13.27: 75 packages; * built here\n"),
        "{other}"
    );
}

#[test]
fn what_cannot_be_listed_is_refused() {
    let sandbox = Sandbox::new();
    for (arguments, says) in [
        (
            &["list", "packages", "--category", "x"][..],
            "there is no category `x`: there are core, cloud,",
        ),
        (
            &["list", "releases", "--category", "cloud"],
            "`--category` is for packages, and says nothing to `list releases`",
        ),
        (&["list", "scaffolds", "word"], "`FILTER` is for packages"),
        (&["list", "packages", "--release", "1.12.16"], "1.12.17"),
    ] {
        let done = sandbox.run(arguments);
        assert_eq!(done.code, Some(2), "{done:?}");
        assert!(
            done.stderr.contains(says) && done.stdout.is_empty(),
            "{done:?}"
        );
    }
}
