//! Entries of a TOML table.

use crate::python::PyName;
use toml_edit::{DocumentMut, Item, TableLike, Value};

/// The key as it stands in the table: people may write a distribution's name in other ways.
fn spelled(table: &dyn TableLike, name: &str) -> String {
    let is_it = |key: &str| key.parse::<PyName>().is_ok_and(|key| key.as_str() == name);
    let found = table.iter().find(|(key, _)| is_it(key));
    found.map_or(name, |(key, _)| key).to_owned()
}

/// Gives a key a value. A new key comes before the first greater one.
pub(super) fn insert(table: &mut dyn TableLike, name: &str, version: &str) {
    let name = &spelled(table, name);
    if let Some(item) = table.get_mut(name) {
        let mut new = Value::from(version);
        if let Some(old) = item.as_value() {
            *new.decor_mut() = old.decor().clone();
        }
        *item = Item::Value(new);
        return;
    }
    // A table keeps the order in which its keys came; the greater ones come again, with everything that stands around them.
    let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    let from = keys.iter().position(|key| key > name);
    let later: Vec<_> = from
        .map_or(&[][..], |from| &keys[from..])
        .iter()
        .filter_map(|key| {
            let (key, item) = (table.key(key)?.clone(), table.remove(key)?);
            Some((key, item))
        })
        .collect();
    table.insert(name, Item::Value(Value::from(version)));
    for (key, item) in later {
        table.entry_format(&key).or_insert(item);
    }
}

/// Takes a key out, and the table with its last one, unless somebody wrote a comment over it.
pub(super) fn remove(document: &mut DocumentMut, table: &str, name: &str) {
    let Some(item) = document.get_mut(table) else {
        return;
    };
    if let Some(entries) = item.as_table_like_mut() {
        let name = spelled(entries, name);
        entries.remove(&name);
    }
    let is_bare = item.as_table().is_some_and(|table| {
        let above = table.decor().prefix().and_then(|text| text.as_str());
        table.is_empty() && !above.unwrap_or_default().contains('#')
    });
    if is_bare {
        document.remove(table);
    }
}
