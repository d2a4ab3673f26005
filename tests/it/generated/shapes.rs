//! Parts of which the schemas are put together.

use serde_json::{Map, Value, json};

/// A property of an object: its name, whether it must be there, and what it is.
pub(super) type Property = (&'static str, bool, Value);

/// An object with these properties and no others.
pub(super) fn object(about: &str, properties: &[Property]) -> Value {
    let names = properties
        .iter()
        .filter(|(_, required, _)| *required)
        .map(|(name, ..)| *name);
    let required: Vec<&str> = names.collect();
    let properties: Map<String, Value> = properties
        .iter()
        .map(|(name, _, value)| ((*name).to_owned(), value.clone()))
        .collect();
    json!({
        "description": about,
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    })
}

/// An object whose keys are names and whose values are all alike.
pub(super) fn table(about: &str, value: &Value) -> Value {
    json!({ "description": about, "type": "object", "additionalProperties": value })
}

/// A text.
pub(super) fn text(about: &str) -> Value {
    json!({ "description": about, "type": "string" })
}

/// A text, or `null` where nothing is known.
pub(super) fn maybe_text(about: &str) -> Value {
    json!({ "description": about, "type": ["string", "null"] })
}

/// A list.
pub(super) fn list(about: &str, items: &Value) -> Value {
    json!({ "description": about, "type": "array", "items": items })
}

/// One of a few words.
pub(super) fn word(about: &str, words: &[&str]) -> Value {
    json!({ "description": about, "type": "string", "enum": words })
}

/// A hash as Nix takes it.
pub(super) fn hash(about: &str) -> Value {
    json!({ "description": about, "type": "string", "pattern": "^sha256-[A-Za-z0-9+/]{43}=$" })
}

/// The whole schema: `root` with its head before it.
pub(super) fn schema(title: &str, root: Value) -> Value {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
    });
    if let (Some(schema), Value::Object(root)) = (schema.as_object_mut(), root) {
        schema.extend(root);
    }
    schema
}
