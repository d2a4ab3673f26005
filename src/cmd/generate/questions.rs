//! The engine's questions in the form in which a person is asked, and the answers back.

use crate::ask::{Choice, Field, Kind as AskKind, Question as AskQuestion, Value as AskValue};
use crate::expand::{Choice as Offer, Kind, Question, Value};

/// The question as the terminal puts it. Its field only tells questions of one asker apart, and each of these has an asker of its own.
pub(super) fn question_for(question: &Question) -> AskQuestion {
    let kind = match &question.kind {
        Kind::Line | Kind::Text | Kind::Editor => AskKind::Text,
        Kind::Bool => AskKind::YesNo,
        Kind::One(offers) => AskKind::One(choices(offers)),
        Kind::Many(offers) => AskKind::Many(choices(offers)),
    };
    AskQuestion {
        field: Field::Name,
        prompt: question.prompt.clone(),
        help: String::new(),
        default: default(question),
        kind,
        step: (0, 0),
    }
}

fn choices(offers: &[Offer]) -> Vec<Choice> {
    let offers = offers.iter().map(|offer| Choice {
        value: offer.value.clone(),
        label: offer.label.clone(),
        note: String::new(),
    });
    offers.collect()
}

fn default(question: &Question) -> AskValue {
    match (&question.kind, &question.default) {
        (_, Some(value)) => shown(value),
        (Kind::Many(_), None) => AskValue::Many(Vec::new()),
        (Kind::Bool, None) => AskValue::one("no"),
        (_, None) => AskValue::one(""),
    }
}

fn shown(value: &Value) -> AskValue {
    match value {
        Value::Text(text) => AskValue::one(text.as_str()),
        Value::Bool(true) => AskValue::one("yes"),
        Value::Bool(false) => AskValue::one("no"),
        Value::List(list) => AskValue::many(list.iter().map(|item| shown(item).line())),
    }
}

/// What the person said, as the engine takes it.
pub(super) fn answer(kind: &Kind, said: &AskValue) -> Value {
    match kind {
        Kind::Bool => Value::Bool(said.line() == "yes"),
        Kind::Many(_) => Value::List(said.texts().iter().cloned().map(Value::Text).collect()),
        Kind::Line | Kind::Text | Kind::Editor | Kind::One(_) => Value::Text(said.line()),
    }
}
