//! What was asked for, on the command line.

use crate::ask::{Origin, Value, split};
use crate::cmd::json::format_flag;
use crate::cmd::mode::mode_flags;
use crate::cmd::switch::switch;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::model::{Missing, PackageSpec};
use crate::python::{PyName, Version};
use crate::template::shell_word;
use clap::{Arg, ArgAction, ArgMatches, Command};

/// Whether something joins or goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Add,
    Remove,
}

impl Verb {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Remove => "remove",
        }
    }
}

/// What was asked for.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) verb: Verb,
    /// Packages, `all`, `category:NAME`: as they were given, each by itself.
    pub(super) words: Vec<String>,
    /// The packages among the words.
    pub(super) specs: Vec<PackageSpec>,
    pub(super) libraries: Vec<PyName>,
    /// A distribution and, where it joins, its version.
    pub(super) overrides: Vec<(PyName, Option<String>)>,
    pub(super) missing: Option<Missing>,
    /// Whether the packages were chosen in answer to a question.
    pub(super) is_asked: bool,
}

fn list(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(value)
        .action(ArgAction::Append)
        .help(help)
}

fn packages(help: &'static str) -> Arg {
    Arg::new("packages")
        .value_name("PKG")
        .action(ArgAction::Append)
        .num_args(0..)
        .help(help)
}

/// The subcommand `add`.
pub(in crate::cmd) fn add_command() -> Command {
    Command::new("add")
        .about("Adds packages to the repository, with what they need; asks which where nothing is said")
        .arg(packages("Packages to add; commas allowed, `PKG[EXTRA]`"))
        .arg(switch("all", "Every package that the release has"))
        .arg(list("category", "NAME", "Every package of a category; repeatable"))
        .arg(list("python", "LIB", "Python libraries that your own code imports, for the environment; repeatable, commas allowed"))
        .arg(list("override", "NAME==VERSION", "A Python dependency at another version than nixpkgs has; repeatable"))
        .arg(
            Arg::new("missing")
                .long("missing")
                .value_name("WHAT")
                .value_parser(Missing::ALL.iter().map(|choice| choice.name()).collect::<Vec<_>>())
                .help("What to do about a requirement that nixpkgs lacks, from now on: package it, or fail"),
        )
        .args(mode_flags())
        .arg(format_flag())
}

/// The subcommand `remove`.
pub(in crate::cmd) fn remove_command() -> Command {
    Command::new("remove")
        .about("Removes packages from the repository, with what only they needed")
        .arg(packages(
            "Packages to remove; commas allowed, `PKG[EXTRA]` removes the extra",
        ))
        .arg(list(
            "python",
            "LIB",
            "Python libraries that the environment no longer holds; repeatable, commas allowed",
        ))
        .arg(list(
            "override",
            "NAME",
            "A Python dependency that nixpkgs decides again; repeatable",
        ))
        .args(mode_flags())
        .arg(format_flag())
}

/// The single words of a flag or argument; commas separate as well.
fn words(matches: &ArgMatches, name: &str) -> Vec<String> {
    let given = matches.try_get_many::<String>(name).ok().flatten();
    given.map_or_else(Vec::new, |given| split(&Value::many(given.cloned())))
}

