//! The flags of `export`.

use crate::cmd::mode::{Mode, mode_flags};
use crate::cmd::switch::switch;
use crate::model::Source;
use clap::{Arg, ArgAction, ArgMatches, Command};

/// What was said.
pub(super) struct Options {
    pub(super) packages: Vec<String>,
    /// The checkout, as the person gave it.
    pub(super) nixpkgs: String,
    pub(super) release: Option<String>,
    pub(super) scaffold: Option<String>,
    pub(super) source: String,
    /// Empty where nobody was named.
    pub(super) maintainer: String,
    pub(super) mode: Mode,
    pub(super) commit: bool,
    pub(super) json: bool,
    pub(super) git_name: Option<String>,
    pub(super) git_email: Option<String>,
}

impl Options {
    pub(super) fn from(matches: &ArgMatches) -> Self {
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        let packages = matches.get_many::<String>("packages");
        Self {
            packages: packages.unwrap_or_default().cloned().collect(),
            nixpkgs: text("nixpkgs").unwrap_or_default(),
            release: text("release"),
            scaffold: text("scaffold"),
            source: text("source").unwrap_or_default(),
            maintainer: text("maintainer").unwrap_or_default(),
            mode: Mode::from(matches),
            commit: !matches.get_flag("no-commit"),
            json: crate::cmd::json::is_asked(matches),
            git_name: text("git-name"),
            git_email: text("git-email"),
        }
    }
}

/// The subcommand.
pub(in crate::cmd) fn command() -> Command {
    let value = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    Command::new("export")
        .about("Writes packages into a checkout of nixpkgs, in the form that its reviewers expect")
        .arg(
            Arg::new("packages")
                .value_name("PKG")
                .action(ArgAction::Append)
                .required(true)
                .help("Packages to write; what they require and nixpkgs lacks comes along"),
        )
        .arg(value("nixpkgs", "DIR", "The checkout of nixpkgs").required(true))
        .arg(value(
            "release",
            "RELEASE",
            "Release of the upstream; the newest unless said otherwise",
        ))
        .arg(
            value(
                "source",
                "SOURCE",
                "Where the sources come from; auto takes the monorepo where its hash is known",
            )
            .value_parser(Source::ALL.iter().map(|source| source.name()).collect::<Vec<_>>())
            .default_value(Source::default().name()),
        )
        .arg(value(
            "maintainer",
            "HANDLE",
            "Who maintains the packages, by the name in nixpkgs' list; without it they refuse to tell",
        ))
        .args(mode_flags())
        .arg(crate::cmd::json::format_flag())
        .arg(switch("no-commit", "Write the files and commit nothing"))
        .arg(value("git-name", "NAME", "Who commits; git's own configuration unless said otherwise"))
        .arg(value("git-email", "EMAIL", "The address of who commits"))
        .arg(value("scaffold", "SCAFFOLD", "Scaffold, built in or by its path"))
}
