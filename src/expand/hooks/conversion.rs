//! Values of Rhai and values of Liquid.

use super::Gives;
use crate::expand::Value;
use rhai::{Array, Dynamic};

/// A variable as a script sees it.
pub(super) fn to_rhai(value: &liquid::model::Value) -> Gives<Dynamic> {
    match Value::from_liquid(value) {
        Some(value) => Ok(dynamic(value)),
        None => Err("a variable of this kind cannot be used in a script".into()),
    }
}

fn dynamic(value: Value) -> Dynamic {
    match value {
        Value::Text(text) => text.into(),
        Value::Bool(bool) => bool.into(),
        Value::List(list) => list.into_iter().map(dynamic).collect::<Array>().into(),
    }
}

/// A value of a script as a variable: texts, booleans and lists of them.
pub(super) fn from_rhai(value: Dynamic) -> Gives<Value> {
    if let Ok(bool) = value.as_bool() {
        return Ok(Value::Bool(bool));
    }
    if value.is_string() {
        return Ok(Value::Text(value.into_string().unwrap_or_default()));
    }
    let kind = value.type_name();
    match value.try_cast::<Array>() {
        Some(list) => Ok(Value::List(
            list.into_iter().map(from_rhai).collect::<Gives<_>>()?,
        )),
        None => {
            Err(format!("a variable is a string, a bool or an array, and this is a {kind}").into())
        }
    }
}
