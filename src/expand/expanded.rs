//! What came of a template.

use super::world::{Notice, Project};
use super::{Staged, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What the template decides about version control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vcs {
    /// No repository.
    None,
    /// A git repository.
    Git,
}

/// Where the value of a variable came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It was given; the text says where.
    Provided(String),
    /// The person was asked.
    Asked,
    /// The template's default.
    Default,
    /// A hook set it.
    Hook,
}

/// A variable that the template asks for, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// What it holds.
    pub value: Value,
    /// Where that came from.
    pub origin: Origin,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its text was rendered.
    Rendered,
    /// It was copied as it is, and why.
    Copied(String),
    /// It was taken away, and why.
    Removed(String),
}

/// One file of the template, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its path in the template.
    pub source: String,
    /// Its path in the project; `None` where it was taken away.
    pub path: Option<String>,
    /// What became of it.
    pub fate: Fate,
}

/// What came of a template.
#[derive(Clone, Debug)]
pub struct Expanded {
    /// The project's files.
    pub tree: Staged,
    /// What the project is called.
    pub project: Project,
    /// The directory of the source that was the template; empty for the top.
    pub template: String,
    /// What the template decides about version control; it beats what was ordered.
    pub vcs: Option<Vcs>,
    /// The placeholders, and what they hold.
    pub answers: BTreeMap<String, Answered>,
    /// All variables, as the files saw them.
    pub variables: liquid::Object,
    /// The conditions of the configuration that held.
    pub held: BTreeSet<String>,
    /// All that was told, in order.
    pub notices: Vec<Notice>,
    /// What became of the template's files, in the order of the work.
    pub files: Vec<Made>,
}
