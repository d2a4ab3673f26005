//! Values in a TOML list. The comment behind a value belongs to it; the lines above it stay when it goes, for they may be a heading.

use crate::ask::Field;
use crate::model::PackageSpec;
use toml_edit::{Array, RawString, Value};

/// What a value is sorted by: a package by its name, then its extras.
fn key(value: &str, field: Field) -> String {
    match (field, value.parse::<PackageSpec>()) {
        (Field::Packages, Ok(spec)) => {
            let extras = spec.extras.iter().map(|extra| format!("\0{extra}"));
            format!("{}{}", spec.name, extras.collect::<String>())
        }
        _ => value.to_owned(),
    }
}

/// What stands before a value: the end of the line before, and the rest.
fn split(prefix: &str) -> (String, String) {
    match prefix.find('\n') {
        Some(at) => (prefix[..at].to_owned(), prefix[at..].to_owned()),
        None => (String::new(), prefix.to_owned()),
    }
}

/// The spacing alone of what stands before a value: a line and its indentation, or blanks.
fn spacing(rest: &str) -> String {
    match rest.rfind('\n') {
        Some(at) => rest[at..].to_owned(),
        None => rest.to_owned(),
    }
}

fn raw(text: Option<&RawString>) -> String {
    text.and_then(RawString::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn prefix(array: &Array, at: usize) -> Option<String> {
    array.get(at).map(|value| raw(value.decor().prefix()))
}

fn set_prefix(array: &mut Array, at: usize, text: String) {
    if let Some(value) = array.get_mut(at) {
        value.decor_mut().set_prefix(text);
    }
}

/// What stands between the last value and the end of the list counts to the list, whether there is a comma or not.
fn settle_end(array: &mut Array) {
    if array.trailing_comma() || array.is_empty() {
        return;
    }
    let last = array.len() - 1;
    let Some(value) = array.get_mut(last) else {
        return;
    };
    let suffix = raw(value.decor().suffix());
    value.decor_mut().set_suffix("");
    let trailing = raw(Some(array.trailing()));
    array.set_trailing(format!("{suffix}{trailing}"));
}

/// Puts a value into its place.
pub(super) fn insert(array: &mut Array, value: &str, field: Field) {
    settle_end(array);
    let wanted = key(value, field);
    let greater = |there: &Value| {
        there
            .as_str()
            .is_some_and(|there| key(there, field) > wanted)
    };
    let at = array.iter().position(greater).unwrap_or(array.len());
    let mut new = Value::from(value);
    match prefix(array, at) {
        // Before another: it takes that one's spacing, and the end of the line before.
        Some(before) => {
            let (line_end, rest) = split(&before);
            let own = spacing(&rest);
            let follower = if at == 0 && !rest.contains('\n') {
                " ".to_owned()
            } else {
                rest
            };
            new.decor_mut().set_prefix(format!("{line_end}{own}"));
            array.insert_formatted(at, new);
            set_prefix(array, at + 1, follower);
        }
        None if array.is_empty() => {
            let trailing = raw(Some(array.trailing()));
            // A list of several lines that holds comments only.
            if trailing.contains('\n') {
                new.decor_mut().set_prefix("\n  ");
            }
            array.push_formatted(new);
        }
        None => {
            let last = prefix(array, array.len() - 1).unwrap_or_default();
            let own = spacing(&split(&last).1);
            let (line_end, rest) = split(&raw(Some(array.trailing())));
            if own.contains('\n') {
                new.decor_mut().set_prefix(format!("{line_end}{own}"));
                array.set_trailing(rest);
            } else {
                new.decor_mut().set_prefix(" ");
            }
            array.push_formatted(new);
        }
    }
}

/// Takes a value out, or puts another in its place.
pub(super) fn replace(array: &mut Array, old: &str, new: Option<&str>) {
    settle_end(array);
    let Some(at) = array.iter().position(|value| value.as_str() == Some(old)) else {
        return;
    };
    if let Some(new) = new {
        array.replace(at, new);
        return;
    }
    let (line_end, rest) = split(&prefix(array, at).unwrap_or_default());
    let comments = rest.rfind('\n').map_or("", |last| &rest[..last]).to_owned();
    array.remove(at);
    match prefix(array, at) {
        Some(next) if at == 0 && !next.contains('\n') => {
            set_prefix(array, 0, format!("{line_end}{rest}"));
        }
        Some(next) => {
            let (_, own) = split(&next);
            set_prefix(array, at, format!("{line_end}{comments}{own}"));
        }
        None => {
            let (_, own) = split(&raw(Some(array.trailing())));
            array.set_trailing(format!("{line_end}{comments}{own}"));
        }
    }
}
