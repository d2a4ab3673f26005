//! The schemas of lock and release say exactly what the types say: the same keys, the same words, the same keys required.
//!
//! The types are asked through serde: a key or a word that no type can have is put in each place of a real value, and the
//! message tells what could have stood there; a key is taken away, and the message tells whether it had to be there.

use super::{made, schema};
use crate::project;
use floxwright::model::Lock;
use floxwright::scaffold::Release;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// No type has such a key or word.
const STRANGE: &str = "no-such-thing";

/// What reads the whole value, and tells why it cannot.
type Parse<'a> = &'a dyn Fn(&Value) -> Option<String>;

/// Walks through a value and its schema together.
struct Walk<'a> {
    whole: Value,
    parse: Parse<'a>,
    /// The schemas that have been seen, by their description, so that each is asked about once in each state.
    seen: BTreeMap<String, usize>,
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
        let about = schema["description"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let times = self.seen.entry(about).or_default();
        *times += 1;
        if *times > 40 {
            return;
        }
        if let Some(words) = schema["enum"].as_array() {
            self.same_words(path, words);
        }
        match &value {
            Value::Object(entries) if schema["properties"].is_object() => {
                self.same_keys(path, schema);
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

/// A key as a part of a JSON pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The words in backticks after "expected", or after "is not one of".
fn expected(message: &str) -> BTreeSet<String> {
    if let Some((_, words)) = message.split_once("is not one of ") {
        return words.split(", ").map(str::to_owned).collect();
    }
    let (_, words) = message.split_once("expected").unwrap_or_default();
    words
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_schema_of_the_lock_is_that_of_its_types() {
    for (_, lock) in made::all() {
        let parse = |value: &Value| {
            Lock::deserialize(value)
                .err()
                .map(|error| error.to_string())
        };
        let whole = serde_json::to_value(&lock).unwrap();
        assert_eq!(parse(&whole), None);
        Walk {
            whole,
            parse: &parse,
            seen: BTreeMap::new(),
        }
        .walk("", &schema::lock());
    }
}

#[test]
fn the_schema_of_a_release_is_that_of_its_types() {
    let files = project::files().into_iter();
    for file in files.filter(|file| file.contains("/catalogue/releases/")) {
        let parse = |value: &Value| {
            Release::deserialize(value)
                .err()
                .map(|error| error.to_string())
        };
        let whole = serde_json::from_str(&project::read(&file)).unwrap();
        assert_eq!(parse(&whole), None);
        Walk {
            whole,
            parse: &parse,
            seen: BTreeMap::new(),
        }
        .walk("", &schema::release());
    }
}
