//! Asking what the files leave open, and whether the rest is right.

use super::args::fields;
use super::propose::{Reading, Told};
use super::report;
use crate::adopt::Open;
use crate::ask::{Answers, Ended, Field, Rules, Start, Value, interview};
use crate::cmd::Context;
use crate::cmd::review::{Shown, stopped};
use crate::diagnostic::{Exit, Failure, Problem};

/// Nobody can be asked what the files leave open: each with what they say, and its flag.
pub(super) fn contradictions(open: &[Open]) -> Failure {
    let problems = open.iter().map(|one| {
        let said = one
            .candidates
            .iter()
            .map(|(value, place)| format!("{value} ({place})"));
        let mut problem = Problem::new(format!(
            "the files contradict each other: {}",
            said.collect::<Vec<_>>().join(", ")
        ));
        let label = one.field.label().to_lowercase();
        problem.cause = Some(format!(
            "the {label} is one for all; `{}` says which",
            one.field.flag()
        ));
        problem
    });
    Failure::all(Exit::NeedsInput, problems.collect())
}

/// Nobody can be asked whether it is right.
pub(super) fn unconfirmed() -> Failure {
    Failure::new(
        Exit::NeedsInput,
        "nobody can be asked whether this is right: `--yes` takes over as inferred",
    )
    .hint("`--dry-run` shows what is inferred and what would change")
}

/// Asks what the files leave open.
pub(super) fn open(
    reading: &Reading,
    given: &mut Answers,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let open = &reading.inferred.open;
    for one in open {
        let said = one.candidates.iter();
        let said: Vec<String> = said
            .map(|(value, place)| format!("{value} ({place})"))
            .collect();
        context.ui.warn(&format!(
            "{}: the files contradict each other: {}",
            one.field.label().to_lowercase(),
            said.join(", ")
        ));
    }
    let fields: Vec<Field> = open.iter().map(|one| one.field).collect();
    questions(&fields, reading, given, context)
}

/// Asks every question again, with what is inferred as the proposal.
pub(super) fn again(
    reading: &Reading,
    given: &mut Answers,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let fields: Vec<Field> = fields()
        .into_iter()
        .filter(|field| *field != Field::Scaffold)
        .collect();
    questions(&fields, reading, given, context)
}

fn questions(
    fields: &[Field],
    reading: &Reading,
    given: &mut Answers,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let mut answers = reading.answers.clone();
    let rules = Rules {
        scaffold: &reading.scaffold,
        refusal: &|_: Field, _: &Value| None,
    };
    let mut asker = context.ui.asker(context.guard);
    let ended = interview(fields, Start::First, &mut answers, rules, asker.as_mut());
    match ended.map_err(|error| stopped(&error))? {
        Ended::Done => {}
        Ended::Before => return Err(Failure::interrupted()),
    }
    for field in fields {
        if let Some(answer) = answers.get(*field)
            && Some(&answer.value) != reading.answers.value(*field)
        {
            given.set(*field, answer.value.clone(), answer.origin);
        }
    }
    // An answer that is as inferred is an answer, where the files left it open.
    for one in &reading.inferred.open {
        if let Some(answer) = answers.get(one.field) {
            given.set(one.field, answer.value.clone(), answer.origin);
        }
    }
    Ok(())
}

/// Shows the whole, and the patch as often as it is asked for.
pub(super) fn review(
    told: Told<'_>,
    notes: &[String],
    context: &Context<'_>,
) -> Result<(), Failure> {
    let answers = told
        .story
        .answers
        .iter()
        .filter(|(field, _)| fields().contains(field));
    let answers = answers.map(|(field, answer)| {
        let line = answer.value.line();
        let line = if line.is_empty() {
            "none".to_owned()
        } else {
            line
        };
        let inferred = told.story.inferred.of(field);
        let from = match inferred.map(|one| (one.sure.name(), one.places.first())) {
            Some((sure, Some(place))) => format!("{sure}, {place}"),
            Some((sure, None)) => sure.to_owned(),
            None => answer.origin.name().to_owned(),
        };
        (field.label().to_owned(), line, from)
    });
    let mut actions = report::corrections(told);
    actions.extend(report::fates(told));
    let shown = Shown {
        answers: answers.collect(),
        actions,
        notes,
    };
    crate::cmd::review::review(shown, told.planned, context)
}
