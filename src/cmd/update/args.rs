//! What was asked for, on the command line.

use crate::ask::named_release;
use crate::cmd::index::{Place, place_flags};
use crate::cmd::mode::{Mode, mode_flags};
use crate::cmd::switch::switch;
use crate::diagnostic::Failure;
use crate::model::Intent;
use crate::python::Version;
use crate::template::shell_word;
use clap::{Arg, ArgMatches, Command};

/// What is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// What the repository follows: the newest release, or the newest commit of its branch.
    Followed,
    /// This release, or the newest.
    Release(Option<Version>),
    /// This branch, tag or commit.
    Rev(String),
    /// nixpkgs, read at this place.
    Nixpkgs(Place),
}

/// How the result is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Json,
    /// The text of a pull request.
    Markdown,
}

/// The tag of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// It gets none.
    None,
    /// The one that follows from the release.
    Usual,
    Named(String),
}

/// What was asked for.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) what: What,
    pub(super) downgrade: bool,
    pub(super) mode: Mode,
    pub(super) form: Form,
    /// The commit that is wanted, by its tag.
    pub(super) commit: Option<Tag>,
    /// Whether the plan is shown for consent where somebody is there.
    pub(super) asks: bool,
}

/// The subcommand.
pub(in crate::cmd) fn command() -> Command {
    let [channel, address] = place_flags();
    Command::new("update")
        .about("Moves the repository to another release or after a moved nixpkgs, and reports what that changes")
        .arg(Arg::new("version").value_name("VERSION").help("Release to move to; the newest complete one unless said otherwise"))
        .arg(switch("latest", "The newest complete release on PyPI, which is meant where nothing is said and no branch is followed").conflicts_with("version"))
        .arg(
            Arg::new("rev")
                .long("rev")
                .value_name("REV")
                .conflicts_with_all(["version", "latest"])
                .help("Branch, tag or commit of the monorepo to move to; of a branch each later update takes the newest commit"),
        )
        .arg(
            Arg::new("nixpkgs")
                .long("nixpkgs")
                .value_name("PATH|FLAKE")
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("")
                .conflicts_with_all(["version", "latest", "rev"])
                .help("Follow nixpkgs, the release stays: read a channel's list, or with `--nixpkgs=…` let Nix look into a directory or flake"),
        )
        .arg(channel.requires("nixpkgs"))
        .arg(address.requires("nixpkgs"))
        .arg(switch("allow-downgrade", "Take a release that is older than the one that is here"))
        .arg(switch("yes", "Apply the plan without asking"))
        .arg(switch("commit", "Commit what changed and nothing else, without hooks or signing"))
        .arg(
            Arg::new("tag")
                .long("tag")
                .value_name("NAME")
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("")
                .requires("commit")
                .help("Tag the commit; the scaffold's name and the release unless said otherwise with `--tag=…`"),
        )
        .args(mode_flags())
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["text", "json", "markdown"])
                .default_value("text")
                .help("How the result is printed; `markdown` is the text of a pull request"),
        )
}

impl Wish {
    /// Reads the command line.
    pub(super) fn from(matches: &ArgMatches) -> Result<Self, Failure> {
        let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
        let what = match (text("nixpkgs"), text("rev")) {
            (Some(given), _) => {
                if !given.is_empty() && (text("address").is_some() || is_said(matches, "channel")) {
                    return Err(Failure::invalid(
                        "`--nixpkgs=…` names where to look; `--channel` and `--address` name it too",
                    ));
                }
                What::Nixpkgs(Place::from(Some(given), matches))
            }
            (None, Some(given)) => match named_release(given.trim()) {
                Some(release) => What::Release(Some(release)),
                None => What::Rev(given.trim().to_owned()),
            },
            (None, None) => match text("version") {
                Some(given) => What::Release(release(given)?),
                None if matches.get_flag("latest") => What::Release(None),
                None => What::Followed,
            },
        };
        Ok(Self {
            what,
            downgrade: matches.get_flag("allow-downgrade"),
            mode: Mode::from(matches),
            form: match text("format") {
                Some("json") => Form::Json,
                Some("markdown") => Form::Markdown,
                _ => Form::Text,
            },
            commit: matches.get_flag("commit").then(|| match text("tag") {
                None => Tag::None,
                Some("") => Tag::Usual,
                Some(name) => Tag::Named(name.to_owned()),
            }),
            asks: !matches.get_flag("yes"),
        })
    }

    /// The command, as a person would type it again, for what it led to.
    pub(super) fn command(&self, intent: &Intent) -> String {
        let mut words = vec!["floxwright update".to_owned()];
        match &self.what {
            What::Followed | What::Release(_) | What::Rev(_) if intent.rev.is_empty() => {
                words.push(intent.release.clone());
            }
            What::Followed | What::Release(_) | What::Rev(_) => {
                words.push(format!("--rev {}", shell_word(&intent.rev)));
            }
            What::Nixpkgs(place) => {
                let given = place.nixpkgs.as_ref();
                let given = given.map(|given| format!("={}", shell_word(given)));
                words.push(format!("--nixpkgs{}", given.unwrap_or_default()));
                words.extend(place.flags());
            }
        }
        if self.downgrade {
            words.push("--allow-downgrade".to_owned());
        }
        words.join(" ")
    }
}

fn is_said(matches: &ArgMatches, name: &str) -> bool {
    matches.value_source(name) == Some(clap::parser::ValueSource::CommandLine)
}

/// The release that is named; `None` for the newest.
fn release(given: &str) -> Result<Option<Version>, Failure> {
    let given = given.trim();
    if given == crate::cmd::upstream::LATEST {
        return Ok(None);
    }
    let bare = given.strip_prefix('v').unwrap_or(given);
    let parsed = bare.parse();
    parsed.map(Some).map_err(|_| {
        Failure::invalid(format!("`{}` is not a release", given.escape_debug()))
            .hint("`floxwright list releases` names those that are ready-made; any other of PyPI can be taken")
    })
}
