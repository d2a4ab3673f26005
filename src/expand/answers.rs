//! From placeholders to variables: what was provided, what the person says, what the template takes for granted.

use super::Value;
use super::config::{Placeholder, Shape, fits};
use super::expanded::{Answered, Origin};
use super::order::{Order, Provided, Switch};
use super::state::Shared;
use super::world::{Choice, Kind, Question, Unanswered};
use crate::diagnostic::{Exit, Failure, Problem};
use regex::Regex;

/// What separates the items of a list that is given as one text.
const SEPARATOR: char = ',';

/// Gives the placeholder `name` its value. Where nobody can be asked, its default stands in, and the state notes that it is missing.
///
/// # Errors
/// A value that the placeholder does not take, a person who left, no default where nothing may be asked.
pub(super) fn answer(
    shared: &Shared,
    order: &Order,
    name: &str,
    placeholder: &Placeholder,
) -> Result<(), Failure> {
    let provided = order
        .values
        .get(name)
        .and_then(|provided| Some((text_of(&provided.value)?, provided)));
    let (value, origin) = match provided {
        Some((text, provided)) => {
            let value =
                taken(name, placeholder, &text).map_err(|problem| from(problem, provided))?;
            (value, Origin::Provided(provided.origin.clone()))
        }
        None if order.is(Switch::Silent) => (silent(shared, name, placeholder)?, Origin::Default),
        None => asked(shared, name, placeholder)?,
    };
    shared.set(name, &value);
    let answered = Answered { value, origin };
    shared.state().answers.insert(name.to_owned(), answered);
    Ok(())
}

/// Values without a placeholder are variables too: texts and booleans.
///
/// # Errors
/// Values of other types.
pub(super) fn add_provided(shared: &Shared, order: &Order) -> Result<(), Failure> {
    let mut problems = Vec::new();
    for (name, provided) in &order.values {
        if shared.is_set(name) {
            continue;
        }
        match &provided.value {
            toml::Value::String(text) => shared.set(name, &Value::Text(text.clone())),
            toml::Value::Boolean(bool) => shared.set(name, &Value::Bool(*bool)),
            _ => problems.push(Problem {
                cause: Some(format!("it comes from {}", provided.origin)),
                ..Problem::new(format!(
                    "the value `{name}` has to be a text or a boolean, as no placeholder says otherwise"
                ))
            }),
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::all(Exit::Invalid, problems))
    }
}

fn from(problem: Problem, provided: &Provided) -> Failure {
    let cause = Some(format!("it comes from {}", provided.origin));
    Failure::all(Exit::Invalid, vec![Problem { cause, ..problem }])
}

/// A provided value as text; lists are joined, tables are as good as nothing.
fn text_of(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Float(number) => Some(number.to_string()),
        toml::Value::Boolean(bool) => Some(bool.to_string()),
        toml::Value::Datetime(date) => Some(date.to_string()),
        toml::Value::Array(list) => {
            let texts: Vec<String> = list.iter().filter_map(text_of).collect();
            Some(texts.join(&SEPARATOR.to_string()))
        }
        toml::Value::Table(_) => None,
    }
}

/// `text` as the placeholder's value.
fn taken(name: &str, placeholder: &Placeholder, text: &str) -> Result<Value, Problem> {
    let value = match &placeholder.shape {
        Shape::Bool(_) => match text.to_lowercase().parse() {
            Ok(bool) => Ok(Value::Bool(bool)),
            Err(_) => Err("it takes `true` or `false`".to_owned()),
        },
        Shape::Many(..) => Ok(list(text.split(SEPARATOR).filter(|item| !item.is_empty()))),
        _ => Ok(Value::Text(text.to_owned())),
    };
    let value = value.and_then(|value| fitting(placeholder, value));
    let are = match &placeholder.shape {
        Shape::Many(..) if text.contains(SEPARATOR) => "are not valid values",
        _ => "is not a valid value",
    };
    value.map_err(|why| Problem::new(format!("`{text}` {are} for {name}: {why}")))
}

fn list<T: Into<String>>(items: impl IntoIterator<Item = T>) -> Value {
    Value::List(
        items
            .into_iter()
            .map(|item| Value::Text(item.into()))
            .collect(),
    )
}

fn one_of(choices: &[Choice]) -> String {
    let values: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
    format!("it takes `{}`", values.join("`, `"))
}

