//! What follows from the files, as a table: a few lines of Nix, and the answer.

use floxwright::adopt::{Inferred, Survey, infer};
use floxwright::ask::{Answers, Field};
use floxwright::scaffold::{Scaffold, built_in};
use floxwright::tree::Tree;
use std::collections::BTreeMap;

fn inferred(fixture: &str) -> Inferred {
    let scaffold = Scaffold::load("dagster", &built_in("dagster").unwrap()).unwrap();
    let tree = Tree::from_fixture(fixture).unwrap();
    let survey = Survey::of(tree, BTreeMap::new(), "d".to_owned(), &scaffold);
    assert!(survey.is_recognised(), "{fixture}");
    infer(&survey, &scaffold, &Answers::new())
}

/// The answer with how sure it is; what contradicts itself, with `or` between.
fn answer(fixture: &str, field: Field) -> String {
    let inferred = inferred(fixture);
    if let Some(open) = inferred.open.iter().find(|open| open.field == field) {
        let said: Vec<&str> = open
            .candidates
            .iter()
            .map(|(value, _)| value.as_str())
            .collect();
        return said.join(" or ");
    }
    match inferred.of(field) {
        Some(one) => format!("{}, {}", one.value.line(), one.sure.name()),
        None => "nothing".to_owned(),
    }
}

fn source(revision: &str) -> String {
    format!(
        "//- .flox/pkgs/dagster-src.nix\n{{ fetchFromGitHub }}: fetchFromGitHub {{ owner = \"dagster-io\"; repo = \"Dagster\"; {revision} }}\n"
    )
}

fn package(name: &str, version: &str) -> String {
    format!(
        "//- .flox/pkgs/{name}.nix\n{{ python3Packages, dagster-src }}: python3Packages.buildPythonPackage {{ pname = \"{name}\"; version = \"{version}\"; src = dagster-src; }}\n"
    )
}

#[test]
fn releases() {
    let moving = source("rev = \"master\";");
    let commit = source("rev = \"0123456789abcdef0123456789abcdef01234567\";");
    for (fixture, expected) in [
        (source("rev = \"1.12.22\";"), "1.12.22, certain"),
        (source("tag = \"v1.12.14\";"), "1.12.14, certain"),
        (source("rev = \"refs/tags/1.12.0\";"), "1.12.0, certain"),
        // The newest, where nothing else is known.
        (moving.clone(), "1.13.27, likely"),
        (source(""), "1.13.27, guess"),
        (commit.clone(), "1.13.27, likely"),
        // The tag is what is built, whatever the packages say.
        (
            source("rev = \"1.12.0\";") + package("dagster", "1.9.11").as_str(),
            "1.12.0, certain",
        ),
        (
            moving.clone() + package("dagster", "1.9.11").as_str(),
            "1.12.0, likely",
        ),
        (
            moving.clone() + package("dagster", "1.12.0").as_str(),
            "1.12.0, likely",
        ),
        (
            moving.clone() + package("dagster", "1.12.1").as_str(),
            "1.12.22, likely",
        ),
        (
            moving.clone() + package("dagster", "2.0.0").as_str(),
            "1.13.27, likely",
        ),
        (
            moving.clone() + package("dagster", "1!0+dev").as_str(),
            "1.13.27, likely",
        ),
        (
            commit + package("dagster", "1.12.5").as_str(),
            "1.12.5, guess",
        ),
        // A version of a package on a track of its own says the release where it is known.
        (package("dagster-postgres", "0.28.22"), "1.12.22, certain"),
        (package("dagster-postgres", "0.1.2"), "1.13.27, guess"),
        (package("dagster", "1.12.9"), "1.12.9, certain"),
        (
            package("dagster", "1.12.9") + package("dagster-pipes", "1.12.8").as_str(),
            "1.12.8 or 1.12.9",
        ),
        (
            source("rev = \"1.12.0\";")
                + "//- .flox/pkgs/b.nix\n{ fetchFromGitHub }: fetchFromGitHub { owner = \"dagster-io\"; repo = \"dagster\"; rev = \"1.12.1\"; }\n",
            "1.12.0 or 1.12.1",
        ),
        // A withdrawn release gives way.
        (source("rev = \"1.12.16\";"), "1.12.17, likely"),
        (source("rev = \"1.13.28\";"), "1.13.27, likely"),
    ] {
        assert_eq!(answer(&fixture, Field::Release), expected, "{fixture}");
    }
}

#[track_caller]
fn check(fixture: &str, field: Field, expected: &str) {
    assert_eq!(answer(fixture, field), expected, "{fixture}");
}

/// A package, and something beside it.
fn beside(more: &str) -> String {
    package("dagster", "1.12.0") + more
}

