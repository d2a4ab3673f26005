//! `check`: what is wrong with the packaging repository, made by floxwright or by hand.

mod args;
mod ground;
mod read;
mod summary;

pub(super) use args::command;

use super::{Context, json};
use crate::check::{Report, Repository, Subject, check, json as report_json};
use crate::diagnostic::{Exit, Failure};
use args::{Form, Options};
use clap::ArgMatches;
use ground::Ground;

/// Runs `check`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let options = Options::from(matches)?;
    let root = read::root(context)?;
    let ground = Ground::of(&root, &options, context)?;
    let subject = ground.subject(&options);
    let repository = ground.repository(&subject);
    let report = check(&repository, &options.settings);
    let directory = root.to_string_lossy();
    tell(&report, &repository, (&options, &directory), context)?;
    warn(&subject, context);
    if report.is_denied(&options.settings) {
        // Everything is said already.
        return Err(Failure::all(Exit::Found, Vec::new()));
    }
    Ok(())
}

/// Prints what was found.
fn tell(
    report: &Report,
    repository: &Repository<'_>,
    (options, directory): (&Options, &str),
    context: &Context<'_>,
) -> Result<(), Failure> {
    match options.form {
        Form::Text => {
            let text = |path: &crate::tree::RelPath| repository.survey.text(path.as_str());
            context.ui.findings(&report.findings, &text)?;
            let summary = summary::summary(report, repository, &options.settings);
            context.ui.result(&summary)
        }
        Form::Json => {
            let value = report_json(report, repository, &options.settings, directory);
            context.ui.result(&json::text(&value)?)
        }
    }
}

/// Says what could not be looked for.
fn warn(subject: &Subject<'_>, context: &Context<'_>) {
    if subject.is_recognised && subject.released.is_none() {
        let release = &subject.release;
        context.ui.warn(&format!(
            "what the packages of `{release}` require is not known here, so nothing is said of their requirements and versions"
        ));
    }
}
