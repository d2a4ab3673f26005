//! Hooks: Rhai scripts of a template. They see variables and the staged files, and of the world what the [`super::World`] gives them.

mod bounds;
mod conversion;
mod file;
mod import;
mod permission;
mod staged_files;
mod system;
mod variable;

pub(super) use permission::permit;
pub(super) use system::now;

use super::hook_set::Phase;
use super::state::Shared;
use super::world::Weight;
use crate::diagnostic::{Exit, Failure, Problem, Span};
use heck::{
    ToKebabCase, ToLowerCamelCase, ToShoutyKebabCase, ToShoutySnakeCase, ToSnakeCase, ToTitleCase,
    ToUpperCamelCase,
};
use rhai::{Dynamic, Engine, EvalAltResult, Position};

/// What a function of a script gives.
type Gives<T> = Result<T, Box<EvalAltResult>>;

/// Runs scripts one after the other.
///
/// # Errors
/// A script that is not there, is not Rhai, fails or does not come to an end; code that may not run.
pub(super) fn run(shared: &Shared, phase: Phase, destination: &str) -> Result<(), Failure> {
    let scripts = shared.fixed.scripts.iter();
    let scripts: Vec<&str> = scripts
        .filter(|(when, _)| *when == phase)
        .map(|(_, path)| path.as_str())
        .collect();
    if scripts.is_empty() {
        return Ok(());
    }
    permit(shared)?;
    let engine = engine(shared, destination);
    for path in scripts {
        let value: Dynamic = evaluate(shared, &engine, path)?;
        if let Ok(text) = value.into_string()
            && !text.is_empty()
        {
            shared.tell(Weight::Printed, text);
        }
    }
    Ok(())
}

/// Runs the script at `path` as a filter; its text.
///
/// # Errors
/// As for [`run`], and a script that gives no text.
pub(super) fn filter(shared: &Shared, path: &str) -> Result<String, Failure> {
    permission::permit_use(shared, path)?;
    let top = shared.fixed.working_directory.clone();
    evaluate(shared, &engine(shared, &top), path)
}

/// Whether the condition is true. What is anything else than `true` is not, and so is what fails.
pub(super) fn holds(shared: &Shared, condition: &str) -> bool {
    let mut engine = Engine::new();
    bounds::set(&mut engine);
    let seen = shared.clone();
    #[expect(deprecated, reason = "it is how variables with any name are seen")]
    engine.on_var(move |name, _, _| match seen.state().variables.get(name) {
        Some(value) => conversion::to_rhai(value).map(Some),
        None => Ok(None),
    });
    engine.eval_expression::<bool>(condition).unwrap_or(false)
}

/// A script as Rhai sees it: without a first line for the shell, whose line end stays, so that the lines count the same.
pub(super) fn without_shebang(text: &str) -> &str {
    if text.starts_with("#!") {
        text.find('\n').map_or("", |at| &text[at..])
    } else {
        text
    }
}

fn engine(shared: &Shared, destination: &str) -> Engine {
    let mut engine = Engine::new();
    bounds::set(&mut engine);
    let teller = shared.clone();
    engine.on_print(move |text| teller.tell(Weight::Printed, text));
    let teller = shared.clone();
    engine.on_debug(move |text, _, at| teller.tell(Weight::Printed, format!("{at:?} {text}")));
    engine
        .set_module_resolver(import::Imports::new(shared.clone()))
        .register_static_module("variable", variable::module(shared).into())
        .register_static_module("file", file::module(shared).into())
        .register_static_module("system", system::module(shared).into())
        .register_static_module("env", system::environment(shared, destination).into())
        .register_fn("to_kebab_case", |text: &str| text.to_kebab_case())
        .register_fn("to_lower_camel_case", |text: &str| {
            text.to_lower_camel_case()
        })
        .register_fn("to_pascal_case", |text: &str| text.to_upper_camel_case())
        .register_fn("to_shouty_kebab_case", |text: &str| {
            text.to_shouty_kebab_case()
        })
        .register_fn("to_shouty_snake_case", |text: &str| {
            text.to_shouty_snake_case()
        })
        .register_fn("to_snake_case", |text: &str| text.to_snake_case())
        .register_fn("to_title_case", |text: &str| text.to_title_case())
        .register_fn("to_upper_camel_case", |text: &str| {
            text.to_upper_camel_case()
        })
        .register_fn("abort", |text: &str| -> Gives<String> { Err(text.into()) });
    engine
}

fn evaluate<T: Clone + 'static>(
    shared: &Shared,
    engine: &Engine,
    path: &str,
) -> Result<T, Failure> {
    let text = shared.script(path).map_err(|why| {
        Failure::refused(format!("the script `{path}` cannot be read")).because(why)
    })?;
    let result = engine.eval::<T>(without_shebang(&text));
    if let Some(failure) = shared.state().stopped.take() {
        return Err(failure);
    }
    result.map_err(|mut error| {
        let problem = Problem::new(format!("the script `{path}` failed"));
        let problem = place(problem, path, text, &error);
        error.clear_position();
        let cause = Some(error.to_string());
        Failure::all(Exit::Refused, vec![Problem { cause, ..problem }])
    })
}

fn place(problem: Problem, path: &str, text: String, error: &EvalAltResult) -> Problem {
    let inner = error.unwrap_inner();
    let position = match error {
        EvalAltResult::ErrorInModule(..) => error.position(),
        _ if inner.position() != Position::NONE => inner.position(),
        _ => error.position(),
    };
    let Some(line) = position.line() else {
        return problem;
    };
    let before: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let column = position.position().unwrap_or(1);
    let rest = text.get(before..).unwrap_or_default();
    let start = before
        + rest
            .char_indices()
            .nth(column - 1)
            .map_or(rest.len(), |(at, _)| at);
    problem.at(Span {
        origin: path.to_owned(),
        range: start..(start + 1).min(text.len()),
        text,
    })
}
