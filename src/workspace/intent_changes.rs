//! What differs between two intents, key by key, as a person knows the keys from `floxwright.toml`.

use super::intent_text;
use crate::model::Intent;
use std::collections::{BTreeMap, BTreeSet};

/// One key that says something else now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The key with its table: `build.layout`.
    pub key: String,
    /// What it said; empty where it was not there.
    pub before: String,
    /// What it says; empty where it is gone.
    pub now: String,
}

impl Changed {
    /// The change in one line.
    pub fn told(&self) -> String {
        let or_nothing = |text: &str| {
            if text.is_empty() {
                "nothing".to_owned()
            } else {
                text.to_owned()
            }
        };
        format!(
            "{}: {} → {}",
            self.key,
            or_nothing(&self.before),
            or_nothing(&self.now)
        )
    }
}

/// The keys that differ, sorted.
pub fn intent_changes(before: &Intent, now: &Intent) -> Vec<Changed> {
    let (before, now) = (flat(before), flat(now));
    let keys: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let text = |of: &BTreeMap<String, String>, key: &String| of.get(key).cloned();
    keys.into_iter()
        .map(|key| Changed {
            key: key.clone(),
            before: text(&before, key).unwrap_or_default(),
            now: text(&now, key).unwrap_or_default(),
        })
        .filter(|changed| changed.before != changed.now)
        .collect()
}

/// Every key with its table, and its value in one line.
fn flat(intent: &Intent) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let table = intent_text(intent).parse::<toml::Table>();
    collect("", &table.unwrap_or_default(), &mut found);
    found
}

fn collect(above: &str, table: &toml::Table, found: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        let key = if above.is_empty() {
            key.clone()
        } else {
            format!("{above}.{key}")
        };
        match value {
            toml::Value::Table(table) => collect(&key, table, found),
            value => {
                found.insert(key, line(value));
            }
        }
    }
}

fn line(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(items) => items.iter().map(line).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
