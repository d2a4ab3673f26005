//! `add` and `remove`: what the person asked for changes, and everything follows.

mod args;
mod ask;
mod edits;
mod outcome;
mod refuse;

pub(super) use args::{add_command, remove_command};

use super::Context;
use super::mode::Mode;
use super::repository::{
    Ended, Options, Planned, Repository, Request, Trust, change, recover, root, told_plan,
};
use super::review::{Shown, back, review};
use super::telling::{self, Telling, Voice};
use crate::diagnostic::Failure;
use args::{Verb, Wish};
use clap::ArgMatches;
use std::cell::RefCell;
use std::path::Path;

/// Runs `add`.
pub(super) fn add(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    run(Verb::Add, matches, context)
}

/// Runs `remove`.
pub(super) fn remove(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    run(Verb::Remove, matches, context)
}

/// How the plan is shown.
struct Output {
    mode: Mode,
    json: bool,
}

fn run(verb: Verb, matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let wish = Wish::from(verb, matches)?;
    let output = Output {
        mode: Mode::from(matches),
        json: super::json::is_asked(matches),
    };
    if wish.is_empty() && !context.ui.can_ask() {
        return Err(wish.missing());
    }
    let root = root(context)?;
    if !wish.is_empty() {
        return one(&root, &wish, &output, context);
    }
    recover(&root, context)?;
    loop {
        let repository = Repository::open(&root, Trust::Whole, context)?;
        let Some(asked) = ask::packages(&wish, &repository, context)? else {
            return Ok(());
        };
        match one(&root, &asked, &output, context) {
            // The person went back from the review.
            Err(failure) if failure == back() => {}
            other => return other,
        }
    }
}

/// One change for a wish that says what is wanted.
fn one(root: &Path, wish: &Wish, output: &Output, context: &Context<'_>) -> Result<(), Failure> {
    let notes = RefCell::new(Vec::new());
    let judge = |before: &Repository, planned: &Planned| {
        refuse::needed(wish, before, planned)?;
        if wish.is_asked && output.mode == Mode::Write && !planned.plan.is_empty() {
            let shown = Shown {
                answers: wish.told(),
                notes: &planned.notes,
                ..Shown::default()
            };
            return review(shown, planned, context);
        }
        Ok(())
    };
    let options = Options {
        mode: output.mode,
        trust: Trust::Whole,
        judge: &judge,
    };
    let ended = change(root, &options, context, &|repository| {
        let edited = edits::edited(wish, repository, context)?;
        notes.replace(edited.notes);
        let intent = repository.intent_of(&edited.text)?;
        Ok(Request::new(&wish.command(), intent, edited.text))
    })?;
    let mut said = notes.into_inner();
    // Where nothing changes, nothing new is to be known of what is there.
    if !ended.planned.plan.is_empty() {
        said.extend(ended.planned.notes.clone());
    }
    said.extend(outcome::cost(wish, &ended));
    said.extend(refuse::stays(wish, &ended));
    said.extend(ended.notes.clone());
    tell(wish, &ended, &said, output, context)
}

fn tell(
    wish: &Wish,
    ended: &Ended,
    notes: &[String],
    output: &Output,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let voice = Voice {
        mode: output.mode,
        is_json: output.json,
    };
    let telling = Telling {
        notes,
        json: &|| outcome::json(wish, ended, notes, output.mode),
        plan: &|| told_plan(&ended.planned.plan),
        outcome: &|| outcome::outcome(wish, ended, context),
    };
    telling::tell(voice, &telling, &ended.planned, context)
}
