//! The flags of `new`. Those that answer a question come from the table of fields.

use crate::ask::{Field, Shape};
use crate::cmd::mode::{Mode, mode_flags};
use crate::cmd::switch::switch;
use clap::{Arg, ArgAction, ArgMatches, Command};

/// What git does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Commit {
    /// A repository with one commit.
    Yes,
    /// A repository with everything in the index.
    No,
    /// No repository.
    NoGit,
}

/// Where the target may lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Outside every other git repository.
    Outside,
    /// Anywhere.
    Anywhere,
}

/// The flags that answer no question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Options {
    pub(super) yes: bool,
    pub(super) json: bool,
    pub(super) mode: Mode,
    pub(super) commit: Commit,
    pub(super) place: Place,
    pub(super) answers: Option<String>,
}

impl Options {
    pub(super) fn from(matches: &ArgMatches) -> Self {
        let commit = if matches.get_flag("no-git") {
            Commit::NoGit
        } else if matches.get_flag("no-commit") {
            Commit::No
        } else {
            Commit::Yes
        };
        Self {
            yes: matches.get_flag("yes"),
            json: crate::cmd::json::is_asked(matches),
            mode: Mode::from(matches),
            commit,
            place: if matches.get_flag("force") {
                Place::Anywhere
            } else {
                Place::Outside
            },
            answers: matches.get_one::<String>("answers").cloned(),
        }
    }
}

/// The subcommand.
pub(in crate::cmd) fn command() -> Command {
    let command = Command::new("new")
        .about("Makes a packaging repository; asks what is not said")
        .arg(
            Arg::new(Field::Directory.id())
                .value_name(Field::Directory.value_name())
                .help(Field::Directory.help()),
        );
    let fields = Field::ALL
        .iter()
        .filter(|field| **field != Field::Directory);
    let command = fields.fold(command, |command, field| command.arg(flag(*field)));
    command
        .arg(
            Arg::new("answers")
                .long("answers")
                .value_name("FILE")
                .help("Answers file: floxwright.toml with every key optional"),
        )
        .arg(switch("yes", "Ask nothing: every default for what is not said").short('y'))
        .args(mode_flags())
        .arg(crate::cmd::json::format_flag())
        .arg(
            switch("no-git", "Make no git repository")
                .conflicts_with_all(["no-commit", Field::Remote.id()]),
        )
        .arg(switch(
            "no-commit",
            "Make the repository, add everything, and commit nothing",
        ))
        .arg(switch(
            "force",
            "Make it even inside another git repository",
        ))
}

/// The flag that answers a field.
pub(in crate::cmd) fn flag(field: Field) -> Arg {
    let choices: Vec<&str> = field.choices().into_iter().map(|(name, _)| name).collect();
    let help = if choices.is_empty() {
        field.help().to_owned()
    } else {
        format!("{} [{}]", field.help(), choices.join(", "))
    };
    let arg = Arg::new(field.id())
        .long(field.id())
        .value_name(field.value_name())
        .help(help);
    match field.shape() {
        Shape::Text => arg,
        Shape::List => arg.action(ArgAction::Append),
    }
}
