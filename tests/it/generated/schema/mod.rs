//! The schemas of the files that the program reads and writes.

mod check;
mod fields;
mod lock;
mod release;
mod status;
mod update;

pub(super) use check::check;
pub(super) use fields::{answers, intent};
pub(super) use lock::lock;
pub(super) use release::release;
pub(super) use status::status;
pub(super) use update::update;

use super::shapes::{list, text};
use serde_json::{Value, json};

fn number() -> Value {
    json!({ "description": "Number of the format", "const": 1 })
}

/// A list of texts.
fn names(about: &str) -> Value {
    list(about, &text("One of them"))
}
