//! Asking which packages, and whether the plan is right.

use super::args::{Verb, Wish};
use crate::ask::{Answers, Choice, Field, Kind, Origin, Question, Reply, Value, question};
use crate::cmd::Context;
use crate::cmd::repository::Repository;
use crate::cmd::review::stopped;
use crate::diagnostic::Failure;

/// The wish with the packages that the person chose; `None` where nothing was chosen.
pub(super) fn packages(
    wish: &Wish,
    repository: &Repository,
    context: &Context<'_>,
) -> Result<Option<Wish>, Failure> {
    let question = asked(wish.verb, repository);
    let nothing = match &question.kind {
        Kind::Many(choices) => choices.is_empty(),
        _ => true,
    };
    if nothing {
        let told = match wish.verb {
            Verb::Add => "every package that the release has is here already",
            Verb::Remove => "nothing was added to the core",
        };
        context.ui.result(&format!("{told}\n"))?;
        return Ok(None);
    }
    let mut asker = context.ui.asker(context.guard);
    let value = match asker
        .ask(&question, None)
        .map_err(|error| stopped(&error))?
    {
        Reply::Value(value) => value,
        Reply::Back => return Err(Failure::interrupted()),
    };
    let words = value.texts().to_vec();
    if words.is_empty() {
        context.ui.result("nothing was chosen\n")?;
        return Ok(None);
    }
    let specs = words.iter().filter_map(|word| word.parse().ok()).collect();
    Ok(Some(Wish {
        words,
        specs,
        is_asked: true,
        ..wish.clone()
    }))
}

/// The question: every package that can join, or every one that was asked for.
fn asked(verb: Verb, repository: &Repository) -> Question {
    let intent = &repository.intent;
    let mut known = Answers::new();
    known.set(Field::Release, Value::one(&intent.release), Origin::File);
    // What the repository keeps of a release is what it has, not what there is to choose from.
    let mut scaffold = repository.scaffold.clone();
    scaffold.forget_read();
    let offered = question(Field::Packages, &known, &scaffold, (1, 1));
    let (Kind::One(choices) | Kind::Many(choices)) = offered.kind else {
        return offered;
    };
    let is_here = |choice: &Choice| {
        intent
            .packages
            .iter()
            .any(|spec| spec.name.as_str() == choice.value)
    };
    let note = |value: &str| {
        let name = value.split('[').next().unwrap_or_default();
        let found = choices.iter().find(|choice| choice.value == name);
        found.map(|choice| choice.note.clone()).unwrap_or_default()
    };
    let (prompt, help, choices) = match verb {
        Verb::Add => (
            "Which packages shall be added?",
            "What a package needs comes along by itself.",
            choices
                .iter()
                .filter(|choice| !is_here(choice))
                .cloned()
                .collect(),
        ),
        Verb::Remove => (
            "Which packages shall be removed?",
            "What only they needed goes along.",
            intent
                .packages
                .iter()
                .map(|spec| Choice {
                    value: spec.to_string(),
                    label: spec.to_string(),
                    note: note(&spec.to_string()),
                })
                .collect(),
        ),
    };
    Question {
        prompt: prompt.to_owned(),
        help: help.to_owned(),
        kind: Kind::Many(choices),
        default: Value::Many(Vec::new()),
        ..offered
    }
}