impl Wish {
    /// Reads the command line; all that is wrong is told together.
    pub(super) fn from(verb: Verb, matches: &ArgMatches) -> Result<Self, Failure> {
        let mut problems = Vec::new();
        let mut wish = Self {
            verb,
            words: words(matches, "packages"),
            specs: Vec::new(),
            libraries: Vec::new(),
            overrides: Vec::new(),
            missing: None,
            is_asked: false,
        };
        if verb == Verb::Add {
            let categories = words(matches, "category").into_iter();
            wish.words
                .extend(categories.map(|name| format!("category:{name}")));
            if matches.get_flag("all") {
                wish.words.push("all".to_owned());
            }
            let missing = matches.get_one::<String>("missing");
            wish.missing = missing.and_then(|given| given.parse().ok());
        }
        for word in wish
            .words
            .iter()
            .filter(|word| verb == Verb::Remove || !is_many(word))
        {
            match word.parse() {
                Ok(spec) => wish.specs.push(spec),
                Err(error) => problems.push(Problem::new(error.to_string())),
            }
        }
        for word in words(matches, "python") {
            match word.parse() {
                Ok(name) => wish.libraries.push(name),
                Err(error) => problems.push(Problem::new(format!("`--python`: {error}"))),
            }
        }
        for word in words(matches, "override") {
            match replaced(verb, &word) {
                Ok(one) => wish.overrides.push(one),
                Err(message) => problems.push(Problem::new(format!("`--override`: {message}"))),
            }
        }
        if problems.is_empty() {
            return Ok(wish);
        }
        Err(Failure::all(Exit::Invalid, problems))
    }

    /// Whether nothing was asked for.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
            && self.libraries.is_empty()
            && self.overrides.is_empty()
            && self.missing.is_none()
    }

    /// What has to be said where nobody can be asked.
    pub(super) fn missing(&self) -> Failure {
        let verb = self.verb.name();
        let also = match self.verb {
            Verb::Add => "`--all`, `--category NAME`, `--python LIB`, `--override NAME==VERSION`",
            Verb::Remove => "`--python LIB`, `--override NAME`",
        };
        Failure::new(
            Exit::NeedsInput,
            format!("nothing is said to {verb}: the argument `PKG`, or {also}"),
        )
        .hint("`floxwright list packages` names the packages")
    }

    /// The wish for a review: label, value, and where it came from.
    pub(super) fn told(&self) -> Vec<(String, String, String)> {
        let label = match self.verb {
            Verb::Add => "Add",
            Verb::Remove => "Remove",
        };
        let from = Origin::Asked.name().to_owned();
        vec![(label.to_owned(), self.words.join(", "), from)]
    }

    /// The command, as a person would type it again.
    pub(super) fn command(&self) -> String {
        let mut words = vec!["floxwright".to_owned(), self.verb.name().to_owned()];
        for word in &self.words {
            match (word.as_str(), word.strip_prefix("category:")) {
                ("all", _) if self.verb == Verb::Add => words.push("--all".to_owned()),
                (_, Some(name)) if self.verb == Verb::Add => {
                    words.extend(["--category".to_owned(), shell_word(name)]);
                }
                (word, _) => words.push(shell_word(word)),
            }
        }
        for library in &self.libraries {
            words.extend(["--python".to_owned(), library.to_string()]);
        }
        for (name, version) in &self.overrides {
            let version = version.as_ref().map(|version| format!("=={version}"));
            let word = format!("{name}{}", version.unwrap_or_default());
            words.extend(["--override".to_owned(), shell_word(&word)]);
        }
        if let Some(missing) = self.missing {
            words.extend(["--missing".to_owned(), missing.to_string()]);
        }
        words.join(" ")
    }
}

/// Whether a word stands for several packages.
pub(super) fn is_many(word: &str) -> bool {
    word == "all" || word.starts_with("category:")
}

fn replaced(verb: Verb, word: &str) -> Result<(PyName, Option<String>), String> {
    let name = |text: &str| {
        text.trim()
            .parse::<PyName>()
            .map_err(|error| error.to_string())
    };
    match (verb, word.split_once("==")) {
        (Verb::Remove, None) => Ok((name(word)?, None)),
        (Verb::Remove, Some((given, _))) => Ok((name(given)?, None)),
        (Verb::Add, None) => Err(format!(
            "`{}` names no version; write `NAME==VERSION`",
            word.escape_debug()
        )),
        (Verb::Add, Some((given, version))) => {
            let version = version.trim();
            let parsed = version.parse::<Version>();
            parsed.map_err(|_| format!("`{}` is not a version", version.escape_debug()))?;
            Ok((name(given)?, Some(version.to_owned())))
        }
    }
}
