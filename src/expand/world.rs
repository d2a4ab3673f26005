//! What expanding a template needs of the world: somebody to ask, commands, the time. Whoever starts an expansion implements it.

use super::hook_set::HookSet;
use super::{Staged, Value};
use crate::diagnostic::Failure;

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text; a [`Value::Text`].
    Line,
    /// Several lines, read to their end; a [`Value::Text`].
    Text,
    /// Text from the person's editor; a [`Value::Text`].
    Editor,
    /// Yes or no; a [`Value::Bool`].
    Bool,
    /// One of the choices; a [`Value::Text`] with its value.
    One(Vec<Choice>),
    /// Any number of the choices; a [`Value::List`] of their values.
    Many(Vec<Choice>),
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the variable holds.
    pub value: String,
    /// What the person reads; the value where the template says nothing else.
    pub label: String,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The variable, or what else is asked for: `project-name`, a placeholder's name, `Template`; empty for a hook's question.
    pub name: String,
    /// The question, as the template words it.
    pub prompt: String,
    /// How it is answered.
    pub kind: Kind,
    /// What Enter alone gives.
    pub default: Option<Value>,
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// There is nobody to ask. Expanding goes on as far as it can, to name all that is missing.
    Nobody,
    /// The person left, or the terminal failed.
    Stopped(Failure),
}

/// What the project is called, once it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// The name as it was given.
    pub given: String,
    /// The variable `project-name`.
    pub name: String,
    /// The variable `crate_name`.
    pub crate_name: String,
    /// The directory to be made in the destination; empty where the destination itself is the project.
    pub directory: String,
    /// Whether the project is made in the destination itself, by order or by the template.
    pub init: bool,
}

/// Where the project is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The directory of the project, absolute, as hooks see it.
    pub directory: String,
    /// Whether a `Cargo.toml` stands in it or above it.
    pub within_cargo_project: bool,
}

/// A command of a hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookCommand {
    /// The line for the shell.
    pub line: String,
    /// The directory that it runs in, relative to the source's top; empty for the top.
    pub directory: String,
    /// The whole source as it is now.
    pub staged: Staged,
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// The whole source after it.
    pub staged: Staged,
    /// The exit code; `None` where a signal ended it.
    pub code: Option<i32>,
    /// What it wrote to standard output.
    pub stdout: Vec<u8>,
    /// What it wrote to standard error.
    pub stderr: Vec<u8>,
}

/// Why nothing came of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRun {
    /// It failed, in words; the script learns of it.
    Failed(String),
    /// The run ends.
    Stopped(Failure),
}

/// What a run tells while it goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub weight: Weight,
    /// The sentence, lower case, without a full stop; as the hook worded it where a hook speaks.
    pub text: String,
}

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// What happens.
    Told,
    /// What a hook printed or returned.
    Printed,
    /// What the person ought to know.
    Warning,
}

/// What expanding a template needs of the world.
pub trait World {
    /// Puts a question. `problem` says why the previous reply to it was not taken.
    ///
    /// # Errors
    /// Nobody to ask, or a person who left.
    fn ask(&mut self, question: &Question, problem: Option<&str>) -> Result<Value, Unanswered>;

    /// The project's name is known: looks at its place. Called once, before placeholders are asked for.
    ///
    /// # Errors
    /// A place that cannot be used.
    fn place(&mut self, project: &Project) -> Result<Place, Failure>;

    /// Whether the template's code may run. Called before the first of it runs, and
    /// again for a script that was not among those of the first time.
    ///
    /// # Errors
    /// Code that may not run; [`HookSet::refusal`] says it.
    fn permit(&mut self, hooks: &HookSet) -> Result<(), Failure>;

    /// Whether a command may run. Not called with [`super::Switch::AllowCommands`].
    ///
    /// # Errors
    /// Nobody to ask, or a person who left.
    fn confirm(&mut self, line: &str) -> Result<bool, Unanswered>;

    /// Runs a command: the staged files are at [`super::Order::working_directory`] while it runs.
    ///
    /// # Errors
    /// A command that could not be started or brought to its end; the end of the run.
    fn run(&mut self, command: HookCommand) -> Result<Ran, NotRun>;

    /// Seconds since 1970, UTC.
    fn now(&mut self) -> i64;

    /// Shows a notice at once; all of them are in the result too.
    fn tell(&mut self, notice: &Notice);
}
