//! `sync`: everything follows `floxwright.toml` as it stands there, and what was lost is made anew.

mod outcome;

use super::Context;
use super::json::{format_flag, is_asked};
use super::mode::{Mode, mode_flags};
use super::repository::{Options, Planned, Repository, Trust, change, root, told_plan};
use super::review::{Shown, review, without_questions};
use super::switch::switch;
use super::telling::{Telling, Voice, tell};
use crate::ask::Origin;
use crate::diagnostic::Failure;
use clap::{ArgMatches, Command};

/// The command, as a person would type it again.
const COMMAND: &str = "floxwright sync";

/// The subcommand.
pub(super) fn command() -> Command {
    Command::new("sync")
        .about("Lets every file follow an edited `floxwright.toml`; makes lock and base anew where they are lost or merged by git")
        .arg(switch("yes", "Do not show the plan first where there is a terminal"))
        .args(mode_flags())
        .arg(format_flag())
}

/// Runs `sync`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let mode = Mode::from(matches);
    let root = root(context)?;
    let asks = mode == Mode::Write
        && context.ui.can_ask()
        && !matches.get_flag("yes")
        && !is_asked(matches);
    let judge = |before: &Repository, planned: &Planned| {
        if !asks || planned.plan.is_empty() {
            return Ok(());
        }
        let shown = Shown {
            answers: reasons(before, planned),
            notes: &planned.notes,
            ..Shown::default()
        };
        without_questions(review(shown, planned, context))
    };
    let options = Options {
        mode,
        trust: Trust::Rebuild,
        judge: &judge,
    };
    let ended = change(&root, &options, context, &|repository| {
        Ok(repository.request(COMMAND))
    })?;
    let planned = &ended.planned;
    let mut notes = outcome::notes(&ended);
    notes.extend(ended.notes.clone());
    let voice = Voice {
        mode,
        is_json: is_asked(matches),
    };
    let telling = Telling {
        notes: &notes,
        json: &|| outcome::json(&ended, &notes, mode),
        plan: &|| format!("{}{}", outcome::report(&ended), told_plan(&planned.plan)),
        outcome: &|| outcome::outcome(&ended, context),
    };
    tell(voice, &telling, planned, context)
}

/// Why there is something to do, for the review.
fn reasons(before: &Repository, planned: &Planned) -> Vec<(String, String, String)> {
    let facts = outcome::facts(&before.locks(), planned).into_iter();
    let from = Origin::File.name().to_owned();
    facts
        .map(|(label, value)| (label.to_owned(), value.replace('\n', "; "), from.clone()))
        .collect()
}
