//! The program under cargo-generate's name, and its way to say that something went wrong.

use super::request::Request;
use super::values::split;
use crate::cmd::Context;
use crate::diagnostic::{Exit, Failure};
use clap::Command;
use std::ffi::OsString;
use std::path::Path;

/// The name under which the program is cargo-generate.
const NAME: &str = "cargo-generate";

/// The version that it is like.
const LIKE: &str = "0.23.14";

/// The command line of the program, under the name by which it was started: that name's version.
pub(in crate::cmd) fn under_its_name(cli: Command, given: &[OsString]) -> Command {
    if is_named(given) {
        cli.name("cargo generate").version(LIKE)
    } else {
        cli
    }
}

fn is_named(given: &[OsString]) -> bool {
    let name = given
        .first()
        .and_then(|program| Path::new(program).file_name());
    name.is_some_and(|name| name == NAME)
}

/// The command line that is meant. Started as `cargo-generate`, the program has that one command; cargo hands its name on.
pub(in crate::cmd) fn arguments(given: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut given: Vec<OsString> = given.into_iter().collect();
    if !is_named(&given) {
        return given;
    }
    let is_command = |word: &OsString| word == "generate" || word == "gen";
    let is_version = |word: &OsString| word == "--version" || word == "-V";
    match given.get(1) {
        Some(word) if is_command(word) => {
            if given.get(2).is_some_and(is_version) {
                given.remove(1);
            } else {
                given.insert(2, "--compat".into());
            }
        }
        Some(word) if is_version(word) => {}
        // There is one command, and its help is all there is.
        Some(word) if word == "help" => given
            .splice(1.., ["generate".into(), "--help".into()])
            .for_each(drop),
        _ => given
            .splice(1..1, ["generate".into(), "--compat".into()])
            .for_each(drop),
    }
    given
}

/// Tells what was said, as cargo-generate does at its beginning.
pub(super) fn begin(request: &Request<'_>, context: &Context<'_>) -> Result<(), Failure> {
    if request.json() {
        return Ok(());
    }
    if let Some(note) = &request.source.note {
        context.ui.result_line(note)?;
    }
    for (name, value) in request
        .definitions()
        .filter_map(|definition| split(definition))
    {
        let value = value.escape_debug();
        context
            .ui
            .result_line(&format!("{name}: \"{value}\" (value from CLI)"))?;
    }
    Ok(())
}

/// Tells a failure as cargo-generate does. What is left of it is the exit code.
pub(super) fn told(failure: &Failure, context: &Context<'_>) -> Failure {
    let ui = context.ui;
    for problem in &failure.problems {
        ui.talk(&format!("Error: {}", problem.message));
        if let Some(span) = &problem.span {
            let (line, column) = span.line_column();
            ui.talk(&format!("   --> {}:{line}:{column}", span.origin));
        }
        if let Some(cause) = &problem.cause {
            ui.talk(&format!("\nCaused by:\n    {cause}"));
        }
    }
    for hint in &failure.hints {
        ui.talk(&format!("hint: {hint}"));
    }
    let exit = match failure.exit {
        Exit::Interrupted => Exit::Interrupted,
        _ => Exit::Refused,
    };
    Failure::all(exit, Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_program_decides() {
        for (given, meant) in [
            ("floxwright generate x", "floxwright generate x"),
            (
                "/bin/cargo-generate generate x",
                "/bin/cargo-generate generate --compat x",
            ),
            (
                "cargo-generate gen -p x",
                "cargo-generate gen --compat -p x",
            ),
            (
                "cargo-generate -p x",
                "cargo-generate generate --compat -p x",
            ),
            ("cargo-generate", "cargo-generate generate --compat"),
            ("cargo-generate --version", "cargo-generate --version"),
            ("cargo-generate generate -V", "cargo-generate -V"),
            ("cargo-generate help", "cargo-generate generate --help"),
            (
                "cargo-generate help generate",
                "cargo-generate generate --help",
            ),
            ("floxwright help", "floxwright help"),
        ] {
            let words = given.split(' ').map(OsString::from);
            let meant: Vec<OsString> = meant.split(' ').map(OsString::from).collect();
            assert_eq!(arguments(words), meant);
        }
    }
}
