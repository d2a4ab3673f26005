//! What must be said where nobody can be asked.

use super::{Answers, Choice, Field, Kind, questions::question};
use crate::diagnostic::Problem;
use crate::scaffold::Scaffold;

/// Every field that has no answer, with its flag, its key and what it can be.
pub fn missing(fields: &[Field], known: &Answers, scaffold: &Scaffold) -> Vec<Problem> {
    let open = fields.iter().filter(|field| known.get(**field).is_none());
    open.map(|field| Problem::new(told(*field, known, scaffold)))
        .collect()
}

fn told(field: Field, known: &Answers, scaffold: &Scaffold) -> String {
    let flag = match field {
        Field::Directory => "the argument `DIR`".to_owned(),
        _ => format!("`{} {}`", field.flag(), field.value_name()),
    };
    let question = question(field, known, scaffold, (1, 1));
    let allowed = match &question.kind {
        Kind::Many(choices) if field == Field::Packages => format!(
            "; none, all, category:NAME, or some of the {} that `floxwright list packages` names",
            choices.len()
        ),
        Kind::Many(choices) if !choices.is_empty() => format!("; any of none, {}", names(choices)),
        Kind::One(choices) if !choices.is_empty() => format!("; one of {}", names(choices)),
        _ => String::new(),
    };
    let default = question.default.line();
    let default = if default.is_empty() {
        String::new()
    } else {
        format!(" (default: {default})")
    };
    format!("no value for `{}`: {flag}{allowed}{default}", field.key())
}

fn names(choices: &[Choice]) -> String {
    let values: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
    values.join(", ")
}
