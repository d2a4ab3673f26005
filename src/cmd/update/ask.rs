//! Asking whether the plan is right.

use super::args::{Tag, Wish};
use super::report::Report;
use crate::ask::{Origin, Review, ReviewReply, Stopped};
use crate::changes::who;
use crate::cmd::Context;
use crate::cmd::repository::{Planned, files_told};
use crate::diagnostic::Failure;
use crate::plan::diff;

fn stopped(stopped: &Stopped) -> Failure {
    match stopped {
        Stopped::Interrupted => Failure::interrupted(),
        Stopped::Terminal(_) => Failure::refused(stopped.to_string()),
    }
}

/// Shows what changes, and the patch as often as it is asked for.
pub(super) fn review(
    report: &Report,
    wish: &Wish,
    planned: &Planned,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let mut warnings = report.notes.clone();
    let conflicts = planned.conflicts.iter();
    warnings
        .extend(conflicts.map(|one| format!("conflict in `{}`: {}", one.path, one.cause.told())));
    let mut actions: Vec<String> = Vec::new();
    for section in &report.sections {
        let lines = section.items.iter();
        actions.extend(lines.map(|item| format!("{}: {}{}", section.title, who(item), item.what)));
    }
    match &wish.commit {
        None => {}
        Some(Tag::None) => actions.push("commit what changes, and nothing else".to_owned()),
        Some(_) => actions.push("commit what changes, and nothing else; tag the commit".to_owned()),
    }
    let origin = Origin::Flag.name().to_owned();
    let review = Review {
        answers: vec![("Update".to_owned(), report.title.clone(), origin)],
        tree: files_told(&planned.plan),
        actions,
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
            // There are no questions to go back to.
            ReviewReply::Quit | ReviewReply::Back | ReviewReply::Customise => {
                return Err(Failure::interrupted());
            }
        }
    }
}
