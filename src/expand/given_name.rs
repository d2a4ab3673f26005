//! The project's name as somebody gave it.

use super::Value;
use super::order::{Order, Switch};
use super::state::Shared;
use super::world::{Kind, Question, Unanswered, Weight};
use crate::diagnostic::{Exit, Failure};

/// The variable that holds it.
pub(super) const NAME: &str = "project-name";

/// The name: a hook's, the order's, or the person's. `None` where nobody names it: the state notes that, and the rest that is missing
/// is found as well.
///
/// # Errors
/// A name that is no text; with [`super::Mode::Compat`] one that nobody gives.
pub(super) fn given_name(shared: &Shared, order: &Order) -> Result<Option<String>, Failure> {
    match shared.get(NAME) {
        Some(Value::Text(name)) => {
            if let Some(ordered) = order.name.as_ref().filter(|ordered| **ordered != name) {
                let text =
                    format!("Project name changed by template, from `{ordered}` to `{name}`...");
                shared.tell(Weight::Warning, text);
            }
            return Ok(Some(name));
        }
        Some(Value::Bool(bool)) => return Ok(Some(bool.to_string())),
        Some(Value::List(_)) => {
            return Err(Failure::refused(
                "a hook made `project-name` a list, and it is a text",
            ));
        }
        None => {}
    }
    if let Some(name) = &order.fallback_name {
        return Ok(Some(name.clone()));
    }
    let missing = || {
        if shared.compat() {
            let failure = Failure::new(Exit::NeedsInput, "the project has no name");
            return Err(failure.hint("`--name NAME` gives it one"));
        }
        shared.state().missing.push(NAME.to_owned());
        Ok(None)
    };
    if order.is(Switch::Silent) {
        return missing();
    }
    match ask_name(shared)? {
        Some(name) => Ok(Some(name)),
        None => missing(),
    }
}

/// The person's name for it; `None` where there is nobody to ask.
fn ask_name(shared: &Shared) -> Result<Option<String>, Failure> {
    let question = Question {
        name: NAME.to_owned(),
        prompt: "Project Name".to_owned(),
        kind: Kind::Line,
        default: None,
    };
    let mut problem: Option<&str> = None;
    loop {
        let asked = question.clone();
        match shared.link.with(move |world| world.ask(&asked, problem)) {
            Ok(Value::Text(name)) if is_name(&name) => return Ok(Some(name)),
            Ok(_) => {
                problem = Some("it has a letter, then one or more letters, digits, `-` or `_`");
            }
            Err(Unanswered::Nobody) => return Ok(None),
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
