//! The answers that a plain template is tried with, and who gives them.

use crate::diagnostic::Failure;
use crate::expand::{
    HookCommand, HookSet, Kind, NotRun, Notice, Place, Project, Question, Ran, Unanswered, Value,
    World,
};
use std::collections::BTreeMap;

/// For each placeholder, which of its values is taken.
pub(super) type Row = BTreeMap<String, usize>;

/// What is tried for a text that has no default, until its rule takes it.
const TEXTS: [&str; 7] = [
    "example",
    "1",
    "1.0.0",
    "example-1",
    "Example",
    "example@example.org",
    "https://example.org",
];

/// Whether all values of a placeholder are tried.
pub(super) fn is_closed(question: &Question) -> bool {
    matches!(question.kind, Kind::Bool | Kind::One(_))
}

/// The values that are tried for a placeholder: all where there are few, else the default.
pub(super) fn values(question: &Question) -> Vec<Value> {
    match &question.kind {
        Kind::Bool => vec![Value::Bool(true), Value::Bool(false)],
        Kind::One(choices) => {
            let values = choices.iter().map(|choice| choice.value.clone());
            values.map(Value::Text).collect()
        }
        Kind::Many(choices) => {
            let all = choices
                .iter()
                .map(|choice| Value::Text(choice.value.clone()));
            let mut values = vec![Value::List(all.collect()), Value::List(Vec::new())];
            values.extend(question.default.clone().filter(|one| !values.contains(one)));
            values
        }
        Kind::Line | Kind::Text | Kind::Editor => {
            let text = TEXTS.first().map(|text| Value::Text((*text).to_owned()));
            question.default.clone().or(text).into_iter().collect()
        }
    }
}

/// Answers by a row. Nothing of the world is at hand: no command, no clock.
pub(super) struct Answerer<'a> {
    row: &'a Row,
    /// How many texts each placeholder has refused.
    refused: BTreeMap<String, usize>,
    /// The last answer to each question.
    said: BTreeMap<String, Value>,
}

impl<'a> Answerer<'a> {
    pub(super) fn new(row: &'a Row) -> Self {
        Self {
            row,
            refused: BTreeMap::new(),
            said: BTreeMap::new(),
        }
    }

    /// What was answered, for a person.
    pub(super) fn shown(&self) -> String {
        let all = self.said.iter();
        let all: Vec<String> = all
            .map(|(name, value)| format!("{name} = {}", line(value)))
            .collect();
        if all.is_empty() {
            return "no answers".to_owned();
        }
        all.join(", ")
    }

    fn answer(&mut self, question: &Question, problem: Option<&str>) -> Option<Value> {
        if problem.is_none() {
            let values = values(question);
            let place = self.row.get(&question.name).copied().unwrap_or_default();
            return values.get(place).or_else(|| values.first()).cloned();
        }
        let is_text = matches!(question.kind, Kind::Line | Kind::Text | Kind::Editor);
        let refused = self.refused.entry(question.name.clone()).or_default();
        *refused += 1;
        let next = TEXTS.get(*refused).filter(|_| is_text);
        next.map(|text| Value::Text((*text).to_owned()))
    }
}

impl World for Answerer<'_> {
    fn ask(&mut self, question: &Question, problem: Option<&str>) -> Result<Value, Unanswered> {
        let answer = self.answer(question, problem).ok_or(Unanswered::Nobody)?;
        self.said.insert(question.name.clone(), answer.clone());
        Ok(answer)
    }

    fn place(&mut self, project: &Project) -> Result<Place, Failure> {
        Ok(Place {
            directory: format!("/projects/{}", project.directory),
            within_cargo_project: false,
        })
    }

    /// Who calls has decided it.
    fn permit(&mut self, _: &HookSet) -> Result<(), Failure> {
        Ok(())
    }

    fn confirm(&mut self, _: &str) -> Result<bool, Unanswered> {
        Ok(false)
    }

    fn run(&mut self, _: HookCommand) -> Result<Ran, NotRun> {
        Err(NotRun::Failed("a check runs no commands".to_owned()))
    }

    fn now(&mut self) -> i64 {
        0
    }

    fn tell(&mut self, _: &Notice) {}
}

fn line(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{text:?}"),
        Value::Bool(bool) => bool.to_string(),
        Value::List(list) => {
            let all: Vec<String> = list.iter().map(line).collect();
            format!("[{}]", all.join(", "))
        }
    }
}
