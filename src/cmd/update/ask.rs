//! Asking whether the plan is right.

use super::args::{Tag, Wish};
use super::report::Report;
use crate::ask::Origin;
use crate::changes::who;
use crate::cmd::Context;
use crate::cmd::repository::Planned;
use crate::cmd::review::{Shown, without_questions};
use crate::diagnostic::Failure;

/// Shows what changes, and the patch as often as it is asked for.
pub(super) fn review(
    report: &Report,
    wish: &Wish,
    planned: &Planned,
    context: &Context<'_>,
) -> Result<(), Failure> {
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
    let shown = Shown {
        answers: vec![("Update".to_owned(), report.title.clone(), origin)],
        actions,
        notes: &report.notes,
    };
    without_questions(crate::cmd::review::review(shown, planned, context))
}
