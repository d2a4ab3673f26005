//! `check`: what is wrong with the packaging repository, made by floxwright or by hand.

mod args;
mod evaluate;
mod fix;
mod ground;
mod read;
mod stale;
mod summary;
mod tell;

pub(super) use args::command;

use super::Context;
use crate::check::{Finding, check};
use crate::diagnostic::{Exit, Failure};
use args::Options;
use clap::ArgMatches;
use ground::Ground;
use tell::Told;

/// Runs `check`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let options = Options::from(matches)?;
    let root = read::root(context)?;
    let options = options.with(&read::table(&root))?;
    let fixed = if options.fixes {
        Some(fix::fix(&root, &options, context)?)
    } else {
        None
    };
    let read;
    let ground = if let Some(fixed) = &fixed {
        &fixed.ground
    } else {
        read = Ground::of(&root, &options, context)?;
        &read
    };
    let subject = ground.subject(&options);
    let repository = ground.repository(&subject);
    let mut report = check(&repository, &options.settings);
    if let Some(path) = &ground.found.stdin {
        let is_there = |one: &Finding| one.place.as_ref().is_some_and(|place| place.path == *path);
        report.findings.retain(is_there);
    }
    let told = Told {
        report: &report,
        repository: &repository,
        fixed: fixed.as_ref(),
        directory: &root.to_string_lossy(),
    };
    tell::tell(&told, &options, context)?;
    if report.is_denied(&options.settings) {
        // Everything is said already.
        return Err(Failure::all(Exit::Found, Vec::new()));
    }
    Ok(())
}
