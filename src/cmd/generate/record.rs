//! What is recorded in a project: the template that it comes from, and what was answered.

use super::Ready;
use super::request::Request;
use super::source::Place;
use crate::diagnostic::Failure;
use crate::expand::{Answered, Origin, Staged, StagedFile, Value};
use toml_edit::{Array, DocumentMut, Item, Table, value};

/// The file.
pub(super) const FILE: &str = ".floxwright/generate.toml";

/// What stands at its top.
const HEAD: &str =
    "# The template of this project, and what was answered: the values file of another run.\n";

/// Adds the file to the project.
pub(super) fn add(
    project: &mut Staged,
    ready: &Ready,
    request: &Request<'_>,
) -> Result<(), Failure> {
    let bytes = text(ready, request).into_bytes();
    let file = StagedFile { bytes, mode: 0o644 };
    project
        .insert_file(FILE, file)
        .map_err(|error| Failure::refused("the answers cannot be recorded").because(error))
}

fn text(ready: &Ready, request: &Request<'_>) -> String {
    let mut document = DocumentMut::new();
    document.insert("schema", value(1));
    document.insert("name", value(&ready.expanded.project.given));
    let mut template = Table::new();
    match &request.source.place {
        Place::Directory(path) => template.insert("path", value(path.to_string_lossy().as_ref())),
        Place::Git(address) => template.insert("git", value(address)),
    };
    let further = [
        (
            "directory",
            Some(&ready.expanded.template).filter(|path| !path.is_empty()),
        ),
        ("branch", ready.branch.as_ref()),
        ("commit", ready.commit.as_ref()),
    ];
    for (key, text) in further {
        if let Some(text) = text {
            template.insert(key, value(text));
        }
    }
    document.insert("template", Item::Table(template));
    let mut values = Table::new();
    for (name, answered) in answers(ready) {
        values.insert(name, value(toml(&answered.value)));
    }
    document.insert("values", Item::Table(values));
    format!("{HEAD}{document}")
}

/// The answers that a person or a flag gave; hooks and defaults give theirs again.
pub(super) fn answers(ready: &Ready) -> impl Iterator<Item = (&str, &Answered)> {
    let answers = ready.expanded.answers.iter();
    answers
        .filter(|(_, answered)| !matches!(answered.origin, Origin::Hook))
        .map(|(name, answered)| (name.as_str(), answered))
}

fn toml(of: &Value) -> toml_edit::Value {
    match of {
        Value::Text(text) => text.as_str().into(),
        Value::Bool(bool) => (*bool).into(),
        Value::List(list) => list.iter().map(toml).collect::<Array>().into(),
    }
}
