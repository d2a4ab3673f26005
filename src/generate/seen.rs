//! What templates see, as a value that can be shown: for those who write them.

use super::view::View;
use super::{GenerateError, PACKAGE};
use crate::model::{Intent, Lock};
use crate::nixpkgs::Index;
use crate::scaffold::{OutputScope, Scaffold};
use serde_json::{Map, Value};

/// Everything that the templates of a workspace see, with the first of its packages as those of a package see it; keys sorted.
///
/// # Errors
/// Values that cannot be handed to templates.
pub fn seen(
    intent: &Intent,
    lock: &Lock,
    scaffold: &Scaffold,
    index: &Index,
) -> Result<Value, GenerateError> {
    let view = View::new(intent, lock, scaffold, index);
    let mut values = view.workspace_values().map_err(GenerateError::Values)?;
    let packages = view.package_values(OutputScope::Package);
    let first = packages.map_err(GenerateError::Values)?.into_iter().next();
    if let Some((_, package)) = first {
        values.insert(PACKAGE.into(), package);
    }
    let value = serde_json::to_value(&values);
    let value = value.map_err(|error| GenerateError::Values(error.to_string()))?;
    Ok(sorted(value))
}

/// The same with the keys of every object in order.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut entries: Vec<(String, Value)> = object.into_iter().collect();
            entries.sort_by(|(one, _), (other, _)| one.cmp(other));
            let entries = entries.into_iter().map(|(key, value)| (key, sorted(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}
