//! `catalogue`: makes a release file of a scaffold's catalogue, and compares the two ways of reading a release.

mod check;
mod members;
mod origin;
mod read;
mod third_parties;

use super::{Context, scaffolds};
use crate::diagnostic::Failure;
use crate::outside::pypi::ReadError;
use crate::python::Version;
use crate::scaffold::Scaffold;
use clap::{Arg, ArgMatches, Command};

/// The subcommand.
pub(super) fn command() -> Command {
    let read = asked(Command::new("read"))
        .about("Reads one upstream release and writes its file of the catalogue")
        .arg(value(
            "date",
            "DATE",
            "Day that the file gives as the day of reading; today unless said otherwise",
        ))
        .arg(value(
            "output",
            "FILE",
            "File to write; the catalogue's own unless said otherwise, `-` for standard output",
        ));
    let check = asked(Command::new("check"))
        .about("Compares the source trees of a release with its wheels, and writes nothing");
    Command::new("catalogue")
        .about("Maintains the facts about an upstream")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(read)
        .subcommand(check)
        .subcommand(third_parties::command())
}

fn value(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

/// What both commands are asked with.
fn asked(command: Command) -> Command {
    command
        .arg(value("release", "VERSION", "Version of the upstream release").required(true))
        .arg(
            value(
                "from",
                "SOURCE",
                "Where the facts are read: `pypi`, or a directory or `.tar.gz` with the monorepo at the release",
            )
            .default_value("pypi"),
        )
        .arg(
            value(
                "scaffold",
                "DIR",
                "Directory of the scaffold whose catalogue says what to read",
            )
            .required(true),
        )
}

/// Runs `catalogue`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("read", matches)) => read::run(matches, context),
        Some(("check", matches)) => check::run(matches, context),
        Some(("third-parties", matches)) => third_parties::run(matches, context),
        _ => Err(
            Failure::invalid("nothing was said to do with the catalogue")
                .hint("`floxwright catalogue --help` lists what there is"),
        ),
    }
}

/// What is asked for: a release of a scaffold's upstream, from somewhere.
struct Request {
    release: Version,
    /// The scaffold's directory, with a slash at its end.
    directory: String,
    scaffold: Scaffold,
    /// `pypi`, or a path.
    from: String,
}

impl Request {
    fn new(matches: &ArgMatches, context: &Context<'_>) -> Result<Self, Failure> {
        let text = |name: &str| {
            matches
                .get_one::<String>(name)
                .map(String::as_str)
                .unwrap_or_default()
        };
        let release: Version = text("release").parse().map_err(|_| {
            Failure::invalid(format!(
                "`--release`: `{}` is not a version",
                text("release").escape_debug()
            ))
        })?;
        let directory = format!("{}/", text("scaffold").trim_end_matches('/'));
        let scaffold = scaffolds::find(Some(&directory), context)?;
        let yanked = scaffold.catalogue.yanked.iter();
        let version = release.to_string();
        if let Some(yanked) = yanked.clone().find(|yanked| yanked.release == version) {
            let good = &yanked.instead;
            return Err(Failure::refused(format!("{release} must not be packaged"))
                .because(&yanked.because)
                .hint(format!("`--release {good}`")));
        }
        Ok(Self {
            release,
            directory,
            scaffold,
            from: text("from").to_owned(),
        })
    }
}

/// The failure of what the index does not have.
fn refused(error: &ReadError) -> Failure {
    let problems = error.0.iter();
    Failure::all(
        crate::diagnostic::Exit::Refused,
        problems
            .map(|problem| crate::diagnostic::Problem::new(problem.to_string()))
            .collect(),
    )
}
