//! The flags of `adopt`: those of `new` that settle what is inferred, and its own.

use crate::ask::{Answers, Field, Shape};
use crate::cmd::json::format_flag;
use crate::cmd::mode::{Mode, mode_flags};
use crate::cmd::new::{flag, flags};
use crate::cmd::switch::switch;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::template::shell_word;
use crate::tree::RelPath;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::collections::BTreeSet;

/// Fields that `adopt` does not ask for: the repository is there already.
const NOT_HERE: [Field; 5] = [
    Field::Directory,
    Field::Lock,
    Field::GitName,
    Field::GitEmail,
    Field::Remote,
];

/// What a person says to take every file's made text.
const ALL: &str = "all";

/// The fields that can be settled.
pub(super) fn fields() -> Vec<Field> {
    let all = Field::ALL.iter().copied();
    all.filter(|field| !NOT_HERE.contains(field)).collect()
}

/// The subcommand.
pub(in crate::cmd) fn command() -> Command {
    let command = Command::new("adopt").about(
        "Takes over a repository that was made by hand: reads its Nix files, infers the rest, keeps what is yours",
    );
    fields()
        .into_iter()
        .fold(command, |command, field| command.arg(flag(field)))
        .arg(
            Arg::new("replace")
                .long("replace")
                .value_name("FILE")
                .action(ArgAction::Append)
                .help("Take the made text of a file even where something of yours cannot go along; repeatable, or `all`"),
        )
        .arg(switch("yes", "Ask nothing: take over as inferred").short('y'))
        .args(mode_flags())
        .arg(format_flag())
}

/// What was said.
pub(super) struct Options {
    pub(super) mode: Mode,
    pub(super) json: bool,
    pub(super) yes: bool,
    /// What the flags answer.
    pub(super) given: Answers,
    replace: Replace,
}

/// Which files' made texts are taken in any case.
enum Replace {
    These(BTreeSet<RelPath>),
    All,
}

impl Options {
    pub(super) fn from(matches: &ArgMatches) -> Result<Self, Failure> {
        let words = matches.get_many::<String>("replace");
        let words: Vec<&String> = words.into_iter().flatten().collect();
        let (mut replace, mut problems) = (BTreeSet::new(), Vec::new());
        for word in words.iter().filter(|word| word.as_str() != ALL) {
            match word.trim_start_matches("./").parse::<RelPath>() {
                Ok(path) => {
                    replace.insert(path);
                }
                Err(error) => problems.push(Problem::new(format!("`--replace`: {error}"))),
            }
        }
        if !problems.is_empty() {
            return Err(Failure::all(Exit::Invalid, problems));
        }
        Ok(Self {
            mode: Mode::from(matches),
            json: crate::cmd::json::is_asked(matches),
            yes: matches.get_flag("yes"),
            given: flags(matches),
            replace: if words.iter().any(|word| word.as_str() == ALL) {
                Replace::All
            } else {
                Replace::These(replace)
            },
        })
    }

    /// Whether the made text of a file is taken in any case.
    pub(super) fn replaces(&self, path: &RelPath) -> bool {
        match &self.replace {
            Replace::All => true,
            Replace::These(paths) => paths.contains(path),
        }
    }

    /// The files that are named.
    pub(super) fn named(&self) -> impl Iterator<Item = &RelPath> {
        let paths = match &self.replace {
            Replace::All => None,
            Replace::These(paths) => Some(paths),
        };
        paths.into_iter().flatten()
    }

    /// The command with every answer that was given, as a person would type it again.
    pub(super) fn command(&self, answers: &Answers) -> String {
        let mut words = vec![
            "floxwright".to_owned(),
            "adopt".to_owned(),
            "--yes".to_owned(),
        ];
        for (field, answer) in answers.iter() {
            let is_said = answer.origin > crate::ask::Origin::Detected;
            if !is_said || NOT_HERE.contains(&field) {
                continue;
            }
            match field.shape() {
                Shape::Text => {
                    words.extend([field.flag().to_owned(), shell_word(&answer.value.line())]);
                }
                Shape::List if answer.value.texts().is_empty() => {
                    words.extend([field.flag().to_owned(), "none".to_owned()]);
                }
                Shape::List => {
                    let texts = answer.value.texts().iter();
                    words
                        .extend(texts.flat_map(|text| [field.flag().to_owned(), shell_word(text)]));
                }
            }
        }
        let all = matches!(self.replace, Replace::All).then_some(ALL);
        for file in self.named().map(RelPath::as_str).chain(all) {
            words.extend(["--replace".to_owned(), shell_word(file)]);
        }
        words.join(" ")
    }
}
