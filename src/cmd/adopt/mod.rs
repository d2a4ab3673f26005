//! `adopt`: takes over a repository that was made by hand.

mod args;
mod ask;
mod outcome;
mod place;
mod propose;
mod report;

pub(super) use args::command;

use super::Context;
use super::mode::Mode;
use super::repository::{Ended, Options as Judged, Planned, Repository, change_as, recover};
use super::review::back;
use super::telling::{self, Telling, Voice};
use crate::ask::Answers;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::outside::committed::Committed;
use crate::tree::RelPath;
use args::Options;
use clap::ArgMatches;
use propose::{Reading, Story, Told};
use std::cell::RefCell;
use std::path::Path;

/// Runs `adopt`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let options = Options::from(matches)?;
    let (root, committed) = place::place(context)?;
    recover(&root, context)?;
    let asks = context.ui.can_ask() && !options.yes;
    let mut given = options.given.clone();
    loop {
        let reading = propose::read(&root, &given, context)?;
        if !reading.inferred.open.is_empty() {
            if !asks {
                return Err(ask::contradictions(&reading.inferred.open));
            }
            ask::open(&reading, &mut given, context)?;
            continue;
        }
        if options.mode == Mode::Write && !asks && !options.yes {
            return Err(ask::unconfirmed());
        }
        match one(&root, &committed, &given, &options, context) {
            // The person went back from the review.
            Err(failure) if failure == back() => ask::again(&reading, &mut given, context)?,
            other => return other,
        }
    }
}

/// The taking over with these answers.
fn one(
    root: &Path,
    committed: &Committed,
    given: &Answers,
    options: &Options,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let story: RefCell<Option<Story>> = RefCell::new(None);
    let propose = || {
        let reading: Reading = propose::read(root, given, context)?;
        let (proposed, told) = propose::propose(reading, options, context)?;
        story.replace(Some(told));
        Ok(proposed)
    };
    let judge = |_: &Repository, planned: &Planned| {
        if options.mode != Mode::Write {
            return Ok(());
        }
        let story = story.borrow();
        let Some(story) = story.as_ref() else {
            return Ok(());
        };
        refuse_loss(committed, story)?;
        if context.ui.can_ask() && !options.yes {
            let notes = notes(story, planned);
            return ask::review(Told { story, planned }, &notes, context);
        }
        Ok(())
    };
    let judged = Judged {
        mode: options.mode,
        trust: super::repository::Trust::Whole,
        judge: &judge,
    };
    let ended = change_as(root, &judged, context, &propose)?;
    match story.into_inner() {
        Some(story) => tell(&story, &ended, committed, options, context),
        None => Ok(()),
    }
}

/// Says what was done, or would be.
fn tell(
    story: &Story,
    ended: &Ended,
    committed: &Committed,
    options: &Options,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let planned = &ended.planned;
    let told = Told { story, planned };
    let mut said = notes(story, planned);
    said.extend(ended.notes.clone());
    if options.mode != Mode::Write {
        said.extend(lost(committed, story).map(|path| {
            format!("`{path}` would be replaced, and git's last commit does not have it as it is: that is refused until it is committed")
        }));
    }
    let voice = Voice {
        mode: options.mode,
        is_json: options.json,
    };
    let telling = Telling {
        notes: &said,
        json: &|| {
            let directory = ended.before.root.path().to_string_lossy();
            report::json(told, options.mode.state(&planned.plan), &directory, &said)
        },
        plan: &|| report::text(told),
        outcome: &|| {
            let command = options.command(&story.answers);
            outcome::outcome(told, ended, &command, context)
        },
    };
    telling::tell(voice, &telling, planned, context)
}

fn notes(story: &Story, planned: &Planned) -> Vec<String> {
    story.notes.iter().chain(&planned.notes).cloned().collect()
}

/// What would be replaced, and what git does not have as it is.
fn lost<'a>(committed: &'a Committed, story: &'a Story) -> impl Iterator<Item = &'a RelPath> {
    let replaced = story.decided.replaced.iter();
    replaced.filter(|path| {
        let file = story.decided.base.get(path);
        file.is_some_and(|file| !committed.has(path, file))
    })
}

/// Nothing is replaced that would be nowhere afterwards.
fn refuse_loss(committed: &Committed, story: &Story) -> Result<(), Failure> {
    let problem = |path: &RelPath| {
        Problem::new(format!(
            "`{path}` would be replaced, and git's last commit does not have it as it is"
        ))
    };
    let problems: Vec<Problem> = lost(committed, story).map(problem).collect();
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Refused, problems)
        .hint("git add --all && git commit -m 'As it was'")
        .hint("nothing was changed"))
}
