//! `generate`: makes a project from a template in cargo-generate's format.

mod args;
mod as_cargo_generate;
mod authors;
mod configuration;
mod favorites;
mod fetch;
mod hooks;
mod kept_by_git;
mod make;
mod member;
mod outcome;
mod person;
mod prepare;
mod questions;
mod record;
mod reproduce;
mod request;
mod source;
mod update;
mod values;

pub(super) use args::command;
pub(super) use as_cargo_generate::{arguments, under_its_name};

use super::Context;
use super::mode::Mode as Writing;
use super::scaffolds::chain;
use crate::diagnostic::Failure;
use crate::disk::{Temporary, write_staged};
use crate::expand::{Expanded, expand};
use crate::outside::program::foreground;
use crate::plan::{diff, summary};
use clap::ArgMatches;
use fetch::{Fetched, fetch, temporary};
use person::{Person, Said};
use prepare::prepare;
use request::Request;
use values::{Given, used};

/// Says how a project is tested.
const TEST_VARIABLE: &str = "CARGO_GENERATE_TEST_CMD";

/// What came of a template, before anything is written.
struct Ready {
    expanded: Expanded,
    /// The values that were given and that the template can use.
    given: Given,
    branch: Option<String>,
    commit: Option<String>,
    /// Whether hooks ran, and by whose leave.
    hooks: Option<String>,
    /// Whether hooks ran commands.
    commands: bool,
    /// What the person has seen and allowed.
    said: Said,
}

/// Runs `generate`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let done = generate(matches, context);
    match done {
        Err(failure) if matches.get_flag("compat") => {
            Err(as_cargo_generate::told(&failure, context))
        }
        done => done,
    }
}

fn generate(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let configuration = configuration::configuration(matches.get_one("config"), context)?;
    if matches.get_flag("list-favorites") {
        return favorites::list(matches, &configuration, context);
    }
    if matches.get_flag("update") {
        return update::run(matches, &configuration, context);
    }
    let request = Request::new(matches, &configuration, context)?;
    if request.is_compat() {
        as_cargo_generate::begin(&request, context)?;
    }
    let (ready, target) = ready(&request, context)?;
    if let Some(arguments) = request.test() {
        if request.writing != Writing::Write {
            return Err(Failure::invalid(
                "`--test` runs a program, and a plan runs nothing",
            ));
        }
        return test(&ready, &arguments, context);
    }
    let prepared = prepare(ready, target, &request, context)?;
    match request.writing {
        Writing::Write => {
            make::make(&prepared, context)?;
            if request.is("record") {
                kept_by_git::announce_kept(&prepared.target, context);
            }
            outcome::tell(&prepared, &request, context)
        }
        Writing::Plan if request.json() => context
            .ui
            .result(&outcome::json(&prepared, &request, "planned")?),
        Writing::Plan => {
            outcome::tell_outside(&prepared, context);
            let files = summary(&prepared.plan()?);
            context.ui.result(&format!("{files}\n"))
        }
        Writing::Diff => {
            outcome::tell_outside(&prepared, context);
            context.ui.result(&diff(&prepared.plan()?))
        }
    }
}

/// Brings the template and expands it; with the directory of the project.
fn ready(
    request: &Request<'_>,
    context: &Context<'_>,
) -> Result<(Ready, std::path::PathBuf), Failure> {
    expanded(fetch(request, context)?, request, context)
}

/// Expands a template; with the directory of the project.
fn expanded(
    fetched: Fetched,
    request: &Request<'_>,
    context: &Context<'_>,
) -> Result<(Ready, std::path::PathBuf), Failure> {
    let Fetched {
        staged,
        branch,
        commit,
    } = fetched;
    let working_directory = Temporary::free(&temporary(context)).map_err(|error| {
        Failure::refused("there is no place for temporary files").because(chain(&error))
    })?;
    let order = request.order(&staged, &working_directory, context)?;
    let mut person = Person::new(request, context, working_directory);
    let given = used(&order.values, &staged);
    let expanded = expand(staged, &order, &mut person)?;
    let target = person.target.unwrap_or_else(|| request.destination.clone());
    let ready = Ready {
        expanded,
        given,
        branch,
        commit,
        hooks: person.hooks,
        commands: person.commands,
        said: person.said,
    };
    Ok((ready, target))
}

/// `--test`: the project in a temporary directory, and a program at work in it.
fn test(ready: &Ready, arguments: &[String], context: &Context<'_>) -> Result<(), Failure> {
    let failed = |cause: String| Failure::refused("the project cannot be tested").because(cause);
    let interrupts = context.guard.interrupts();
    let _writing = interrupts.writing();
    let interrupted = || interrupts.interrupted();
    let place = Temporary::free(&temporary(context)).and_then(Temporary::make);
    let place = place.map_err(|error| failed(chain(&error)))?;
    write_staged(place.path(), &ready.expanded.tree, &interrupted)
        .map_err(|error| failed(chain(&error)))?;
    let said = context.world.var(TEST_VARIABLE).unwrap_or("cargo test");
    let mut words = said.split_whitespace().map(str::to_owned);
    let program = words.next().unwrap_or_default();
    let arguments: Vec<String> = words.chain(arguments.iter().cloned()).collect();
    let at = (place.path(), context.world);
    match foreground(&program, &arguments, at, &interrupted) {
        _ if interrupted() => Err(Failure::interrupted()),
        Ok(true) => context
            .ui
            .result_line("Done! The test of the project succeeded"),
        Ok(false) => Err(Failure::refused(format!("`{said}` failed in the project"))),
        Err(error) => Err(failed(format!("`{program}` cannot be started: {error}"))),
    }
}