#[test]
fn pythons() {
    let python = |name: &str, set: &str| package(name, "1").replace("python3Packages", set);
    check(&beside(""), Field::Python, "nothing");
    let one = python("dagster", "python312Packages");
    check(&one, Field::Python, "python312, certain");
    let two = python("dagster-aws", "python313Packages");
    check(&beside(&two), Field::Python, "python313, certain");
    check(
        &(one + two.as_str()),
        Field::Python,
        "python312 or python313",
    );
}

#[test]
fn packages_and_what_they_lead_to() {
    let mysql = package("dagster-mysql", "0.28.0");
    let postgres = package("dagster-postgres", "0.28.0");
    check(&beside(""), Field::Packages, ", certain");
    check(&beside(&package("acme", "1")), Field::Packages, ", certain");
    let aws = package("dagster_aws", "0.28.0");
    check(&beside(&aws), Field::Packages, "dagster-aws, certain");
    check(&beside(""), Field::Storage, "nothing");
    check(&beside(&mysql), Field::Storage, "mysql, likely");
    check(
        &beside(&(mysql + postgres.as_str())),
        Field::Storage,
        "nothing",
    );
    check(&beside(""), Field::Source, "nothing");
    let sdist = beside("").replace("src = dagster-src", "src = fetchPypi { hash = \"\"; }");
    check(&sdist, Field::Source, "pypi, likely");
    let hash = "hash = \"sha256-hR3QRm5ihtTcAO6zHSVKGNUiL+MEflC4Bm1YqQ+lvf4=\";";
    let pinned = |tag: &str| source(&format!("tag = \"{tag}\"; {hash}"));
    check(&pinned("1.13.27"), Field::Source, "github, certain");
    // The catalogue has that one's; a branch has none.
    check(&pinned("1.12.0"), Field::Source, "nothing");
    check(&pinned("master"), Field::Source, "nothing");
    let short = pinned("1.13.27").replace("sha256-hR3", "sha256-");
    check(&short, Field::Source, "nothing");
}

#[test]
fn environments() {
    check(&beside(""), Field::Layout, "split, certain");
    let with = beside(
        "//- .flox/pkgs/all.nix\n{ python313, dagster }: python313.withPackages (ps: [ dagster ps.pandas ps.pytest ])\n",
    );
    check(&with, Field::WithPython, "pandas, pytest, certain");
    check(&with, Field::EnvironmentName, "all, certain");
    check(&with, Field::Layout, "split, certain");
    let folder = beside(
        "//- .flox/pkgs/all/default.nix\n{ buildEnv, dagster }: buildEnv { paths = [ dagster ]; }\n",
    );
    check(&folder, Field::EnvironmentName, "all, certain");
    let alone = "//- .flox/pkgs/all.nix\n{ p, buildEnv }: let dagster = p.buildPythonPackage { pname = \"dagster\"; }; in buildEnv { paths = [ dagster ]; }\n";
    check(alone, Field::Layout, "single, certain");
}

#[test]
fn what_flox_says() {
    let manifest = |text: &str| beside(&format!("//- .flox/env/manifest.toml\n{text}\n"));
    let env = |text: &str| beside(&format!("//- .flox/env.json\n{text}\n"));
    check(&beside(""), Field::Systems, "nothing");
    let one = manifest("options.systems = [\"x86_64-linux\"]");
    check(&one, Field::Systems, "x86_64-linux, certain");
    let unknown = manifest("options.systems = [\"riscv-linux\"]");
    check(&unknown, Field::Systems, "nothing");
    check(&manifest("[[["), Field::Systems, "nothing");
    check(&env("{\"name\": \"Our Env\"}"), Field::Name, "nothing");
    check(&env("{\"name\": \"ours\"}"), Field::Name, "ours, certain");
    check(&env("{"), Field::Name, "nothing");
}

#[test]
fn what_documents_say() {
    let file = |path: &str, text: &str| beside(&format!("//- {path}\n{text}\n"));
    let license = "MIT License\n\nCopyright";
    check(&file("LICENSE", license), Field::License, "MIT, likely");
    let other = file("LICENSE", "All rights reserved.");
    check(&other, Field::License, "nothing");
    let inside = file("docs/UPDATE_WORKFLOW.md", "x");
    check(&inside, Field::DocumentsDir, "docs, certain");
    check(&file("UPDATING.md", "x"), Field::DocumentsDir, "., certain");
    check(&file("README.md", "x"), Field::DocumentsDir, "nothing");
    for (line, expected) in [
        ("flox publish -o myorg x", "nothing"),
        ("flox publish -o your-org", "nothing"),
        ("flox publish", "nothing"),
        ("flox publish x --org acme", "acme, guess"),
        ("`flox publish -o acme`", "acme, guess"),
    ] {
        check(&file("README.md", line), Field::Handle, expected);
    }
}
