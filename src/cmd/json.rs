//! Results for programs: the flag that asks for them, and their text.

use crate::diagnostic::Failure;
use clap::{Arg, ArgMatches};

/// `--format`
pub(super) fn format_flag() -> Arg {
    Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .value_parser(["text", "json"])
        .default_value("text")
        .help("How the result is printed")
}

/// Whether `--format json` was said.
pub(super) fn is_asked(matches: &ArgMatches) -> bool {
    matches
        .get_one::<String>("format")
        .is_some_and(|format| format == "json")
}

/// A result as JSON text, indented, with a line end.
pub(super) fn text(value: &serde_json::Value) -> Result<String, Failure> {
    serde_json::to_string_pretty(value)
        .map(|text| format!("{text}\n"))
        .map_err(|error| Failure::refused("the result cannot be written as JSON").because(error))
}
