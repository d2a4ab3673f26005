//! `floxwright.toml`: every key, sorted within its table, each with a one-line comment.

use crate::ask::{Field, Shape};
use crate::model::{Intent, Tweaks};
use std::collections::BTreeMap;
use std::fmt::Write;
use toml_edit::{Array, Value};

/// The file's name.
pub const INTENT_FILE: &str = "floxwright.toml";

/// The intent's schema that this program writes and reads.
pub(super) const INTENT_SCHEMA: i64 = 1;

/// The intent as text.
pub fn intent_text(intent: &Intent) -> String {
    let mut text = String::from(
        "# What this repository packages, and how. Edited by hand or by `floxwright`.\n",
    );
    let _ = writeln!(text, "schema = {INTENT_SCHEMA}");
    let mut tables: BTreeMap<usize, (&str, Vec<Field>)> = BTreeMap::new();
    for field in Field::ALL.iter().filter(|field| !field.is_transient()) {
        let table = field.key().split('.').next().unwrap_or_default();
        let place = [
            "workspace",
            "upstream",
            "build",
            "environment",
            "documents",
            "publish",
        ]
        .iter()
        .position(|t| *t == table);
        tables
            .entry(place.unwrap_or(usize::MAX))
            .or_insert_with(|| (table, Vec::new()))
            .1
            .push(*field);
    }
    for (table, mut fields) in tables.into_values() {
        fields.sort_by_key(|field| field.key());
        let _ = writeln!(text, "\n[{table}]");
        for field in fields {
            let key = field.key().rsplit('.').next().unwrap_or_default();
            let _ = writeln!(text, "# {}\n{key} = {}", field.help(), value(intent, field));
        }
    }
    for (name, tweaks) in &intent.tweaks {
        let _ = writeln!(text, "\n[package.{name}]\n{}", tweaks_text(tweaks));
    }
    for (table, entries) in [
        ("override", &intent.overrides),
        ("nixpkgs.versions", &intent.index_corrections),
    ] {
        if !entries.is_empty() {
            let _ = writeln!(text, "\n[{table}]");
            for (name, version) in entries {
                let _ = writeln!(text, "{name} = {}", Value::from(version.as_str()));
            }
        }
    }
    text
}

fn value(intent: &Intent, field: Field) -> Value {
    let value = crate::ask::intent_value(intent, field);
    match field.shape() {
        Shape::Text => Value::from(value.line()),
        Shape::List => Value::Array(value.texts().iter().map(String::as_str).collect::<Array>()),
    }
}

fn tweaks_text(tweaks: &Tweaks) -> String {
    let list = |texts: &mut dyn Iterator<Item = &str>| Value::Array(texts.collect::<Array>());
    let lines = [
        (
            "extra-dependencies",
            list(
                &mut tweaks
                    .extra_dependencies
                    .iter()
                    .map(crate::python::PyName::as_str),
            ),
        ),
        ("relax", list(&mut tweaks.relax.iter().map(String::as_str))),
        (
            "remove-dependencies",
            list(&mut tweaks.remove_dependencies.iter().map(String::as_str)),
        ),
    ];
    let lines = lines
        .iter()
        .filter(|(_, value)| value.as_array().is_some_and(|array| !array.is_empty()));
    lines
        .map(|(key, value)| format!("{key} = {value}"))
        .collect::<Vec<_>>()
        .join("\n")
}
