//! What is known before anybody is asked: flags over the answers file.

use super::args::Options;
use crate::ask::{
    Answers, Field, FieldProblem, Origin, Shape, Tables, Value, fill_defaults, intent_from,
    named_release,
};
use crate::cmd::scaffold_address::Address;
use crate::cmd::{Context, path::normal, scaffolds, upstream};
use crate::diagnostic::{Exit, Failure, Problem, Span};
use crate::disk;
use crate::model::Intent;
use crate::scaffold::Scaffold;
use crate::workspace::{AnswersFile, read_answers};
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::path::Path;

/// What is known.
pub(super) struct Gathered {
    pub(super) answers: Answers,
    pub(super) tables: Tables,
    /// Where the answers of the file stand in it.
    pub(super) spans: BTreeMap<Field, Span>,
    pub(super) scaffold: Scaffold,
}

/// Reads flags and the answers file, and loads the scaffold.
pub(super) fn gather(
    matches: &ArgMatches,
    options: &Options,
    context: &Context<'_>,
) -> Result<Gathered, Failure> {
    let mut answers = flags(matches);
    let file = match &options.answers {
        Some(path) => read(path, context)?,
        None => AnswersFile::default(),
    };
    answers.fill_from(&file.answers);
    anchor_scaffold(&mut answers, options, context);
    pin_scaffold(&mut answers, context)?;
    let scaffold = scaffolds::find(answers.text(Field::Scaffold).as_deref(), context)?;
    // A tag that is a release is the release.
    if let Some(answer) = answers.get(Field::Rev).cloned()
        && let Some(release) = named_release(answer.value.line().trim())
    {
        answers.set(
            Field::Release,
            Value::one(release.to_string()),
            answer.origin,
        );
        answers.set(Field::Rev, Value::one(""), answer.origin);
    }
    if let Some(answer) = answers.get(Field::Release).cloned() {
        let release = upstream::named(&answer.value.line(), &scaffold, context)?;
        answers.set(Field::Release, Value::one(release), answer.origin);
    }
    let gathered = Gathered {
        answers,
        tables: file.tables,
        spans: file.spans,
        scaffold,
    };
    if file.problems.is_empty() {
        return Ok(gathered);
    }
    // A file with one fault often has others: the values that could be read are judged as well.
    let mut answers = gathered.answers.clone();
    fill_defaults(&mut answers, &gathered.scaffold);
    let mut problems = file.problems;
    problems.extend(
        intent(&gathered, &answers)
            .err()
            .into_iter()
            .flat_map(|failure| failure.problems),
    );
    Err(Failure::all(Exit::Invalid, problems))
}

/// A scaffold's path is meant from where it was written: the answers file's directory, or the working directory. The intent
/// records where it leads, so that the path means the same inside the new repository.
fn anchor_scaffold(answers: &mut Answers, options: &Options, context: &Context<'_>) {
    let Some(answer) = answers.get(Field::Scaffold).cloned() else {
        return;
    };
    let given = answer.value.line();
    if !scaffolds::is_path(&given) {
        return;
    }
    let file = options
        .answers
        .as_deref()
        .filter(|_| answer.origin == Origin::File);
    let from = file
        .map(|file| context.path(file))
        .and_then(|file| file.parent().map(Path::to_owned));
    let path = normal(
        &from
            .unwrap_or_else(|| context.world.cwd.clone())
            .join(given),
    );
    answers.set(
        Field::Scaffold,
        Value::one(path.to_string_lossy()),
        answer.origin,
    );
}

/// A scaffold on a server is recorded with its commit, so that it is the same one tomorrow.
fn pin_scaffold(answers: &mut Answers, context: &Context<'_>) -> Result<(), Failure> {
    let Some(answer) = answers.get(Field::Scaffold).cloned() else {
        return Ok(());
    };
    if let Some(address) = Address::of(&answer.value.line()) {
        let pinned = address.pinned(context)?;
        answers.set(
            Field::Scaffold,
            Value::one(pinned.to_string()),
            answer.origin,
        );
    }
    Ok(())
}

/// What the flags answer.
pub(in crate::cmd) fn flags(matches: &ArgMatches) -> Answers {
    let mut answers = Answers::new();
    for field in Field::ALL {
        // A command has the flags of the fields that it asks for.
        let given = match field.shape() {
            Shape::Text => matches
                .try_get_one::<String>(field.id())
                .ok()
                .flatten()
                .map(Value::one),
            Shape::List => matches
                .try_get_many::<String>(field.id())
                .ok()
                .flatten()
                .map(|values| Value::many(values.cloned())),
        };
        if let Some(value) = given {
            answers.set(*field, value, Origin::Flag);
        }
    }
    answers
}

fn read(path: &str, context: &Context<'_>) -> Result<AnswersFile, Failure> {
    let text = disk::read_text(&context.path(path)).map_err(|error| {
        Failure::refused(format!("the answers file `{path}` cannot be read"))
            .because(scaffolds::chain(&error))
    })?;
    Ok(read_answers(path, &text))
}

/// The intent of complete answers; all that is wrong is told together, each with its flag or its place in the file.
pub(super) fn intent(gathered: &Gathered, answers: &Answers) -> Result<Intent, Failure> {
    intent_from(answers, &gathered.tables, &gathered.scaffold).map_err(|problems| {
        Failure::all(
            Exit::Invalid,
            problems
                .into_iter()
                .map(|problem| placed(gathered, problem))
                .collect(),
        )
    })
}

fn placed(gathered: &Gathered, (field, problem): FieldProblem) -> Problem {
    let origin = gathered
        .answers
        .get(field)
        .map_or(Origin::Default, |answer| answer.origin);
    match (origin, gathered.spans.get(&field)) {
        (Origin::File, Some(span)) => problem.at(span.clone()),
        (Origin::Flag, _) if field != Field::Directory => {
            Problem::new(format!("`{}`: {}", field.flag(), problem.message))
        }
        _ => Problem::new(format!(
            "{}: {}",
            field.label().to_lowercase(),
            problem.message
        )),
    }
}