fn must_match(regex: Option<&Regex>) -> String {
    format!("it has to match `{}`", regex.map_or("", Regex::as_str))
}

/// The default, which is all that counts where nothing may be asked. Without one the state notes that it is missing.
fn silent(shared: &Shared, name: &str, placeholder: &Placeholder) -> Result<Value, Failure> {
    let default = match &placeholder.shape {
        // As one text, like every list that is given; an item with a comma is several.
        Shape::Many(Some(items), _) => {
            let text = items.join(&SEPARATOR.to_string());
            let taken = taken(name, placeholder, &text);
            Some(taken.map_err(|problem| Failure::all(Exit::Invalid, vec![problem]))?)
        }
        _ => default(placeholder),
    };
    match default {
        Some(default) => Ok(default),
        // Others look for these words.
        None if shared.compat() => Err(Failure::invalid(format!(
            "variable `{name}` is missing default value in config file running in silent mode"
        ))
        .hint(format!("`--define {name}=VALUE` gives it a value"))),
        None => {
            shared.state().missing.push(name.to_owned());
            Ok(empty(&placeholder.shape))
        }
    }
}

fn default(placeholder: &Placeholder) -> Option<Value> {
    match &placeholder.shape {
        Shape::Bool(default) => default.map(Value::Bool),
        Shape::Line(default, _) | Shape::Text(default) | Shape::Editor(default) => {
            default.clone().map(Value::Text)
        }
        Shape::Many(default, _) => default.clone().map(list),
    }
}

fn asked(
    shared: &Shared,
    name: &str,
    placeholder: &Placeholder,
) -> Result<(Value, Origin), Failure> {
    let question = question(name, placeholder);
    let mut problem: Option<String> = None;
    loop {
        let (asked, said) = (question.clone(), problem.take());
        let reply = shared
            .link
            .with(move |world| world.ask(&asked, said.as_deref()));
        match reply {
            Ok(value) => match fitting(placeholder, value) {
                Ok(value) => return Ok((value, Origin::Asked)),
                Err(why) => problem = Some(why),
            },
            Err(Unanswered::Stopped(failure)) => return Err(failure),
            Err(Unanswered::Nobody) => {
                shared.state().missing.push(name.to_owned());
                let stand_in = default(placeholder).unwrap_or_else(|| empty(&placeholder.shape));
                return Ok((stand_in, Origin::Default));
            }
        }
    }
}

/// A value, where the placeholder takes it.
fn fitting(placeholder: &Placeholder, value: Value) -> Result<Value, String> {
    let regex = placeholder.regex.as_ref();
    let offered = |choices: &[Choice], text: &str| choices.iter().any(|one| one.value == text);
    let fault = match (&placeholder.shape, &value) {
        (Shape::Bool(_), Value::Bool(_)) => None,
        (Shape::Line(_, Some(choices)), Value::Text(text)) => {
            (!offered(choices, text)).then(|| one_of(choices))
        }
        (Shape::Line(..) | Shape::Text(_) | Shape::Editor(_), Value::Text(text)) => {
            (!fits(regex, text)).then(|| must_match(regex))
        }
        (Shape::Many(_, choices), Value::List(items)) => {
            let known = |item: &Value| matches!(item, Value::Text(text) if offered(choices, text));
            (!items.iter().all(known)).then(|| one_of(choices))
        }
        _ => Some("this is another kind of answer".to_owned()),
    };
    match fault {
        None => Ok(value),
        Some(why) => Err(why),
    }
}

pub(super) fn question(name: &str, placeholder: &Placeholder) -> Question {
    let kind = match &placeholder.shape {
        Shape::Bool(_) => Kind::Bool,
        Shape::Line(_, None) => Kind::Line,
        Shape::Line(_, Some(choices)) => Kind::One(choices.clone()),
        Shape::Text(_) => Kind::Text,
        Shape::Editor(_) => Kind::Editor,
        Shape::Many(_, choices) => Kind::Many(choices.clone()),
    };
    Question {
        name: name.to_owned(),
        prompt: placeholder.prompt.clone(),
        kind,
        default: default(placeholder),
    }
}

/// What stands in for an answer that is missing, so that the other questions can be found.
fn empty(shape: &Shape) -> Value {
    match shape {
        Shape::Bool(_) => Value::Bool(false),
        Shape::Many(..) => Value::List(Vec::new()),
        _ => Value::Text(String::new()),
    }
}
