//! The schemas of lock and release say exactly what the types say: the same keys, the same words, the same keys required.
//!
//! The types are asked through serde: a key or a word that no type can have is put in each place of a real value, and the
//! message tells what could have stood there; a key is taken away, and the message tells whether it had to be there.

use super::{made, schema};
use crate::project;
use floxwright::model::Lock;
use floxwright::scaffold::Release;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// No type has such a key or word.
const STRANGE: &str = "no-such-thing";

/// What reads the whole value, and tells why it cannot.
type Parse<'a> = &'a dyn Fn(&Value) -> Option<String>;

/// Walks through a value and its schema together.
struct Walk<'a> {
    whole: Value,
    parse: Parse<'a>,
    /// How often each part of the schema has been compared.
    seen: &'a mut BTreeMap<String, usize>,
}

impl Walk<'_> {
    /// What the reader says when `change` is made at `path`.
    fn told(&self, path: &str, change: impl FnOnce(&mut Value)) -> String {
        let mut changed = self.whole.clone();
        change(changed.pointer_mut(path).unwrap_or(&mut Value::Null));
        (self.parse)(&changed).unwrap_or_default()
    }

    fn walk(&mut self, path: &str, schema: &Value) {
        let value = self.whole.pointer(path).cloned().unwrap_or_default();
        if is_tied(schema) && self.is_new(schema) {
            match schema["enum"].as_array() {
                Some(words) => self.same_words(path, words),
                None => self.same_keys(path, schema),
            }
        }
        match &value {
            Value::Object(entries) if schema["properties"].is_object() => {
                for key in entries.keys() {
                    self.walk(
                        &format!("{path}/{}", escaped(key)),
                        &schema["properties"][key],
                    );
                }
            }
            Value::Object(entries) => {
                for key in entries.keys() {
                    self.walk(
                        &format!("{path}/{}", escaped(key)),
                        &schema["additionalProperties"],
                    );
                }
            }
            Value::Array(items) => {
                for at in 0..items.len() {
                    self.walk(&format!("{path}/{at}"), &schema["items"]);
                }
            }
            _ => {}
        }
    }

    /// Whether this part has been compared less than twice: comparing reads the whole value anew for each key.
    fn is_new(&mut self, schema: &Value) -> bool {
        let times = self.seen.entry(schema.to_string()).or_default();
        *times += 1;
        *times <= 2
    }

    fn same_words(&self, path: &str, words: &[Value]) {
        let told = self.told(path, |value| *value = STRANGE.into());
        let told = expected(&told);
        let words: BTreeSet<&str> = words.iter().filter_map(Value::as_str).collect();
        assert_eq!(
            told.iter().map(String::as_str).collect::<BTreeSet<_>>(),
            words,
            "{path}"
        );
    }

    fn same_keys(&self, path: &str, schema: &Value) {
        let told = self.told(path, |value| value[STRANGE] = Value::Null);
        let keys: BTreeSet<String> = schema["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, _)| key.clone())
            .collect();
        assert_eq!(expected(&told), keys, "{path}: {told}");
        let required: BTreeSet<&str> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for key in &keys {
            let told = self.told(path, |value| {
                value.as_object_mut().map(|entries| entries.remove(key));
            });
            let needed = told.contains(&format!("missing field `{key}`"));
            assert_eq!(
                needed,
                required.contains(key.as_str()),
                "{path}/{key}: {told}"
            );
        }
    }
}

/// Whether a part of a schema says something that the types say, too.
fn is_tied(schema: &Value) -> bool {
    schema["enum"].is_array() || schema["properties"].is_object()
}

/// Every such part of a schema was compared at least once.
fn assert_all_seen(schema: &Value, seen: &BTreeMap<String, usize>) {
    if is_tied(schema) {
        assert!(
            seen.contains_key(&schema.to_string()),
            "no value has: {schema}"
        );
    }
    let properties = schema["properties"].as_object().into_iter().flatten();
    let inner = properties.map(|(_, inner)| inner);
    let alike = [&schema["items"], &schema["additionalProperties"]];
    for inner in inner.chain(alike).filter(|inner| inner.is_object()) {
        assert_all_seen(inner, seen);
    }
}

/// A key as a part of a JSON pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The words that a message names as possible: in backticks after "expected" or a colon, or after "is not one of".
fn expected(message: &str) -> BTreeSet<String> {
    if let Some((_, words)) = message.split_once("is not one of ") {
        return words.split(", ").map(str::to_owned).collect();
    }
    let split = message
        .split_once("expected")
        .or_else(|| message.split_once(": "));
    let (_, words) = split.unwrap_or_default();
    words
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// Compares a schema with the types through all these values.
fn check(schema: &Value, values: Vec<Value>, parse: Parse<'_>) {
    let mut seen = BTreeMap::new();
    for whole in values {
        assert_eq!(parse(&whole), None);
        let seen = &mut seen;
        Walk { whole, parse, seen }.walk("", schema);
    }
    assert_all_seen(schema, &seen);
}

#[test]
fn the_schema_of_the_lock_is_that_of_its_types() {
    let locks = made::all().iter();
    let locks = locks.map(|(_, lock)| serde_json::to_value(lock).unwrap());
    let mut locks: Vec<Value> = locks.collect();
    // What only a commit has, which nobody can read without a server.
    let mut at_commit = locks[0].clone();
    let packages = at_commit["packages"].as_object_mut().unwrap();
    let package = packages.values_mut().next().unwrap();
    let sdist = json!({ "name": "x", "hash": "sha256-x" });
    package["lent"] = json!({ "version": "1", "sdist": sdist, "directory": "x" });
    locks.insert(0, at_commit);
    check(&schema::lock(), locks, &|value| {
        Lock::deserialize(value)
            .err()
            .map(|error| error.to_string())
    });
}

#[test]
fn the_schema_of_a_release_is_that_of_its_types() {
    let files = project::files().into_iter();
    let files = files.filter(|file| file.contains("/catalogue/releases/"));
    let releases = files.map(|file| serde_json::from_str(&project::read(&file)).unwrap());
    let mut releases: Vec<Value> = releases.collect();
    // What only a commit has, which nobody publishes.
    let sdist = json!({ "file": "x", "hash": "sha256-x" });
    releases[0]["commit"] = json!({
        "asked": "x",
        "commit": "x",
        "hash": "sha256-x",
        "lender": "1",
        "loans": { "x": { "version": "1", "sdist": sdist } },
    });
    check(&schema::release(), releases, &|value| {
        Release::deserialize(value)
            .err()
            .map(|error| error.to_string())
    });
}
