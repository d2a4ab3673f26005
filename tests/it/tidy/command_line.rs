//! Every command and every flag explains itself.

use super::nothing;
use clap::Command;

/// What is wrong with the help of a command and of those below it.
fn faults(command: &Command, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut look = |what: String, help: Option<String>| match help {
        None => found.push(format!("{what} has no help")),
        Some(help) if help.lines().next().unwrap_or_default().ends_with('.') => {
            found.push(format!(
                "{what}: the first line of the help ends with a full stop"
            ));
        }
        Some(help) if !help.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()) => {
            let name = help.split_whitespace().next().unwrap_or_default();
            // A name keeps its own spelling.
            if name != "git" {
                found.push(format!("{what}: the help does not begin with a capital"));
            }
        }
        Some(_) => {}
    };
    look(
        format!("`{path}`"),
        command.get_about().map(ToString::to_string),
    );
    for argument in command.get_arguments() {
        let help = argument.get_help().map(ToString::to_string);
        look(format!("`{path}`, `{}`", argument.get_id()), help);
    }
    let below = command.get_subcommands();
    found.extend(below.flat_map(|below| faults(below, &format!("{path} {}", below.get_name()))));
    found
}

#[test]
fn every_command_and_flag_has_help() {
    nothing(&faults(&floxwright::cmd::cli(), "floxwright"));
}

#[test]
fn silence_and_full_stops_are_noticed() {
    let command = Command::new("x")
        .about("Does it.")
        .arg(clap::Arg::new("flag").long("flag"))
        .subcommand(Command::new("y").about("does it"));
    assert_eq!(faults(&command, "x").len(), 3);
}
