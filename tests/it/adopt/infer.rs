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
            source("rev = \"1.12.0\";") + &package("dagster", "1.9.11"),
            "1.12.0, certain",
        ),
        (
            moving.clone() + &package("dagster", "1.9.11"),
            "1.12.0, likely",
        ),
        (
            moving.clone() + &package("dagster", "1.12.0"),
            "1.12.0, likely",
        ),
        (
            moving.clone() + &package("dagster", "1.12.1"),
            "1.12.22, likely",
        ),
        (
            moving.clone() + &package("dagster", "2.0.0"),
            "1.13.27, likely",
        ),
        (
            moving.clone() + &package("dagster", "1!0+dev"),
            "1.13.27, likely",
        ),
        (commit + &package("dagster", "1.12.5"), "1.12.5, guess"),
        // A version of a package on a track of its own says the release where it is known.
        (package("dagster-postgres", "0.28.22"), "1.12.22, certain"),
        (package("dagster-postgres", "0.1.2"), "1.13.27, guess"),
        (package("dagster", "1.12.9"), "1.12.9, certain"),
        (
            package("dagster", "1.12.9") + &package("dagster-pipes", "1.12.8"),
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

#[test]
fn the_rest() {
    let one = package("dagster", "1.12.0");
    let with = |more: &str| format!("{one}{more}");
    for (fixture, field, expected) in [
        (one.clone(), Field::Layout, "split, certain"),
        (one.clone(), Field::Python, "nothing"),
        (one.clone(), Field::Packages, ", certain"),
        (one.clone(), Field::Systems, "nothing"),
        (one.clone(), Field::Source, "nothing"),
        (
            one.replace("python3Packages", "python312Packages"),
            Field::Python,
            "python312, certain",
        ),
        (
            with(&package("dagster-aws", "0.28.0").replace("python3Packages", "python313Packages")),
            Field::Python,
            "python313, certain",
        ),
        (
            one.replace("python3Packages", "python312Packages")
                + &package("dagster-aws", "0.28.0").replace("python3Packages", "python313Packages"),
            Field::Python,
            "python312 or python313",
        ),
        (
            with(&package("dagster_aws", "0.28.0")),
            Field::Packages,
            "dagster-aws, certain",
        ),
        (with(&package("acme", "1")), Field::Packages, ", certain"),
        (
            with(&package("dagster-mysql", "0.28.0")),
            Field::Storage,
            "mysql, likely",
        ),
        (
            with(&(package("dagster-mysql", "0.28.0") + &package("dagster-postgres", "0.28.0"))),
            Field::Storage,
            "nothing",
        ),
        (
            with("//- .flox/env/manifest.toml\noptions.systems = [\"x86_64-linux\"]\n"),
            Field::Systems,
            "x86_64-linux, certain",
        ),
        (
            with("//- .flox/env/manifest.toml\noptions.systems = [\"riscv-linux\"]\n"),
            Field::Systems,
            "nothing",
        ),
        (
            with("//- .flox/env/manifest.toml\n[[[\n"),
            Field::Systems,
            "nothing",
        ),
        (
            with("//- .flox/env.json\n{\"name\": \"Our Env\"}\n"),
            Field::Name,
            "nothing",
        ),
        (
            with("//- .flox/env.json\n{\"name\": \"ours\"}\n"),
            Field::Name,
            "ours, certain",
        ),
        (
            with("//- LICENSE\nMIT License\n\nCopyright\n"),
            Field::License,
            "MIT, likely",
        ),
        (
            with("//- LICENSE\nAll rights reserved.\n"),
            Field::License,
            "nothing",
        ),
        (
            with("//- docs/UPDATE_WORKFLOW.md\nx\n"),
            Field::DocumentsDir,
            "docs, certain",
        ),
        (
            with("//- UPDATING.md\nx\n"),
            Field::DocumentsDir,
            "., certain",
        ),
        (with("//- README.md\nx\n"), Field::DocumentsDir, "nothing"),
        (
            with("//- README.md\nflox publish -o myorg x\n"),
            Field::Handle,
            "nothing",
        ),
        (
            with("//- README.md\nflox publish -o your-org\n"),
            Field::Handle,
            "nothing",
        ),
        (
            with("//- README.md\nflox publish x --org acme\n"),
            Field::Handle,
            "acme, guess",
        ),
        (
            one.replace("src = dagster-src", "src = fetchPypi { hash = \"\"; }"),
            Field::Source,
            "pypi, likely",
        ),
        (
            with(
                "//- .flox/pkgs/all.nix\n{ python313, dagster }: python313.withPackages (ps: [ dagster ps.pandas ps.pytest ])\n",
            ),
            Field::WithPython,
            "pandas, pytest, certain",
        ),
        (
            with(
                "//- .flox/pkgs/all/default.nix\n{ buildEnv, dagster }: buildEnv { paths = [ dagster ]; }\n",
            ),
            Field::EnvironmentName,
            "all, certain",
        ),
    ] {
        assert_eq!(answer(&fixture, field), expected, "{fixture}");
    }
}
