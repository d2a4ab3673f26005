//! `floxwright.lock`: sorted TOML, one line for each package and each file, so that branches merge.

use crate::model::{LOCK_SCHEMA, Lock, LockedRelease};
use serde::Deserialize;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

/// The file's name.
pub const LOCK_FILE: &str = "floxwright.lock";

/// Why a lock cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    /// Not TOML, or not a lock.
    #[error("it is not a lock: {0}")]
    Invalid(String),
    /// Made by a newer program.
    #[error("it has schema {0}, and this program reads schema {LOCK_SCHEMA}")]
    Newer(u64),
}

/// The lock as text.
pub fn lock_text(lock: &Lock) -> String {
    let value = serde_json::to_value(lock).unwrap_or_default();
    let mut document = DocumentMut::new();
    for (key, value) in value.as_object().into_iter().flatten() {
        match value {
            serde_json::Value::Object(entries) => {
                let mut table = Table::new();
                for (name, entry) in entries {
                    table.insert(name, Item::Value(to_toml(entry)));
                }
                document.insert(key, Item::Table(table));
            }
            other => {
                document.insert(key, Item::Value(to_toml(other)));
            }
        }
    }
    format!(
        "# What floxwright.toml resolved to. Made by floxwright; not for editing by hand.\n{document}"
    )
}

/// Reads a lock.
///
/// # Errors
/// Text that is no lock, or a lock of a newer schema.
pub fn read_lock(text: &str) -> Result<Lock, LockError> {
    let head: Head = toml::from_str(text).map_err(|error| LockError::Invalid(error.to_string()))?;
    if head.schema > u64::from(LOCK_SCHEMA) {
        return Err(LockError::Newer(head.schema));
    }
    toml::from_str(text).map_err(|error| LockError::Invalid(error.to_string()))
}

/// Reads of a lock the release alone; nothing where there is none that can be read.
pub fn locked_release(text: &str) -> Option<LockedRelease> {
    let head: Head = toml::from_str(text).ok()?;
    head.release
}

/// What comes first in a lock.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    schema: u64,
    #[serde(default)]
    release: Option<LockedRelease>,
}

fn inline(object: &serde_json::Map<String, serde_json::Value>) -> Value {
    let mut table = InlineTable::new();
    for (key, value) in object.iter().filter(|(_, value)| !value.is_null()) {
        table.insert(key, to_toml(value));
    }
    Value::InlineTable(table)
}

fn to_toml(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::from(""),
        serde_json::Value::Bool(bool) => Value::from(*bool),
        serde_json::Value::Number(number) => Value::from(number.as_i64().unwrap_or_default()),
        serde_json::Value::String(text) => Value::from(text.as_str()),
        serde_json::Value::Array(items) => {
            Value::Array(items.iter().map(to_toml).collect::<Array>())
        }
        serde_json::Value::Object(object) => inline(object),
    }
}
