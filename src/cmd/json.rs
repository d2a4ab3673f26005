//! Results for programs.

use crate::diagnostic::Failure;

/// A result as JSON text, indented, with a line end.
pub(super) fn text(value: &serde_json::Value) -> Result<String, Failure> {
    serde_json::to_string_pretty(value)
        .map(|text| format!("{text}\n"))
        .map_err(|error| Failure::refused("the result cannot be written as JSON").because(error))
}
