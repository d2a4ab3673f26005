//! The command that makes the same project again.

use super::prepare::Prepared;
use super::record::answers;
use super::request::Request;
use super::source::Place;
use super::values::is_of_surroundings;
use crate::cmd::Context;
use crate::expand::{Origin, Value};
use crate::outside::git_clone::At;
use crate::template::shell_word;

/// Flags that are said again with what they were given.
const GIVEN: [&str; 7] = [
    "destination",
    "values-file",
    "vcs",
    "config",
    "identity",
    "gitconfig",
    "define",
];

/// Flags that are said again.
const SAID: [&str; 12] = [
    "init",
    "force",
    "lib",
    "overwrite",
    "no-workspace",
    "force-git-init",
    "skip-submodules",
    "continue-on-error",
    "strict",
    "record",
    "allow-hooks",
    "allow-commands",
];

/// The command, which asks nothing, unless an answer cannot be said on a command line.
pub(super) fn reproduce(
    prepared: &Prepared,
    request: &Request<'_>,
    context: &Context<'_>,
) -> String {
    let mut words = template(request);
    let mut flag = |flag: &str, text: &str| words.push(said(flag, text));
    flag("name", &prepared.ready.expanded.project.given);
    let mut asks = false;
    for (name, answered) in answers(&prepared.ready) {
        let value = line(&answered.value);
        match answered.origin {
            Origin::Asked if value.contains('\n') => asks = true,
            Origin::Asked => flag("define", &format!("{name}={value}")),
            _ => {}
        }
    }
    for (name, provided) in &prepared.ready.given {
        if is_of_surroundings(&provided.origin, context) {
            match of_toml(&provided.value) {
                Some(value) if value.contains('\n') => asks = true,
                Some(value) => flag("define", &format!("{name}={value}")),
                None => {}
            }
        }
    }
    for name in GIVEN {
        request.texts(name).for_each(|text| flag(name, text));
    }
    let ready = &prepared.ready;
    let hooks = ready
        .hooks
        .as_deref()
        .is_some_and(|leave| leave.starts_with("allowed"));
    for name in SAID {
        let follows = match name {
            "allow-hooks" => hooks,
            "allow-commands" => ready.commands,
            _ => false,
        };
        if follows || request.is(name) {
            words.push(format!("--{name}"));
        }
    }
    if !asks {
        words.push("--silent".to_owned());
    }
    if let Some(subfolder) = &request.source.subfolder {
        words.push(shell_word(subfolder));
    }
    words.join(" ")
}

/// The command, and the template by the flag that means it.
fn template(request: &Request<'_>) -> Vec<String> {
    let source = &request.source;
    let name = request
        .text("favorite")
        .or_else(|| request.text("template"));
    let mut words = vec!["floxwright generate".to_owned()];
    let (flag, text) = match (&source.favorite, name, &source.place) {
        (Some(_), Some(name), _) => ("favorite", name.clone()),
        (.., Place::Directory(path)) => ("path", path.to_string_lossy().into_owned()),
        (.., Place::Git(text) | Place::BuiltIn(text)) => ("git", text.clone()),
    };
    words.push(match &source.place {
        Place::BuiltIn(name) => shell_word(name),
        _ => said(flag, &text),
    });
    match &source.at {
        At::Head => {}
        At::Branch(name) => words.push(format!("--branch {}", shell_word(name))),
        At::Tag(name) => words.push(format!("--tag {}", shell_word(name))),
        At::Revision(name) => words.push(format!("--revision {}", shell_word(name))),
    }
    words
}

/// A flag with what it is given; what begins with a dash would be taken for a flag.
fn said(flag: &str, text: &str) -> String {
    let space = if text.starts_with('-') { '=' } else { ' ' };
    format!("--{flag}{space}{}", shell_word(text))
}

/// The same for a value that was given; `None` for a table, which is none for a template.
fn of_toml(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Array(list) => {
            let all: Option<Vec<String>> = list.iter().map(of_toml).collect();
            Some(all?.join(","))
        }
        toml::Value::Table(_) => None,
        other => Some(other.to_string()),
    }
}

/// A value in one line, as `--define` takes it.
pub(super) fn line(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Bool(bool) => bool.to_string(),
        Value::List(list) => list.iter().map(line).collect::<Vec<_>>().join(","),
    }
}
