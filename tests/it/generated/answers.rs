//! `docs/reference/answers.md`: every key of `floxwright.toml` and of an answers file.

use super::tables::{aliases, tables};
use super::{HEAD, code, made};
use crate::project;
use floxwright::ask::{Answers, Field, Shape, default};
use std::fmt::Write;

const ABOUT: &str = "
`floxwright.toml` in a repository is the *intent*: what was chosen. `floxwright new` writes every key. An *answers file*
(`floxwright new --answers FILE`) is the same file with every key optional, and with the keys that are marked
\"answers file only\". A flag wins over the answers file, the answers file over what is found on the machine, and that over
the default. [The lock](lock.md) is what the intent resolved to.

Schemas for editors: [answers](../schemas/answers.schema.json), [intent](../schemas/intent.schema.json).
";

const MORE: &str = "
## Tables without flags

| table | key | value | what it says |
|---|---|---|---|
| `[package.NAME]` | `extra-dependencies` | list of texts | nixpkgs attributes to add to the package's dependencies |
| | `remove-dependencies` | list of texts | requirements to take out of its metadata and its dependencies |
| | `relax` | list of texts | requirements whose bounds are dropped whatever nixpkgs has |
| `[override]` | a distribution's name | version in quotes | a nixpkgs Python dependency at another version, packaged here |
| `[nixpkgs.versions]` | a distribution's name | version in quotes | a correction of the nixpkgs index, which predicts for the reports |
";

#[test]
fn the_reference_of_answers_is_up_to_date() {
    let mut text = format!("# Answers and intent\n\n{HEAD}{ABOUT}");
    text.push_str("\n`schema = 1` stands at the top of both files.\n");
    for (table, fields) in tables() {
        let _ = match table {
            "" => writeln!(text, "\n## Before the first table"),
            table => writeln!(text, "\n## [{table}]"),
        };
        for (key, field) in fields {
            entry(key, field, &mut text);
        }
    }
    text.push_str(MORE);
    project::keep("docs/reference/answers.md", &text);
}

fn entry(key: &str, field: Field, text: &mut String) {
    let flag = match field {
        Field::Directory => "the argument `DIR`".to_owned(),
        _ => format!("`{} {}`", field.flag(), field.value_name()),
    };
    let shape = match field.shape() {
        Shape::Text => "text",
        Shape::List => "list of texts",
    };
    let only = if field.is_transient() {
        "; answers file only"
    } else {
        ""
    };
    let _ = write!(
        text,
        "\n### {key}\n\n{}.\n\n* Flag: {flag}\n* Value: {shape}{only}\n* Default: {}\n",
        field.help(),
        told_default(field)
    );
    let choices = field.choices();
    if !choices.is_empty() {
        text.push_str("* Allowed:\n");
    }
    for (name, note) in choices {
        let note = if note.is_empty() {
            String::new()
        } else {
            format!(": {note}")
        };
        let _ = writeln!(text, "  * `{name}`{note}");
    }
    if !aliases(field).is_empty() {
        let words = code(aliases(field).iter().copied());
        let _ = writeln!(text, "* Also understood: {words}");
    }
}

/// What holds when nobody says otherwise, in words where it depends on something.
pub(super) fn told_default(field: Field) -> String {
    match (field, default(field, &Answers::new(), &made::scaffold())) {
        (Field::Directory, _) => "the name".to_owned(),
        (Field::Name, _) => "the last part of the directory".to_owned(),
        (Field::Release, _) => "the newest of the ready-made releases".to_owned(),
        (Field::Publish, _) => "the environment".to_owned(),
        (_, None) => "what git is configured with; else it is asked for".to_owned(),
        (_, Some(value)) if value.line().is_empty() => "empty".to_owned(),
        (_, Some(value)) => code(value.texts().iter().map(String::as_str)),
    }
}
