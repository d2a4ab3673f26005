//! `docs`: the documents alone, made from what is locked; or whether they are what they would be.

mod names;
mod outcome;
mod stale;

pub(super) use stale::stale;

use super::Context;
use super::json::{format_flag, is_asked};
use super::mode::{Mode, mode_flags};
use super::repository::{
    Options, Repository, Request, Scope, Trust, change, recover, root, told_plan,
};
use super::switch::switch;
use super::telling::{Telling, Voice, tell};
use crate::diagnostic::{Exit, Failure};
use crate::template::shell_word;
use clap::{Arg, ArgMatches, Command};
use std::collections::BTreeSet;
use std::path::Path;

/// The subcommand.
pub(super) fn command() -> Command {
    Command::new("docs")
        .about("Makes the documents again, and nothing else; sentences of yours survive")
        .arg(Arg::new("names").value_name("NAME").num_args(0..).help(
            "Documents, by the names of their files or older names; all unless some are named",
        ))
        .arg(
            switch(
                "check",
                "Only tell which documents are stale and why; 4 if any is",
            )
            .conflicts_with_all(["dry-run", "diff"]),
        )
        .args(mode_flags())
        .arg(format_flag())
}

/// Runs `docs`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let root = root(context)?;
    recover(&root, context)?;
    let repository = Repository::open(&root, Trust::Whole, context)?;
    let given = matches.get_many::<String>("names").unwrap_or_default();
    let given: Vec<&str> = given.map(String::as_str).collect();
    let picked = names::picked(&given, &repository)?;
    let notes = names::older(&repository)?;
    if matches.get_flag("check") {
        return check(&repository, &picked, is_asked(matches), context);
    }
    let words = given.iter().map(|name| format!(" {}", shell_word(name)));
    let command = format!("floxwright docs{}", words.collect::<String>());
    let mode = Mode::from(matches);
    let ended = ended(&root, (&command, &picked), mode, context)?;
    let planned = &ended.planned;
    let mut said = notes;
    if !planned.plan.is_empty() {
        said.extend(planned.notes.clone());
    }
    said.extend(ended.notes.clone());
    let voice = Voice {
        mode,
        is_json: is_asked(matches),
    };
    let telling = Telling {
        notes: &said,
        json: &|| outcome::json(&ended, &said, mode),
        plan: &|| told_plan(&planned.plan),
        outcome: &|| outcome::outcome(&ended, &command, context),
    };
    tell(voice, &telling, planned, context)
}

/// Makes the picked documents, or plans to.
fn ended(
    root: &Path,
    (command, picked): (&str, &BTreeSet<String>),
    mode: Mode,
    context: &Context<'_>,
) -> Result<super::repository::Ended, Failure> {
    let options = Options {
        mode,
        trust: Trust::Whole,
        judge: &|_, _| Ok(()),
    };
    change(root, &options, context, &|repository| {
        Ok(Request {
            scope: Scope::Documents(picked.clone()),
            ..repository.request(command)
        })
    })
}

/// Tells which documents are stale, and why.
fn check(
    repository: &Repository,
    picked: &BTreeSet<String>,
    as_json: bool,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let stale = stale(repository, picked, context)?;
    let printed = if as_json {
        outcome::check_json(repository, &stale)?
    } else {
        outcome::check_text(&stale)
    };
    context.ui.result(&printed)?;
    if stale.is_empty() {
        return Ok(());
    }
    // Everything is said already.
    Err(Failure::all(Exit::Found, Vec::new()))
}
