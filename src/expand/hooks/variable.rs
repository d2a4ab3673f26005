//! `variable::`: what scripts see and change of the variables, and what they ask.

use super::Gives;
use super::conversion::{from_rhai, to_rhai};
use crate::expand::Value;
use crate::expand::state::Shared;
use crate::expand::world::{Choice, Kind, Question, Unanswered};
use regex::Regex;
use rhai::{Array, Dynamic, Module};

pub(super) fn module(shared: &Shared) -> Module {
    let mut module = Module::new();
    let seen = shared.clone();
    module.set_native_fn("is_set", move |name: &str| -> Gives<bool> {
        Ok(seen.get(name).is_some())
    });
    let seen = shared.clone();
    module.set_native_fn("get", move |name: &str| -> Gives<Dynamic> {
        match seen.state().variables.get(name) {
            Some(value) => to_rhai(value).or_else(|_| Ok(String::new().into())),
            None => Ok(String::new().into()),
        }
    });
    let set = shared.clone();
    module.set_native_fn("set", move |name: &str, value: &str| -> Gives<()> {
        overwrite(&set, name, &Value::Text(value.to_owned()))
    });
    let set = shared.clone();
    module.set_native_fn("set", move |name: &str, value: bool| -> Gives<()> {
        overwrite(&set, name, &Value::Bool(value))
    });
    let set = shared.clone();
    module.set_native_fn("set", move |name: &str, value: Array| -> Gives<()> {
        overwrite(&set, name, &from_rhai(value.into())?)
    });
    prompts(shared, &mut module);
    module
}

/// A variable keeps its kind.
fn overwrite(shared: &Shared, name: &str, value: &Value) -> Gives<()> {
    let kind = match (shared.get(name), value) {
        (None, _)
        | (Some(Value::Text(_)), Value::Text(_))
        | (Some(Value::Bool(_)), Value::Bool(_))
        | (Some(Value::List(_)), Value::List(_)) => {
            shared.set(name, value);
            return Ok(());
        }
        (Some(Value::Text(_)), _) => "string",
        (Some(Value::Bool(_)), _) => "bool",
        (Some(Value::List(_)), _) => "array",
    };
    Err(format!("the variable `{name}` is a {kind}, and stays one").into())
}

fn prompts(shared: &Shared, module: &mut Module) {
    let asked = shared.clone();
    module.set_native_fn("prompt", move |prompt: &str| -> Gives<String> {
        text(&asked, &question(prompt, Kind::Line, None), None)
    });
    let asked = shared.clone();
    module.set_native_fn(
        "prompt",
        move |prompt: &str, default: bool| -> Gives<bool> {
            let question = question(prompt, Kind::Bool, Some(Value::Bool(default)));
            match ask(&asked, &question, None)? {
                Value::Bool(bool) => Ok(bool),
                _ => Err("the answer is neither yes nor no".into()),
            }
        },
    );
    let asked = shared.clone();
    module.set_native_fn(
        "prompt",
        move |prompt: &str, default: &str| -> Gives<String> {
            text(&asked, &with_default(prompt, default), None)
        },
    );
    let asked = shared.clone();
    module.set_native_fn(
        "prompt",
        move |prompt: &str, default: &str, regex: &str| -> Gives<String> {
            let regex = Regex::new(regex).map_err(|error| format!("Invalid regex: {error}"))?;
            text(&asked, &with_default(prompt, default), Some(&regex))
        },
    );
    let asked = shared.clone();
    module.set_native_fn(
        "prompt",
        move |prompt: &str, default: &str, choices: Array| -> Gives<String> {
            let choices = choices.into_iter().map(|choice| {
                let value = choice
                    .into_string()
                    .map_err(|kind| format!("a choice is a string, and this is a {kind}"))?;
                let label = value.clone();
                Ok(Choice { value, label })
            });
            let choices = choices.collect::<Gives<Vec<Choice>>>()?;
            let default = Some(Value::Text(default.to_owned()));
            text(&asked, &question(prompt, Kind::One(choices), default), None)
        },
    );
}

fn question(prompt: &str, kind: Kind, default: Option<Value>) -> Question {
    Question {
        name: String::new(),
        prompt: prompt.to_owned(),
        kind,
        default,
    }
}

fn with_default(prompt: &str, default: &str) -> Question {
    question(prompt, Kind::Line, Some(Value::Text(default.to_owned())))
}

/// A text that matches, asked for until it does.
fn text(shared: &Shared, question: &Question, regex: Option<&Regex>) -> Gives<String> {
    let mut problem = None;
    loop {
        match ask(shared, question, problem.take())? {
            Value::Text(text) if regex.is_none_or(|regex| regex.is_match(&text)) => {
                return Ok(text);
            }
            Value::Text(_) => {
                let regex = regex.map_or("", Regex::as_str);
                problem = Some(format!("it has to match `{regex}`"));
            }
            _ => return Err("the answer is not a text".into()),
        }
    }
}

fn ask(shared: &Shared, question: &Question, problem: Option<String>) -> Gives<Value> {
    let asked = question.clone();
    let reply = shared
        .link
        .with(move |world| world.ask(&asked, problem.as_deref()));
    reply.map_err(|unanswered| match unanswered {
        Unanswered::Nobody => format!(
            "`{}` has to be asked, and there is nobody to ask",
            question.prompt
        )
        .into(),
        Unanswered::Stopped(failure) => {
            shared.state().stopped = Some(failure);
            "the person left".into()
        }
    })
}
