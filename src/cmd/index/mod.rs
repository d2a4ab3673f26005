//! `index`: what is known of nixpkgs, and reading it anew for one repository.

mod place;
mod reading;
mod refresh;
mod show;

pub(super) use place::{Place, place_flags};
pub(super) use reading::read;

use super::mode::mode_flags;
use super::{Context, json};
use crate::diagnostic::Failure;
use crate::disk;
use crate::nixpkgs::{INDEX_FILE, Index, Lookup, Refreshed};
use clap::{Arg, ArgMatches, Command};

/// The channel that is read unless another is named.
const CHANNEL: &str = "nixpkgs-unstable";

/// The subcommand.
pub(super) fn command() -> Command {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let refresh = Command::new("refresh")
        .about("Reads which versions a nixpkgs has, and predicts by them from now on")
        .arg(
            text(
                "nixpkgs",
                "PATH|FLAKE",
                "Directory or flake of nixpkgs that Nix looks into",
            )
            .conflicts_with_all(["channel", "address"]),
        )
        .args(place_flags())
        .args(mode_flags())
        .arg(json::format_flag());
    let show = Command::new("show")
        .about("Shows what is known of distributions in nixpkgs, and from where")
        .arg(
            Arg::new("names")
                .value_name("NAME")
                .num_args(0..)
                .help("Distributions; all that are known unless some are named"),
        )
        .arg(json::format_flag());
    Command::new("index")
        .about("What is known of nixpkgs")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(refresh)
        .subcommand(show)
}

/// Runs `index`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("refresh", matches)) => refresh::refresh(matches, context),
        Some(("show", matches)) => show::show(matches, context),
        _ => Err(Failure::invalid("nothing was said to do with the index")
            .hint("`floxwright index --help` lists what there is")),
    }
}

/// The index in the program, with what a repository's file says in its place.
pub(super) fn with_file(text: Option<&str>) -> Result<Index, Failure> {
    let built_in = Index::built_in()
        .map_err(|error| Failure::refused("the nixpkgs index cannot be read").because(error))?;
    let Some(text) = text else {
        return Ok(built_in);
    };
    let refreshed = Refreshed::parse(text).map_err(|error| {
        Failure::refused(format!("`{INDEX_FILE}` cannot be read"))
            .because(error)
            .hint("`floxwright index refresh` makes it anew; without the file the index of the program holds")
    })?;
    Ok(built_in.refreshed(&refreshed))
}

/// The index of the repository that somebody works in; outside of any, the program's own.
pub(super) fn here(context: &Context<'_>) -> Result<Index, Failure> {
    let Some(root) = super::repository::around(context) else {
        return with_file(None);
    };
    let path = root.join(INDEX_FILE);
    if !disk::is_there(&path) {
        return with_file(None);
    }
    let text = disk::read_text(&path).map_err(|error| {
        Failure::refused(format!("`{INDEX_FILE}` cannot be read"))
            .because(super::scaffolds::chain(&error))
    })?;
    with_file(Some(&text))
}

/// A word for what an index knows of a distribution.
fn word(lookup: Lookup<'_>) -> &str {
    match lookup {
        Lookup::Present { version, .. } => version.unwrap_or("unknown version"),
        Lookup::Absent => "absent",
        Lookup::Unknown => "unknown",
    }
}
