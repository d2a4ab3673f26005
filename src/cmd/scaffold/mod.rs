//! `scaffold`: for those who write scaffolds.

mod axes;
mod check;
mod outcome;
mod plain;
mod render;
mod snapshots;
mod start;
mod values;

use super::json::format_flag;
use super::new::flag;
use super::switch::switch;
use super::{Context, scaffolds};
use crate::ask::Field;
use crate::diagnostic::Failure;
use crate::scaffold::{built_in, plain as carried};
use clap::{Arg, ArgAction, ArgMatches, Command};

/// What the values depend on: every answer that stays in a repository.
fn asked() -> impl Iterator<Item = Field> {
    let all = Field::ALL.iter().copied();
    all.filter(|field| !field.is_transient() && *field != Field::Scaffold)
}

/// The subcommand.
pub(super) fn command() -> Command {
    let scaffold = || {
        Arg::new("scaffold")
            .value_name("SCAFFOLD")
            .required(true)
            .help("Scaffold, built in or by its path")
    };
    Command::new("scaffold")
        .about("Makes, checks and tests scaffolds")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(start::command())
        .subcommand(
            Command::new("check")
                .about("Renders a scaffold with every pair of answers, and tells what is wrong with it; 4 if anything is")
                .arg(scaffold())
                .arg(switch("allow-hooks", "Run the hooks of a plain template; its commands are not run"))
                .arg(switch("notes", "Tell too what was not tried: branches that depend on facts"))
                .arg(format_flag()),
        )
        .subcommand(
            Command::new("test")
                .about("Compares what a scaffold makes of the answers in its tests/, a plain template of those in .floxwright/tests/, with what stands beside them; 4 if it differs")
                .arg(scaffold())
                .arg(switch("accept", "Write what it makes now"))
                .arg(switch("allow-hooks", "Run the hooks of a plain template; its commands are not run"))
                .arg(format_flag()),
        )
        .subcommand(
            Command::new("values")
                .about("Prints what the templates see, as JSON; `package` is the first of the packages")
                .arg(scaffold())
                .arg(
                    Arg::new("define")
                        .long("define")
                        .short('d')
                        .action(ArgAction::Append)
                        .value_name("KEY=VALUE")
                        .help("Value of a placeholder of a plain template; can be repeated"),
                )
                .arg(switch("allow-hooks", "Run the hooks of a plain template; its commands are not run"))
                .args(asked().map(flag)),
        )
}

/// Runs `scaffold`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("new", matches)) => start::run(matches, context),
        Some(("check", matches)) => check::run(matches, context),
        Some(("test", matches)) => snapshots::run(matches, context),
        Some(("values", matches)) => values::run(matches, context),
        _ => Err(Failure::invalid("nothing was said to do with a scaffold")
            .hint("`floxwright scaffold --help` lists what there is")),
    }
}

/// The scaffold as it is given; a directory needs no `/` here, unless a built-in one has its name.
fn given(matches: &ArgMatches) -> String {
    let given = matches.get_one::<String>("scaffold");
    let given = given.map(String::as_str).unwrap_or_default();
    if scaffolds::is_path(given) || built_in(given).or_else(|| carried(given)).is_some() {
        given.to_owned()
    } else {
        format!("./{given}")
    }
}
