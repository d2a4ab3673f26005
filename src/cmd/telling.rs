//! How a command says what it did, or would do: for programs, as a patch, as a plan, or as an outcome.

use super::Context;
use super::mode::Mode;
use super::repository::{Planned, conflicts};
use crate::diagnostic::Failure;
use crate::plan::diff;
use crate::ui::Outcome;

/// What can be said. Only what is asked for is made.
pub(super) struct Telling<'a> {
    /// What has to be known besides, one sentence each.
    pub(super) notes: &'a [String],
    /// For a program; it holds the notes.
    pub(super) json: &'a dyn Fn() -> Result<String, Failure>,
    /// What would be done.
    pub(super) plan: &'a dyn Fn() -> String,
    /// What was done.
    pub(super) outcome: &'a dyn Fn() -> Outcome,
}

/// The form in which a command speaks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice {
    /// Whether it did anything.
    pub(super) mode: Mode,
    /// Whether a program listens.
    pub(super) is_json: bool,
}

/// Says it; the conflicts of what was written are the command's failure.
pub(super) fn tell(
    voice: Voice,
    telling: &Telling<'_>,
    planned: &Planned,
    context: &Context<'_>,
) -> Result<(), Failure> {
    if voice.is_json {
        context.ui.result(&(telling.json)()?)?;
    } else {
        // In a patch a warning has no place, but on standard error it has.
        telling.notes.iter().for_each(|note| context.ui.warn(note));
        match voice.mode {
            Mode::Diff => context.ui.result(&diff(&planned.plan))?,
            Mode::Plan => context.ui.result(&(telling.plan)())?,
            Mode::Write => context.ui.outcome(&(telling.outcome)())?,
        }
    }
    let is_written = voice.mode == Mode::Write && !planned.plan.is_empty();
    conflicts(&planned.conflicts, is_written).map_or(Ok(()), Err)
}
