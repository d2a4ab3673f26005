//! Questions as data, and the one interface through which they are put to somebody.

use super::{Field, Value};

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What a flag or an answers file would say.
    pub value: String,
    /// What the person reads.
    pub label: String,
    /// What choosing it means or costs, in one line; may be empty.
    pub note: String,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Text,
    /// One of the choices.
    One(Vec<Choice>),
    /// Any number of the choices, with a search.
    Many(Vec<Choice>),
    /// Any number of words, separated by commas; free text.
    Words,
    /// Yes or no; the value is `yes` or `no`.
    YesNo,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What is asked for.
    pub field: Field,
    /// The question itself, one line with a question mark.
    pub prompt: String,
    /// What a person needs to decide; a few short lines, shown below the question.
    pub help: String,
    /// How it is answered.
    pub kind: Kind,
    /// What Enter alone gives.
    pub default: Value,
    /// Which question of how many this is, from 1.
    pub step: (usize, usize),
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// An answer.
    Value(Value),
    /// To the question before (Esc or `<`).
    Back,
}

/// What is shown before anything is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The answers: label, value, and where the value came from.
    pub answers: Vec<(String, String, String)>,
    /// The files, one line each, marked `+`, `~` or `=`.
    pub tree: String,
    /// What else will happen: `git init`, a commit, a remote.
    pub actions: Vec<String>,
    /// What the person ought to know before going on.
    pub warnings: Vec<String>,
}

/// What the person says to a [`Review`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewReply {
    /// Write it.
    Apply,
    /// Show the content of the plan as a patch, then ask again.
    Diff,
    /// Back to the questions.
    Back,
    /// The rest of the questions.
    Customise,
    /// Leave without writing.
    Quit,
}

/// Why no answer came.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    /// Ctrl-C, Ctrl-D, a signal, or "quit" confirmed.
    #[error("interrupted")]
    Interrupted,
    /// The terminal failed.
    #[error("the terminal failed: {0}")]
    Terminal(String),
}

/// Somebody who can be asked.
pub trait Asker {
    /// Puts one question. `problem` says why the previous reply to it was not taken.
    fn ask(&mut self, question: &Question, problem: Option<&str>) -> Result<Reply, Stopped>;

    /// Shows the review and asks how to go on.
    fn review(&mut self, review: &Review) -> Result<ReviewReply, Stopped>;

    /// Shows a text that may be longer than the screen.
    fn show(&mut self, text: &str) -> Result<(), Stopped>;
}
