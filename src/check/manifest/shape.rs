//! Whether what stands in a manifest has the shape of its key.

use super::keys::{Key, Shape};
use super::{Fault, near, span};
use crate::nix::nix_string;
use std::ops::Range;
use toml_edit::{Item, TableLike, Value};

/// Flox's systems.
const SYSTEMS: [&str; 4] = [
    "aarch64-darwin",
    "aarch64-linux",
    "x86_64-darwin",
    "x86_64-linux",
];

/// The schema of the manifest, and what is wrong with it.
type Found<'a> = (u32, &'a mut Vec<Fault>);

/// Looks at what stands at a key.
pub(super) fn look(item: &Item, shape: Shape, at: &str, (schema, faults): Found<'_>) {
    let place = item.span().unwrap_or_default();
    let mut wrong = |what: &str| {
        faults.push(Fault::new(format!("`{at}` is not {what}"), place.clone()));
    };
    match shape {
        Shape::Open => {}
        Shape::Text => text(item, at, faults),
        Shape::Word(words) => match item.as_str() {
            Some(word) if words.contains(&word) => {}
            _ => wrong(&format!("one of `{}`", words.join("`, `"))),
        },
        Shape::Whole => match item.as_integer() {
            Some(number) if number >= 0 => {}
            _ => wrong("a number from 0"),
        },
        Shape::Truth => {
            if item.as_bool().is_none() {
                wrong("`true` or `false`");
            }
        }
        Shape::TextOrTexts | Shape::TextOr(_) if item.is_str() => {}
        Shape::Texts | Shape::TextOrTexts => {
            if texts(item).is_none() {
                wrong("a list of texts");
            }
        }
        Shape::Systems => match texts(item) {
            Some(texts) => systems(&texts, faults),
            None => wrong("a list of texts"),
        },
        Shape::List(inner) => list(item, *inner, at, (schema, faults)),
        Shape::Each(_)
        | Shape::Closed(_)
        | Shape::Besides(..)
        | Shape::TextOr(_)
        | Shape::Kinds(_) => match item.as_table_like() {
            Some(inner) => table(inner, shape, (at, place), (schema, faults)),
            None => wrong("a table"),
        },
    }
}

fn table(
    table: &dyn TableLike,
    shape: Shape,
    (at, place): (&str, Range<usize>),
    (schema, faults): Found<'_>,
) {
    let inside = |key: &str| {
        if at.is_empty() {
            key.to_owned()
        } else {
            format!("{at}.{key}")
        }
    };
    let (keys, other): (&[Key], Option<Shape>) = match shape {
        Shape::Each(inner) => (&[], Some(*inner)),
        Shape::Besides(keys, inner) => (keys, Some(*inner)),
        Shape::Closed(keys) | Shape::TextOr(keys) => (keys, None),
        Shape::Kinds(kinds) => {
            let has = |kind: &&&[Key]| kind.first().is_some_and(|key| table.contains_key(key.name));
            let Some(kind) = kinds.iter().find(has) else {
                let names = kinds.iter().filter_map(|kind| kind.first());
                let names: Vec<&str> = names.map(|key| key.name).collect();
                let message = format!("`{at}` has none of `{}`", names.join("`, `"));
                return faults.push(Fault::new(message, place));
            };
            (kind, None)
        }
        _ => return,
    };
    for (name, item) in table.iter() {
        let known = keys.iter().find(|key| key.name == name);
        match (known, other) {
            (Some(key), _) if key.since > schema => {
                let needed = format!("`{}` came with the schema 1.{}.0", inside(name), key.since);
                let help = format!(
                    "write `schema-version = \"1.{}.0\"`, or leave it out",
                    key.since
                );
                faults.push(Fault::new(needed, span(table, name)).help(help));
            }
            (Some(key), _) => look(item, key.shape, &inside(name), (schema, &mut *faults)),
            (None, Some(shape)) => look(item, shape, &inside(name), (schema, &mut *faults)),
            (None, None) => {
                let names = keys.iter().filter(|key| key.since <= schema);
                let near = near(name, names.map(|key| key.name));
                let message = format!("there is no key `{}`{near}", inside(name));
                faults.push(Fault::new(message, span(table, name)));
            }
        }
    }
    for key in keys {
        if key.is_needed && !table.contains_key(key.name) {
            let message = format!("`{at}` lacks `{}`", key.name);
            faults.push(Fault::new(message, place.clone()));
        }
    }
}

/// A text. A number or a truth is mended by quotes.
fn text(item: &Item, at: &str, faults: &mut Vec<Fault>) {
    if item.is_str() {
        return;
    }
    let place = item.span().unwrap_or_default();
    let mut fault = Fault::new(format!("`{at}` is not a text"), place.clone());
    let plain = match item {
        Item::Value(Value::Integer(number)) => Some(number.value().to_string()),
        Item::Value(Value::Boolean(truth)) => Some(truth.value().to_string()),
        _ => None,
    };
    if let Some(plain) = plain.filter(|_| !place.is_empty()) {
        fault.instead = Some(nix_string(&plain));
    }
    faults.push(fault);
}

/// A list of texts, each with its place.
fn texts(item: &Item) -> Option<Vec<(String, Range<usize>)>> {
    let items = item.as_array()?.iter();
    items
        .map(|value| Some((value.as_str()?.to_owned(), value.span().unwrap_or_default())))
        .collect()
}

fn systems(texts: &[(String, Range<usize>)], faults: &mut Vec<Fault>) {
    for (text, place) in texts {
        if !SYSTEMS.contains(&text.as_str()) {
            let near = near(text, SYSTEMS.into_iter());
            let message = format!("there is no system `{}`{near}", text.escape_debug());
            faults.push(Fault::new(message, place.clone()));
        }
    }
}

fn list(item: &Item, shape: Shape, at: &str, (schema, faults): Found<'_>) {
    if let Some(tables) = item.as_array_of_tables() {
        for inner in tables {
            let place = inner.span().unwrap_or_default();
            table(inner, shape, (at, place), (schema, &mut *faults));
        }
        return;
    }
    let place = item.span().unwrap_or_default();
    let Some(items) = item.as_array() else {
        let message = format!("`{at}` is not a list");
        return faults.push(Fault::new(message, place));
    };
    for value in items {
        if let Some(inner) = value.as_inline_table() {
            let place = value.span().unwrap_or_default();
            table(inner, shape, (at, place), (schema, &mut *faults));
        } else {
            let message = format!("`{at}` holds something that is no table");
            faults.push(Fault::new(message, value.span().unwrap_or_default()));
        }
    }
}
