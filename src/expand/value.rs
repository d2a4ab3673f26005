//! What a variable of a template holds.

use liquid::model::{Scalar, ValueView};

/// The value of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text; numbers and dates are text too.
    Text(String),
    /// Yes or no.
    Bool(bool),
    /// Several values, in order.
    List(Vec<Value>),
}

impl Value {
    /// The value as Liquid holds it.
    pub(super) fn to_liquid(&self) -> liquid::model::Value {
        match self {
            Self::Text(text) => liquid::model::Value::Scalar(Scalar::new(text.clone())),
            Self::Bool(bool) => liquid::model::Value::Scalar(Scalar::new(*bool)),
            Self::List(list) => {
                liquid::model::Value::Array(list.iter().map(Self::to_liquid).collect())
            }
        }
    }

    /// A value that Liquid holds; `None` for an object and for nothing.
    pub(super) fn from_liquid(value: &liquid::model::Value) -> Option<Self> {
        if let Some(list) = value.as_array() {
            let items = list
                .values()
                .map(|item| Self::from_liquid(&item.to_value()));
            return Some(Self::List(items.collect::<Option<_>>()?));
        }
        let scalar = value.as_scalar()?;
        Some(match scalar.to_bool() {
            Some(bool) => Self::Bool(bool),
            None => Self::Text(scalar.to_kstr().into_string()),
        })
    }
}
