//! Why something is believed: the value, how sure it is, and where it stands.

use crate::ask::{Field, Value};
use crate::recipe::line;
use crate::tree::RelPath;
use std::fmt;

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub path: RelPath,
    /// The line, from 1.
    pub line: usize,
}

impl Place {
    /// The line of a file's text in which a byte is.
    pub(super) fn of(path: &RelPath, text: &str, byte: usize) -> Self {
        Self {
            path: path.clone(),
            line: line(text, byte),
        }
    }

    /// The first line of a file.
    pub(super) fn top(path: &RelPath) -> Self {
        Self {
            path: path.clone(),
            line: 1,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.path, self.line)
    }
}

/// How sure something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// It is written there.
    Certain,
    /// It follows from what is written there.
    Likely,
    /// It is the best that can be said.
    Guess,
}

impl Sure {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Guess => "guess",
        }
    }
}

/// An answer that the files give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inference {
    /// What it answers.
    pub field: Field,
    /// The answer.
    pub value: Value,
    /// How sure it is.
    pub sure: Sure,
    /// Why, as the end of a sentence.
    pub because: String,
    /// Where it stands; may be empty.
    pub places: Vec<Place>,
}

/// An answer that the files do not give, because they contradict each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// What is to be answered.
    pub field: Field,
    /// What they say, each with a place.
    pub candidates: Vec<(String, Place)>,
}
