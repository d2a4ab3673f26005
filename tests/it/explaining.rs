//! What `explain` says, of every name that a repository has to do with.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what is written here can be read, or the test ends"
)]

use crate::distributions::{OVERRIDES, facts, resolved};
use crate::sandbox::Sandbox;
use floxwright::explain::{Explained, Kind, explain, names, text};
use floxwright::model::Lock;
use floxwright::nixpkgs::Index;
use floxwright::resolve::Step;
use floxwright::scaffold::{Scaffold, built_in};

fn lock() -> Lock {
    let flags = ["--package", "dagster-postgres[aws],dagster-mysql"];
    match resolved(&flags, OVERRIDES, &facts()) {
        Ok(Step::Done(done)) => done.lock,
        other => panic!("{other:?}"),
    }
}

fn explained(name: &str, lock: &Lock) -> Option<Explained> {
    let scaffold = Scaffold::load("dagster", &built_in("dagster").unwrap()).unwrap();
    let index = Index::built_in().unwrap();
    explain(&name.parse().unwrap(), lock, &scaffold.catalogue, &index)
}

#[test]
fn everything_is_explained_within_80_columns() {
    let lock = lock();
    let names = names(&lock);
    assert!(names.len() > 40);
    for name in names {
        let found = explained(&name, &lock).unwrap_or_else(|| panic!("{name}"));
        let text = text(&found);
        let wide = text.lines().find(|line| line.chars().count() > 80);
        assert_eq!(wide, None, "{name}");
        assert!(!text.lines().any(|line| line.ends_with(' ')), "{name}");
    }
    assert_eq!(explained("no-such-thing", &lock), None);
}

#[test]
fn a_package_of_the_release() {
    let found = explained("dagster-postgres", &lock()).unwrap();
    assert_eq!(found.kind, Kind::Integration);
    let expected = "
Requires           wants      index    verdict
  dagster          ==1.13.27  1.13.27  built here
  psycopg2-binary  any        -        stand-in
      `psycopg2` instead: the same module, on every nixpkgs

Extra aws (taken)
         wants     index    verdict
  boto3  >=1.26.0  1.43.56  within bounds
";
    let text = text(&found);
    assert!(text.contains(expected), "{text}");
    assert!(text.contains("\nKnown faults\n"), "{text}");
}

#[test]
fn what_is_packaged_here_and_who_wants_it() {
    let lock = lock();
    let found = explained("click", &lock).unwrap();
    assert_eq!(
        (found.kind, found.version.as_str()),
        (Kind::ThirdParty, "8.1.8")
    );
    let askers: Vec<&str> = found
        .required_by
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(askers, ["dagster", "dagster-webserver"]);
    let ruff = text(&explained("ruff", &lock).unwrap());
    assert!(
        ruff.contains("  From:     wheels on PyPI with machine code for x86_64-linux\n"),
        "{ruff}"
    );
}

#[test]
fn what_nixpkgs_has_and_what_it_stands_in_for() {
    let lock = lock();
    let found = explained("psycopg2", &lock).unwrap();
    assert_eq!(found.kind, Kind::Nixpkgs);
    assert_eq!(found.required_by.len(), 1);
    let yaml = text(&explained("PyYAML", &lock).unwrap());
    assert!(yaml.starts_with("pyyaml 6"), "{yaml}");
    assert!(yaml.contains("  dagster-shared  >=5.1"), "{yaml}");
}

#[test]
fn in_a_workspace_and_elsewhere() {
    let sandbox = Sandbox::new();
    let made = sandbox.run(&["new", "d", "--yes", "--package", "dagster-mysql"]);
    drop(made.success());
    let explain = |arguments: &[&str]| sandbox.run(&[&["explain"], arguments].concat());
    let within =
        |arguments: &[&str]| sandbox.run(&[&["-C", "d/docs", "explain"], arguments].concat());
    for (done, begins, says) in [
        (
            within(&["dagster-mysql"]),
            "dagster-mysql 0.29.27, integration\n",
            "asked for",
        ),
        (within(&["click"]), "click 8", "dagster-webserver"),
        (
            within(&["dagster-postgres"]),
            "dagster-postgres 0.29.27,",
            "stand-in",
        ),
        (
            explain(&["dagster", "--release", "1.12.0"]),
            "dagster 1.12.0, core\n",
            "the monorepo",
        ),
        (explain(&["toposort"]), "toposort 1", "  dagster  >=1.0"),
    ] {
        let done = done.success();
        assert!(done.stdout.starts_with(begins), "{}", done.stdout);
        assert!(done.stdout.contains(says), "{}", done.stdout);
    }
    let aside = within(&["dagster-postgres"]).success().stderr;
    assert!(
        aside.contains("`dagster-postgres` is not built in this repository"),
        "{aside}"
    );
    let json = within(&["dagster-mysql", "--format", "json"])
        .success()
        .stdout;
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["requires"][0]["verdict"], "built here");
    assert_eq!(value["requires-python"], ">=3.10, <3.14");
}
