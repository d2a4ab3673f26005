//! `docs/reference/commands.md`: every command and every flag.

use super::answers::told_default;
use super::{HEAD, code, row};
use crate::project;
use clap::{Arg, Command};
use floxwright::ask::Field;
use std::fmt::Write;

#[test]
fn the_reference_of_commands_is_up_to_date() {
    let mut program = floxwright::cmd::cli();
    program.build();
    let mut text = format!("# Commands\n\n{HEAD}\n");
    text.push_str(
        "Results go to standard output, talk to standard error. How a run ends is told by its exit code: \
         see [messages](../messages.md).\n",
    );
    section(&program, "floxwright", 2, &mut text);
    project::keep("docs/reference/commands.md", &text);
}

fn section(command: &Command, path: &str, level: usize, text: &mut String) {
    let about = command
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default();
    let usage = usage(command, path);
    let _ = write!(
        text,
        "\n{} {path}\n\n{about}.\n\n```text\n{usage}\n```\n",
        "#".repeat(level)
    );
    let top = level == 2;
    let arguments: Vec<&Arg> = command
        .get_arguments()
        .filter(|arg| !arg.is_hide_set() && (top || !is_everywhere(arg)))
        .collect();
    if !arguments.is_empty() {
        text.push('\n');
        text.push_str(&row(
            &["", "what it says", "default", "allowed"].map(str::to_owned)
        ));
        text.push_str("|---|---|---|---|\n");
        for arg in arguments {
            text.push_str(&argument(arg, path));
        }
    }
    if top {
        text.push_str("\nThese hold for every command; the rest of this page leaves them out.\n");
    }
    for below in command.get_subcommands() {
        section(
            below,
            &format!("{path} {}", below.get_name()),
            level + 1,
            text,
        );
    }
}

/// Whether the flag belongs to the program and not to the command.
fn is_everywhere(arg: &Arg) -> bool {
    arg.is_global_set() || matches!(arg.get_id().as_str(), "help" | "version")
}

fn usage(command: &Command, path: &str) -> String {
    let mut words = vec![path.to_owned(), "[OPTIONS]".to_owned()];
    for arg in command.get_positionals() {
        let name = value_name(arg);
        words.push(if arg.is_required_set() {
            format!("<{name}>")
        } else {
            format!("[{name}]")
        });
    }
    if command.is_subcommand_required_set() {
        words.push("<COMMAND>".to_owned());
    }
    words.join(" ")
}

fn value_name(arg: &Arg) -> String {
    let names = arg.get_value_names().unwrap_or_default().iter();
    names.map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn argument(arg: &Arg, command: &str) -> String {
    let takes = arg.get_action().takes_values();
    let value = if takes {
        format!(" {}", value_name(arg))
    } else {
        String::new()
    };
    let short = arg.get_short().map(|short| format!("-{short}"));
    let long = arg.get_long().map(|long| format!("--{long}"));
    let mut names: Vec<String> = short.into_iter().chain(long).collect();
    if names.is_empty() {
        names.push(value.trim().to_owned());
    } else if let Some(last) = names.last_mut() {
        last.push_str(&value);
    }
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let help = if arg.is_required_set() {
        format!("{help} (required)")
    } else {
        help
    };
    let (default, allowed) = match answered(arg, command) {
        Some(field) => (told_default(field), words(field)),
        None if takes => declared(arg),
        None => (String::new(), String::new()),
    };
    let names = code(names.iter().map(String::as_str));
    row(&[names, help, default, allowed])
}

/// The field that a flag of `new` answers.
fn answered(arg: &Arg, command: &str) -> Option<Field> {
    let mut fields = Field::ALL.iter().copied();
    fields.find(|field| command.ends_with(" new") && arg.get_id() == field.id())
}

/// What a field can say, where that is a few words.
fn words(field: Field) -> String {
    code(field.choices().into_iter().map(|(name, _)| name))
}

/// Default and allowed values as clap knows them.
fn declared(arg: &Arg) -> (String, String) {
    let defaults = arg
        .get_default_values()
        .iter()
        .filter_map(|value| value.to_str());
    let allowed = arg.get_possible_values();
    (
        code(defaults),
        code(allowed.iter().map(clap::builder::PossibleValue::get_name)),
    )
}
