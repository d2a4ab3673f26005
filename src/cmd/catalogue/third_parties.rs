//! `catalogue third-parties`: what the ready-made releases require and nixpkgs lacks, read from the package index once for all.

use super::super::in_memory::{Asked, Resolved, resolve};
use super::super::{Context, index, scaffolds};
use super::value;
use crate::diagnostic::Failure;
use crate::disk;
use crate::model::PythonSet;
use crate::scaffold::date::Date;
use crate::scaffold::{THIRD_PARTIES, ThirdParties};
use clap::{ArgMatches, Command};
use std::collections::BTreeSet;

/// The subcommand.
pub(super) fn command() -> Command {
    Command::new("third-parties")
        .about("Reads what the ready-made releases require and nixpkgs lacks, and writes its file of the catalogue")
        .arg(value("scaffold", "DIR", "Directory of the scaffold").required(true))
        .arg(value(
            "date",
            "DATE",
            "Day that the file gives as the day of reading; today unless said otherwise",
        ))
}

/// Runs it.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let given = |name: &str| matches.get_one::<String>(name).cloned();
    let date = given("date").unwrap_or_else(|| context.world.today());
    let date: Date = date
        .parse()
        .map_err(|error| Failure::invalid(format!("`--date`: {error}")))?;
    let directory = given("scaffold").unwrap_or_default();
    let directory = format!("{}/", directory.trim_end_matches('/'));
    let mut scaffold = scaffolds::find(Some(&directory), context)?;
    // What is carried would be found again, and nothing newer.
    scaffold.third_parties = None;
    let python: PythonSet = scaffold
        .catalogue
        .upstream
        .python
        .parse()
        .map_err(|error| {
            Failure::refused("the scaffold's Python set cannot be read").because(error)
        })?;
    let index = index::with_file(None)?;
    let mut read = Vec::new();
    let mut systems = BTreeSet::new();
    for release in scaffold.ready_made() {
        let asked = Asked {
            release: Some(release.release.to_string()),
            packages: vec!["all".to_owned()],
            ..Asked::default()
        };
        let Resolved { intent, facts, .. } = resolve(asked, &scaffold, &index, context)?;
        systems.extend(intent.systems);
        read.extend(facts.distributions);
    }
    let mut third_parties = ThirdParties::new(date, python, systems);
    for (name, distribution) in &read {
        third_parties.add(name, distribution);
    }
    let text = third_parties
        .to_text()
        .map_err(|error| Failure::refused("the file cannot be written").because(error))?;
    let output = format!("{directory}{THIRD_PARTIES}");
    disk::write_file(&context.path(&output), text.as_bytes()).map_err(|error| {
        Failure::refused("the file cannot be written").because(scaffolds::chain(&error))
    })?;
    context.ui.result(&format!(
        "{output}: {} distributions\n",
        third_parties.len()
    ))
}
