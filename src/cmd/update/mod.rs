//! `update`: to another release, or after a moved nixpkgs. Everything is resolved anew, and a report says what that changes before
//! anything is written.

mod args;
mod ask;
mod commit;
mod index;
mod outcome;
mod report;
mod target;

pub(super) use args::command;

use super::Context;
use super::mode::Mode;
use super::repository::{Ended, Options, Planned, Repository, Trust, change, conflicts, root};
use crate::diagnostic::Failure;
use crate::plan::diff;
use crate::scaffold::Scaffold;
use args::{Form, What, Wish};
use clap::ArgMatches;
use commit::Committed;
use report::Report;
use std::cell::RefCell;

/// What is known when the plan is made.
#[derive(Default)]
struct Found {
    /// What has to be said, one sentence each.
    notes: Vec<String>,
    /// The command, as a person would type it again.
    command: String,
    /// The scaffold, with what is known of both releases.
    scaffold: Option<Scaffold>,
}

/// Runs `update`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let wish = Wish::from(matches)?;
    let root = root(context)?;
    let found = RefCell::new(Found::default());
    let read = RefCell::new(None);
    let judge = |before: &Repository, planned: &Planned| {
        if wish.mode != Mode::Write || planned.plan.is_empty() {
            return Ok(());
        }
        commit::check(&wish, before, planned, context)?;
        if wish.asks && context.ui.can_ask() {
            let report = Report::of(before, planned, &found.borrow());
            return ask::review(&report, &wish, planned, context);
        }
        Ok(())
    };
    let options = Options {
        mode: wish.mode,
        trust: Trust::Whole,
        judge: &judge,
    };
    let ended = change(&root, &options, context, &|repository| {
        let (request, now) = match &wish.what {
            What::Followed | What::Release(_) | What::Rev(_) => {
                target::request(&wish, repository, context)?
            }
            What::Nixpkgs(place) => index::request(place, &wish, &read, repository, context)?,
        };
        found.replace(now);
        Ok(request)
    })?;
    let found = found.into_inner();
    let report = Report::of(&ended.before, &ended.planned, &found);
    let is_written = wish.mode == Mode::Write && !ended.planned.plan.is_empty();
    let committed = if is_written {
        commit::commit(&wish, &ended, &report, context)?
    } else {
        None
    };
    tell(&wish, &ended, &report, committed.as_ref(), context)?;
    conflicts(&ended.planned.conflicts, is_written).map_or(Ok(()), Err)
}

fn tell(
    wish: &Wish,
    ended: &Ended,
    report: &Report,
    committed: Option<&Committed>,
    context: &Context<'_>,
) -> Result<(), Failure> {
    if wish.form == Form::Json {
        let text = outcome::json(wish, ended, report, committed)?;
        return context.ui.result(&text);
    }
    // In a pull request's text they stand in the text.
    if wish.form == Form::Text || wish.mode == Mode::Diff {
        report.notes.iter().for_each(|note| context.ui.warn(note));
    }
    ended.notes.iter().for_each(|note| context.ui.warn(note));
    match (wish.mode, wish.form) {
        (Mode::Diff, _) => context.ui.result(&diff(&ended.planned.plan)),
        (_, Form::Markdown) => context.ui.result(&outcome::markdown(ended, report)),
        (Mode::Plan, _) => context.ui.result(&outcome::planned(ended, report)),
        (Mode::Write, _) => {
            context.ui.result(&outcome::told(ended, report))?;
            let outcome = outcome::outcome(ended, report, (committed, context));
            context.ui.outcome(&outcome)
        }
    }
}
