//! `floxwright.lock`: sorted TOML, one line for each package and each file, so that branches merge.

use crate::model::{LOCK_SCHEMA, Lock};
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
    let value: toml::Value =
        toml::from_str(text).map_err(|error| LockError::Invalid(error.to_string()))?;
    let schema = value
        .get("schema")
        .and_then(toml::Value::as_integer)
        .unwrap_or_default();
    match u64::try_from(schema) {
        Ok(schema) if schema > u64::from(LOCK_SCHEMA) => Err(LockError::Newer(schema)),
        _ => value
            .try_into()
            .map_err(|error: toml::de::Error| LockError::Invalid(error.to_string())),
    }
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
