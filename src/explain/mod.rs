//! Why a package is as it is: what becomes of everything that it requires, and who requires it. Pure: a lock in, facts and
//! text out.

mod of_lock;
mod text;
mod wrapped;

pub use of_lock::{explain, names};
pub use text::text;

use crate::model::Decision;
use serde::Serialize;

/// All that there is to say about one package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Explained {
    /// Its name.
    pub name: String,
    /// Its version; empty where none is known.
    pub version: String,
    /// What it is.
    pub kind: Kind,
    /// Why it is there, in a few words; empty for a package of nixpkgs.
    pub because: String,
    /// One line about it; empty where nobody says any.
    pub description: String,
    /// Where its files come from, in a few words.
    pub origin: String,
    /// The Python versions that it supports; empty where it does not say.
    pub requires_python: String,
    /// SPDX identifier of its licence, where it is known.
    pub license: Option<String>,
    /// Its programs.
    pub programs: Vec<String>,
    /// What it requires, and what becomes of that.
    pub requires: Vec<Row>,
    /// The extras that it offers here, each with what it requires.
    pub extras: Vec<Extra>,
    /// Who requires it.
    pub required_by: Vec<Asker>,
    /// Faults that upstream did not declare.
    pub known: Vec<String>,
}

/// What a package is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// In every repository.
    Core,
    /// Connects the upstream with something else.
    Integration,
    /// A program beside the core.
    Tool,
    /// What others need.
    Support,
    /// A distribution that is packaged beside the others.
    ThirdParty,
    /// A package of nixpkgs.
    Nixpkgs,
}

impl Kind {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Integration => "integration",
            Self::Tool => "tool",
            Self::Support => "support",
            Self::ThirdParty => "packaged here from PyPI",
            Self::Nixpkgs => "from nixpkgs",
        }
    }
}

/// One requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// As the metadata says it.
    pub requirement: String,
    /// The required distribution, in the metadata's spelling, with the extras that are asked for.
    pub name: String,
    /// Its bounds; empty for any version.
    pub bound: String,
    /// The systems on which it holds; empty for all.
    pub systems: Vec<&'static str>,
    /// The version that the index has; empty where it knows none.
    pub index: String,
    /// What came of comparing.
    pub verdict: &'static str,
    /// What became of it.
    pub decision: Decision,
    /// The attribute that is taken; empty where none is.
    pub attribute: String,
    /// Why, where that is not plain from the rest.
    pub reason: String,
}

/// An extra that is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Extra {
    /// Its name.
    pub name: String,
    /// Whether the environment takes it.
    pub taken: bool,
    /// What it requires.
    pub requires: Vec<Row>,
}

/// Somebody who requires the package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asker {
    /// Who.
    pub name: String,
    /// The extra of the one who asks, where only that requires it.
    pub extra: Option<String>,
    /// What is required.
    #[serde(flatten)]
    pub row: Row,
}
