//! Showing a plan before it is applied, and asking whether it is right.

use super::Context;
use super::repository::{Planned, files_told};
use crate::ask::{Review, ReviewReply, Stopped};
use crate::diagnostic::{Exit, Failure};
use crate::plan::diff;

/// The way back from the review to the question before it.
pub(super) fn back() -> Failure {
    Failure::new(Exit::Interrupted, "back")
}

/// Why no answer came, as a failure of the command.
pub(super) fn stopped(stopped: &Stopped) -> Failure {
    match stopped {
        Stopped::Interrupted => Failure::interrupted(),
        Stopped::Terminal(_) => Failure::refused(stopped.to_string()),
    }
}

/// For a command that asks nothing: there is no question to go back to.
pub(super) fn without_questions<T>(result: Result<T, Failure>) -> Result<T, Failure> {
    result.map_err(|failure| {
        if failure == back() {
            Failure::interrupted()
        } else {
            failure
        }
    })
}

/// What a person sees beside the plan: what led to it, and what is to be done besides.
#[derive(Default)]
pub(super) struct Shown<'a> {
    /// What led to it: label, value, and where it came from.
    pub(super) answers: Vec<(String, String, String)>,
    /// What is done besides writing the files, or says what they are about.
    pub(super) actions: Vec<String>,
    /// What has to be said; the plan's conflicts follow it.
    pub(super) notes: &'a [String],
}

/// Shows the plan, and the patch as often as it is asked for.
pub(super) fn review(
    shown: Shown<'_>,
    planned: &Planned,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let mut warnings = shown.notes.to_vec();
    let conflicts = planned.conflicts.iter();
    warnings
        .extend(conflicts.map(|one| format!("conflict in `{}`: {}", one.path, one.cause.told())));
    let review = Review {
        answers: shown.answers,
        tree: files_told(&planned.plan),
        actions: shown.actions,
        warnings,
    };
    let mut asker = context.ui.asker(context.guard);
    loop {
        match asker.review(&review).map_err(|error| stopped(&error))? {
            ReviewReply::Apply => return Ok(()),
            ReviewReply::Diff => {
                let own = planned.plan.outside(crate::generate::BASE);
                asker.show(&diff(&own)).map_err(|error| stopped(&error))?;
            }
            ReviewReply::Quit => return Err(Failure::interrupted()),
            ReviewReply::Back | ReviewReply::Customise => return Err(back()),
        }
    }
}
