//! Faults that upstream did not declare, and that the catalogue makes good: what was forgotten, and what cannot start.

#![expect(
    clippy::panic,
    reason = "what is resolved here can be, or the test ends"
)]

use crate::distributions::resolved;
use floxwright::model::Decision;
use floxwright::resolve::{Facts, Step};

/// What becomes of an intent with one package, before anything was read.
fn step(package: &str) -> Step {
    match resolved(&["--package", package], "", &Facts::default()) {
        Ok(step) => step,
        Err(failure) => panic!("{failure:?}"),
    }
}

#[test]
fn a_forgotten_requirement_is_added() {
    let Step::Done(done) = step("dagster-dbt") else {
        panic!("nothing has to be read");
    };
    let package = &done.lock.packages[&"dagster-dbt".parse().unwrap()];
    let mut requires = package.requires.iter();
    let added = requires.find(|one| one.spelling == "python-dateutil");
    assert!(added.is_some_and(|one| one.decision == Decision::Added));
}

#[test]
fn a_bound_of_the_catalogue_decides_what_is_read() {
    let Step::Need(needs) = step("dagster-sling") else {
        panic!("sling is not in nixpkgs");
    };
    let asked: Vec<&str> = needs
        .distributions
        .iter()
        .filter(|request| request.name.as_str() == "sling")
        .flat_map(|request| request.asked.iter().map(|(wanted, _)| wanted.raw()))
        .collect();
    assert_eq!(asked, ["sling>=1.1.5", "sling<1.4.11"]);
}

#[test]
fn a_program_that_cannot_start_is_left_out() {
    for (package, programs) in [("dagster-azure", 0), ("dagster-celery", 1)] {
        let Step::Done(done) = step(package) else {
            panic!("nothing has to be read");
        };
        let locked = &done.lock.packages[&package.parse().unwrap()];
        assert_eq!(locked.programs.len(), programs, "{package}");
    }
}
