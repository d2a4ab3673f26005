//! The project's name as somebody gave it.

use super::Value;
use super::order::{Order, Switch};
use super::state::Shared;
use super::world::{Kind, Question, Unanswered, Weight};
use crate::diagnostic::{Exit, Failure};

/// The name: a hook's, the order's, or the person's.
///
/// # Errors
/// Nobody names it, or it is no text.
pub(super) fn given_name(shared: &Shared, order: &Order) -> Result<String, Failure> {
    match shared.get("project-name") {
        Some(Value::Text(name)) => {
            if let Some(ordered) = order.name.as_ref().filter(|ordered| **ordered != name) {
                let text =
                    format!("Project name changed by template, from `{ordered}` to `{name}`...");
                shared.tell(Weight::Warning, text);
            }
            return Ok(name);
        }
        Some(Value::Bool(bool)) => return Ok(bool.to_string()),
        Some(Value::List(_)) => {
            return Err(Failure::refused(
                "a hook made `project-name` a list, and it is a text",
            ));
        }
        None => {}
    }
    if let Some(name) = &order.fallback_name {
        return Ok(name.clone());
    }
    let missing = || {
        let failure = Failure::new(Exit::NeedsInput, "the project has no name");
        failure.hint("`--name NAME` gives it one")
    };
    if order.is(Switch::Silent) {
        return Err(missing());
    }
    ask_name(shared, missing)
}

fn ask_name(shared: &Shared, missing: impl Fn() -> Failure) -> Result<String, Failure> {
    let question = Question {
        name: "project-name".to_owned(),
        prompt: "Project Name".to_owned(),
        kind: Kind::Line,
        default: None,
    };
    let mut problem: Option<&str> = None;
    loop {
        let asked = question.clone();
        match shared.link.with(move |world| world.ask(&asked, problem)) {
            Ok(Value::Text(name)) if is_name(&name) => return Ok(name),
            Ok(_) => {
                problem = Some("it has a letter, then one or more letters, digits, `-` or `_`");
            }
            Err(Unanswered::Nobody) => return Err(missing()),
            Err(Unanswered::Stopped(failure)) => return Err(failure),
        }
    }
}

fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    let first = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    let rest = chars.as_str();
    first
        && !rest.is_empty()
        && rest
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}
