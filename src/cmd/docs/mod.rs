//! `docs`: the documents alone, made from what is locked; or whether they are what they would be.

mod names;
mod outcome;
mod stale;

use super::Context;
use super::json::{format_flag, is_asked};
use super::mode::{Mode, mode_flags};
use super::repository::{
    Options, Repository, Request, Scope, Trust, change, conflicts, recover, root, told_plan,
};
use crate::diagnostic::{Exit, Failure};
use crate::plan::diff;
use crate::template::shell_word;
use clap::{Arg, ArgAction, ArgMatches, Command};
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
            Arg::new("check")
                .long("check")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["dry-run", "diff"])
                .help("Only tell which documents are stale and why; 4 if any is"),
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
    if is_asked(matches) {
        context.ui.result(&outcome::json(&ended, &said, mode)?)?;
    } else {
        for note in &said {
            context.ui.warn(note);
        }
        match mode {
            Mode::Diff => context.ui.result(&diff(&planned.plan))?,
            Mode::Plan => context.ui.result(&told_plan(&planned.plan))?,
            Mode::Write => {
                let outcome = outcome::outcome(&ended, &command, context);
                context.ui.outcome(&outcome)?;
            }
        }
    }
    let is_written = mode == Mode::Write && !planned.plan.is_empty();
    conflicts(&planned.conflicts, is_written).map_or(Ok(()), Err)
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
    let stale = stale::stale(repository, picked, context)?;
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
