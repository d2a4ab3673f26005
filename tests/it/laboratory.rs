//! The laboratory's tables and figures, without building: they agree with what the program knows.

use crate::project;
use floxwright::nixpkgs::{Index, Lookup};
use floxwright::python::PyName;
use serde_json::Value;

/// One of the laboratory's tables or figures.
fn table(path: &str) -> Value {
    serde_json::from_str(&project::read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_wheels_are_those_that_nixpkgs_has() {
    let index = Index::built_in().unwrap();
    let wheels = table("tests/lab/wheels.json");
    let absent: Vec<&String> = wheels
        .as_object()
        .unwrap()
        .keys()
        .filter(|name| {
            let name: PyName = name.parse().unwrap();
            matches!(index.look_up(&name), Lookup::Absent)
        })
        .collect();
    assert!(
        absent.is_empty(),
        "nixpkgs lacks {absent:?}: the laboratory must not have them"
    );
}

#[test]
fn the_stub_has_every_attribute_of_the_index() {
    let index = Index::built_in().unwrap();
    let stub = table("tests/nix/packages.json");
    // Replaced by psycopg2 everywhere, so that a requirement that is not replaced is noticed.
    let lost: Vec<&str> = index
        .names()
        .filter(|name| {
            let found = index.look_up(&name.parse().unwrap());
            let Lookup::Present { attribute, .. } = found else {
                return false;
            };
            attribute != "psycopg2-binary" && stub.get(attribute).is_none()
        })
        .collect();
    assert!(
        lost.is_empty(),
        "tests/lab/requirements.json lacks {lost:?}"
    );
}

#[test]
fn figures_of_the_laboratory_have_their_reasons() {
    let figures = table("docs/figures/laboratory.json");
    let rows = figures["rows"].as_array().unwrap();
    let proof = project::read("docs/proof.md");
    for row in rows {
        let attribute = row["attribute"].as_str().unwrap();
        if row["ok"] == Value::Bool(false) {
            let reason = row["reason"].as_str().unwrap();
            assert!(proof.contains(attribute), "docs/proof.md lacks {attribute}");
            assert!(proof.contains(reason), "docs/proof.md lacks: {reason}");
        }
    }
    let built = rows.iter().filter(|row| {
        row["release"] == "1.13.27"
            && row["layout"] == "split"
            && row["ok"] == Value::Bool(true)
            && !row["attribute"].as_str().unwrap().contains('.')
    });
    let built = built.count();
    assert!(built > 60, "{built} packages and the environment");
}
