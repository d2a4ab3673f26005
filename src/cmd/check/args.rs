//! What can be said to `check`.

use super::read::is_looked_at;
use crate::ask::CheckTable;
use crate::check::{Deny, Settings};
use crate::cmd::Context;
use crate::cmd::mode::{Mode, mode_flags};
use crate::cmd::path::normal;
use crate::cmd::switch::switch;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::tree::RelPath;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::collections::BTreeSet;
use std::path::Path;

/// How the result is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// For a person.
    Text,
    /// For programs.
    Json,
    /// For code scanning.
    Sarif,
    /// For a page.
    Markdown,
}

/// What was said.
pub(super) struct Options {
    /// Which rules, and what ends the run.
    pub(super) settings: Settings,
    /// The level that a flag says.
    pub(super) deny: Option<Deny>,
    /// How the result is printed.
    pub(super) form: Form,
    /// Whether what can be mended is mended.
    pub(super) fixes: bool,
    /// Whether that is written.
    pub(super) mode: Mode,
    /// Whether Nix is asked.
    pub(super) asks_nix: bool,
    /// The nixpkgs that it is asked with.
    pub(super) nixpkgs: Option<String>,
    /// The file whose text comes from standard input, as it was said.
    pub(super) stdin: Option<String>,
    /// The release to compare with.
    pub(super) release: Option<String>,
    /// The scaffold whose upstream is packaged.
    pub(super) scaffold: Option<String>,
}

/// The subcommand.
pub(in crate::cmd) fn command() -> Command {
    Command::new("check")
        .about("Looks for everything that is wrong with the repository, made by hand or not, and tells how to mend it; 4 if something is found")
        .arg(
            rules("select")
                .help("Look for these rules only, or for all of a severity; repeatable, or separated by commas"),
        )
        .arg(
            rules("ignore")
                .help("Do not look for these rules, or for any of a severity; repeatable, or separated by commas"),
        )
        .arg(
            Arg::new("deny")
                .long("deny")
                .value_name("LEVEL")
                .value_parser(Deny::NAMES)
                .help("End with 4 when something of this severity or a worse one is found; `medium` unless said otherwise"),
        )
        .arg(switch("fix", "Mend what can be mended, then tell what remains"))
        .args(mode_flags().map(|flag| flag.requires("fix")))
        .arg(switch(
            "with-nix",
            "Have Nix evaluate every package as well; nothing is built",
        ))
        .arg(
            Arg::new("nixpkgs")
                .long("nixpkgs")
                .value_name("PATH")
                .requires("with-nix")
                .help("Path of the nixpkgs to evaluate with; `<nixpkgs>` unless said otherwise"),
        )
        .arg(
            Arg::new("stdin-path")
                .long("stdin-path")
                .value_name("PATH")
                .conflicts_with_all(["fix", "with-nix"])
                .help("Look at one file only, whose text comes from standard input as if it stood at this path"),
        )
        .arg(
            Arg::new("release")
                .long("release")
                .value_name("RELEASE")
                .help("Release to compare with, whatever the repository says"),
        )
        .arg(
            Arg::new("scaffold")
                .long("scaffold")
                .value_name("SCAFFOLD")
                .help("Scaffold of the upstream that is packaged, built in or by its path"),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["text", "json", "sarif", "markdown"])
                .default_value("text")
                .help("How the result is printed"),
        )
}

fn rules(name: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name("RULE")
        .action(ArgAction::Append)
        .value_delimiter(',')
}

impl Options {
    /// The same with what the repository keeps in `[check]` where no flag says otherwise.
    pub(super) fn with(mut self, table: &CheckTable) -> Result<Self, Failure> {
        let settings = self.settings.over(table, self.deny);
        self.settings = settings.map_err(|problems| {
            let problems = problems.into_iter().map(Problem::new);
            Failure::all(Exit::Invalid, problems.collect())
                .hint("`floxwright list rules` lists them")
        })?;
        Ok(self)
    }

    /// The file whose text comes from standard input, from the top of the repository.
    pub(super) fn stdin_path(
        &self,
        root: &Path,
        context: &Context<'_>,
    ) -> Result<Option<RelPath>, Failure> {
        let Some(said) = &self.stdin else {
            return Ok(None);
        };
        let place = normal(&context.path(said));
        let inside = place.strip_prefix(root).ok().and_then(|path| path.to_str());
        let refused = |why: String| Failure::invalid(format!("`--stdin-path {said}`: {why}"));
        let inside = inside.ok_or_else(|| refused("it is not in the repository".to_owned()))?;
        let path: RelPath = inside
            .parse()
            .map_err(|error| refused(format!("{error}")))?;
        if !is_looked_at(&path) {
            context
                .ui
                .warn(&format!("`{path}` is none of the files that are looked at"));
        }
        Ok(Some(path))
    }

    /// Reads the flags.
    pub(super) fn from(matches: &ArgMatches) -> Result<Self, Failure> {
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        let mut problems = Vec::new();
        let mut named = |flag: &str| {
            let words = matches.get_many::<String>(flag).unwrap_or_default();
            let mut all = BTreeSet::new();
            for word in words {
                match Settings::named(word.trim()) {
                    Ok(rules) => all.extend(rules),
                    Err(message) => problems.push(Problem::new(format!("`--{flag}`: {message}"))),
                }
            }
            all
        };
        let (select, ignore) = (named("select"), named("ignore"));
        if !problems.is_empty() {
            return Err(
                Failure::all(Exit::Invalid, problems).hint("`floxwright list rules` lists them")
            );
        }
        let deny = text("deny").map(|level| level.parse::<Deny>());
        let deny = deny.transpose().map_err(Failure::invalid)?;
        Ok(Self {
            settings: Settings {
                select,
                ignore,
                deny: deny.unwrap_or_default(),
            },
            deny,
            form: match text("format").as_deref() {
                Some("json") => Form::Json,
                Some("sarif") => Form::Sarif,
                Some("markdown") => Form::Markdown,
                _ => Form::Text,
            },
            fixes: matches.get_flag("fix"),
            mode: Mode::from(matches),
            asks_nix: matches.get_flag("with-nix"),
            nixpkgs: text("nixpkgs"),
            stdin: text("stdin-path"),
            release: text("release"),
            scaffold: text("scaffold"),
        })
    }
}
