//! Changing `floxwright.toml` without touching what a person wrote around the change: comments, order, spacing, line ends.

mod list;
mod table;

use crate::ask::Field;
use toml_edit::{Array, DocumentMut, Item, Table, Value};

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A value joins a list, in its place by order; where the list is not sorted, before the first greater value.
    Insert(Field, String),
    /// A value of a list, as it stands there, is taken out or becomes another.
    Replace(Field, String, Option<String>),
    /// A field of one text gets a value.
    Set(Field, String),
    /// `[override]`: a distribution at a version, or no longer.
    Override(String, Option<String>),
}

/// The text after the changes, one after the other.
///
/// # Errors
/// The text is not TOML, or holds something else where a change should go.
pub fn edit_intent(text: &str, edits: &[Edit]) -> Result<String, String> {
    let plain = text.replace("\r\n", "\n");
    let mut document: DocumentMut = plain.parse().map_err(|error: toml_edit::TomlError| {
        format!(
            "it is not TOML: {}",
            error.message().trim().replace('\n', ", ")
        )
    })?;
    for edit in edits {
        apply(&mut document, edit)?;
    }
    let mut edited = document.to_string();
    if !plain.ends_with('\n') && edited.ends_with('\n') {
        edited.pop();
    }
    Ok(edited)
}

/// Puts a value into a list: in its place by order, and before the first greater value where the list is not sorted.
pub(super) fn join_list(list: &mut Array, value: &str) {
    list::insert(list, value, Field::Name);
}

fn apply(document: &mut DocumentMut, edit: &Edit) -> Result<(), String> {
    match edit {
        Edit::Insert(field, value) => {
            let item = entry(document, *field)?;
            if item.is_none() {
                *item = Item::Value(Value::Array(Array::new()));
            }
            let array = item.as_array_mut().ok_or_else(|| wrong(*field, "a list"))?;
            list::insert(array, value, *field);
        }
        Edit::Replace(field, old, new) => {
            let item = entry(document, *field)?;
            let array = item.as_array_mut().ok_or_else(|| wrong(*field, "a list"))?;
            list::replace(array, old, new.as_deref());
        }
        Edit::Set(field, value) => {
            let item = entry(document, *field)?;
            let mut new = Value::from(value.as_str());
            if let Some(old) = item.as_value() {
                *new.decor_mut() = old.decor().clone();
            }
            *item = Item::Value(new);
        }
        Edit::Override(name, Some(version)) => {
            let table = document
                .entry("override")
                .or_insert_with(|| Item::Table(Table::new()));
            let table = table
                .as_table_like_mut()
                .ok_or("`override` is not a table")?;
            table::insert(table, name, version);
        }
        Edit::Override(name, None) => table::remove(document, "override", name),
    }
    Ok(())
}

fn wrong(field: Field, kind: &str) -> String {
    format!("`{}` is not {kind}", field.key())
}

/// The item of a field; its table is made if it is not there.
fn entry(document: &mut DocumentMut, field: Field) -> Result<&mut Item, String> {
    let (table, key) = field.key().split_once('.').unwrap_or(("", field.key()));
    let table = document
        .entry(table)
        .or_insert_with(|| Item::Table(Table::new()))
        .as_table_like_mut()
        .ok_or_else(|| format!("`{table}` is not a table"))?;
    Ok(table.entry(key).or_insert(Item::None))
}

#[cfg(test)]
mod tests;
