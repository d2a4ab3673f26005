//! The command line: what can be said, and which command it leads to.

use super::fetching::Fetching;
use super::{
    Context, adopt, catalogue, check, docs, explain, export, generate, graph, hash, index, list,
    membership, new, resume, scaffold, status, sync, update,
};
use crate::diagnostic::Failure;
use crate::outside::pypi::Reach;
use crate::outside::world::World;
use crate::ui::{Color, Guard, Settings, TerminalFacts, Ui};
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::ffi::OsString;

/// Where the flags of every command stand in the help of each.
const LAST: usize = 500;

/// The whole command line.
pub fn cli() -> Command {
    Command::new("floxwright")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Makes and keeps repositories that package an upstream monorepo with Flox Nix expression builds")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .arg(
            Arg::new("color")
                .long("color")
                .global(true)
                .display_order(LAST)
                .value_name("WHEN")
                .value_parser(["auto", "always", "never"])
                .default_value("auto")
                .help("When colours are used"),
        )
        .arg(
            Arg::new("plain")
                .long("plain")
                .global(true)
                .display_order(LAST)
                .action(ArgAction::SetTrue)
                .help("Ask on plain numbered lines, without cursor movement"),
        )
        .arg(
            Arg::new("offline")
                .long("offline")
                .global(true)
                .display_order(LAST)
                .action(ArgAction::SetTrue)
                .help("Ask nobody: what is not ready-made comes from the cache, or not at all"),
        )
        .arg(Arg::new("directory").short('C').global(true).display_order(LAST).value_name("DIR").help("Work as if started in this directory"))
        .subcommand(new::command())
        .subcommand(adopt::command())
        .subcommand(membership::add_command())
        .subcommand(membership::remove_command())
        .subcommand(update::command())
        .subcommand(sync::command())
        .subcommand(docs::command())
        .subcommand(status::command())
        .subcommand(check::command())
        .subcommand(resume::continue_command())
        .subcommand(resume::abort_command())
        .subcommand(resume::undo_command())
        .subcommand(generate::command())
        .subcommand(list::command())
        .subcommand(explain::command())
        .subcommand(graph::command())
        .subcommand(export::command())
        .subcommand(hash::command())
        .subcommand(index::command())
        .subcommand(catalogue::command())
        .subcommand(scaffold::command())
}

/// Runs the program: `arguments` as the process got them, program name first. Returns the exit code.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    world: &World,
    facts: TerminalFacts,
    guard: &Guard,
) -> u8 {
    let arguments = generate::arguments(arguments);
    let command = generate::under_its_name(cli(), &arguments);
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return usage(&error, facts),
    };
    let ui = Ui::new(settings(&matches, facts));
    match dispatch(&matches, world, &ui, guard) {
        Ok(()) => 0,
        Err(failure) => {
            ui.failure(&failure);
            failure.exit.code()
        }
    }
}

fn dispatch(matches: &ArgMatches, world: &World, ui: &Ui, guard: &Guard) -> Result<(), Failure> {
    let mut world = world.clone();
    if let Some(directory) = matches.get_one::<String>("directory") {
        world.cwd = world.cwd.join(directory);
    }
    let reach = if matches.get_flag("offline") {
        Reach::Offline
    } else {
        Reach::Online
    };
    let fetching = Fetching::new(&world, reach)?;
    let context = Context {
        world: &world,
        ui,
        fetching: &fetching,
        guard,
    };
    let done = command(matches, &context);
    if let Some(complaint) = fetching.complaint() {
        ui.warn(&complaint);
    }
    done
}

fn command(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("new", matches)) => new::run(matches, context),
        Some(("adopt", matches)) => adopt::run(matches, context),
        Some(("add", matches)) => membership::add(matches, context),
        Some(("remove", matches)) => membership::remove(matches, context),
        Some(("update", matches)) => update::run(matches, context),
        Some(("sync", matches)) => sync::run(matches, context),
        Some(("docs", matches)) => docs::run(matches, context),
        Some(("status", matches)) => status::run(matches, context),
        Some(("check", matches)) => check::run(matches, context),
        Some(("continue", matches)) => resume::proceed(matches, context),
        Some(("abort", matches)) => resume::abort(matches, context),
        Some(("undo", matches)) => resume::undo(matches, context),
        Some(("generate", matches)) => generate::run(matches, context),
        Some(("list", matches)) => list::run(matches, context),
        Some(("explain", matches)) => explain::run(matches, context),
        Some(("graph", matches)) => graph::run(matches, context),
        Some(("export", matches)) => export::run(matches, context),
        Some(("hash", matches)) => hash::run(matches, context),
        Some(("index", matches)) => index::run(matches, context),
        Some(("catalogue", matches)) => catalogue::run(matches, context),
        Some(("scaffold", matches)) => scaffold::run(matches, context),
        _ => Err(Failure::invalid("no command was given").hint("`floxwright --help` lists them")),
    }
}

fn settings(matches: &ArgMatches, facts: TerminalFacts) -> Settings {
    let color = match matches.get_one::<String>("color").map(String::as_str) {
        Some("always") => Color::Always,
        Some("never") => Color::Never,
        _ => Color::Auto,
    };
    Settings {
        color,
        plain: matches.get_flag("plain"),
        facts,
    }
}

/// Help and version go to standard output with 0; a wrong command line goes to standard error with 2.
fn usage(error: &clap::Error, facts: TerminalFacts) -> u8 {
    let ui = Ui::new(Settings {
        facts,
        ..Settings::default()
    });
    let text = error.render().to_string();
    if error.use_stderr() {
        ui.talk_text(&text);
        2
    } else {
        u8::from(ui.result(&text).is_err())
    }
}
