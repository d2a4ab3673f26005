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

/// Shows the plan, and the patch as often as it is asked for. `answers` are what led to it: label, value, and where it came from.
pub(super) fn review(
    answers: Vec<(String, String, String)>,
    planned: &Planned,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let mut warnings = planned.notes.clone();
    let conflicts = planned.conflicts.iter();
    warnings
        .extend(conflicts.map(|one| format!("conflict in `{}`: {}", one.path, one.cause.told())));
    let review = Review {
        answers,
        tree: files_told(&planned.plan),
        actions: Vec::new(),
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
