//! What is to be made of a template: the name, the values, and how the run behaves.

use std::collections::{BTreeMap, BTreeSet};

/// Whose behaviour is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Bytes and permissions as cargo-generate 0.23.14 gives them.
    Compat,
    /// As cargo-generate, except where it loses or endangers data; what is doubtful is told.
    #[default]
    Careful,
    /// As [`Mode::Careful`], and a variable that nobody declared is an error.
    Strict,
}

/// Something that a run does or does not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Switch {
    /// The name is taken as it is, without a change of its case.
    Force,
    /// The project is made in the destination itself, not in a directory with its name.
    Init,
    /// Nothing is asked; defaults are taken.
    Silent,
    /// Files that cannot be rendered are copied, and told.
    ContinueOnError,
    /// Commands of hooks run without a question for each.
    AllowCommands,
    /// Every removed file is told.
    Verbose,
    /// Files that cannot be rendered are not told where the run goes on.
    Quiet,
}

/// What `crate_type` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CrateType {
    /// `bin`.
    #[default]
    Bin,
    /// `lib`.
    Lib,
}

impl CrateType {
    /// The value of the variable.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bin => "bin",
            Self::Lib => "lib",
        }
    }
}

/// A value that was given before anything is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Provided {
    /// The value. Placeholders take text, numbers, dates, booleans and lists of them; a table counts as absent.
    pub value: toml::Value,
    /// Where it came from, for messages: "`--define`", "`values.toml`".
    pub origin: String,
}

/// What is to be made of a template.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// Whose behaviour is wanted.
    pub mode: Mode,
    /// What the run does or does not do.
    pub switches: BTreeSet<Switch>,
    /// `--name`.
    pub name: Option<String>,
    /// The name from the environment, taken where neither a hook nor [`Order::name`] gives one.
    pub fallback_name: Option<String>,
    /// `--bin` or `--lib`.
    pub crate_type: CrateType,
    /// The directory of the source that is the template, as the person gave it.
    pub subfolder: Option<String>,
    /// Values by name, already merged by their precedence.
    pub values: BTreeMap<String, Provided>,
    /// The variable `authors`.
    pub authors: String,
    /// The variable `username`.
    pub username: String,
    /// The variable `os-arch`.
    pub os_arch: String,
    /// The absolute path that hooks see as the place of the source's top, without a slash at the end. Where commands of hooks
    /// run, it is this place.
    pub working_directory: String,
    /// The directory that the project is made in, as init hooks see it.
    pub destination: String,
}

impl Order {
    /// Whether the run does it.
    pub fn is(&self, switch: Switch) -> bool {
        self.switches.contains(&switch)
    }

    /// Whether cargo-generate's bytes are wanted.
    pub fn compat(&self) -> bool {
        self.mode == Mode::Compat
    }
}
