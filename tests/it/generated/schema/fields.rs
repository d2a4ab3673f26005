//! Schemas of answers and intent, from the definition of the fields.

use super::number;
use crate::generated::shapes::{Property, list, object, schema, table, text, word};
use crate::generated::tables::{aliases, tables};
use floxwright::ask::{Field, Shape};
use serde_json::{Value, json};

const VERSION: &str = "^[0-9][0-9A-Za-z.!+_-]*$";

/// Who may leave keys out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Every key is optional, and there are keys for one run.
    Answers,
    /// Every key is there.
    Intent,
}

/// An answers file.
pub(in crate::generated) fn answers() -> Value {
    schema("Answers for floxwright new", fields(Kind::Answers))
}

/// `floxwright.toml`.
pub(in crate::generated) fn intent() -> Value {
    schema(
        "Intent of a floxwright workspace: floxwright.toml",
        fields(Kind::Intent),
    )
}

fn fields(kind: Kind) -> Value {
    let needed = kind == Kind::Intent;
    let mut root: Vec<Property> = vec![("schema", needed, number())];
    for (name, fields) in tables() {
        let fields = fields
            .into_iter()
            .filter(|(_, field)| !(needed && field.is_transient()));
        let properties: Vec<Property> = fields
            .map(|(key, field)| (key, needed, value(field, kind)))
            .collect();
        if name.is_empty() {
            root.extend(properties);
        } else if !properties.is_empty() {
            root.push((
                name,
                needed,
                object(&format!("Table [{name}]"), &properties),
            ));
        }
    }
    root.extend(without_flags());
    object("Every key is explained in docs/reference/answers.md", &root)
}

fn value(field: Field, kind: Kind) -> Value {
    let mut words: Vec<&str> = field.choices().into_iter().map(|(name, _)| name).collect();
    if kind == Kind::Answers && !words.is_empty() {
        words.extend(aliases(field));
    }
    let one = |about: &str| match (field, words.is_empty()) {
        (Field::Handle, _) => {
            json!({ "description": about, "type": "string", "pattern": "^([A-Za-z0-9_-]{3,63})?$" })
        }
        (_, true) => text(about),
        (_, false) => word(about, &words),
    };
    match field.shape() {
        Shape::Text => one(field.help()),
        Shape::List => list(field.help(), &one("One of them")),
    }
}

fn check() -> Value {
    let rules = |about: &str| list(about, &text("A rule, or a severity"));
    let levels = floxwright::check::Deny::NAMES;
    object(
        "What `floxwright check` looks for",
        &[
            (
                "deny",
                false,
                word("From which severity on a run ends with 4", &levels),
            ),
            ("ignore", false, rules("Rules that are not looked at")),
            ("select", false, rules("The only rules that are looked at")),
        ],
    )
}

fn without_flags() -> Vec<Property> {
    let texts = |about: &str| list(about, &text("One name"));
    let version = json!({ "type": "string", "pattern": VERSION });
    let tweaks = object(
        "Changes to one package",
        &[
            (
                "extra-dependencies",
                false,
                texts("nixpkgs attributes to add to its dependencies"),
            ),
            (
                "relax",
                false,
                texts("Requirements whose bounds are dropped"),
            ),
            (
                "remove-dependencies",
                false,
                texts("Requirements to take out"),
            ),
        ],
    );
    let versions = table(
        "Corrections of the nixpkgs index, by distribution",
        &version,
    );
    vec![
        (
            "package",
            false,
            table("Changes to single packages, by name", &tweaks),
        ),
        (
            "override",
            false,
            table("Python dependencies at another version, by name", &version),
        ),
        (
            "nixpkgs",
            false,
            object("Table [nixpkgs]", &[("versions", false, versions)]),
        ),
        ("check", false, check()),
    ]
}
