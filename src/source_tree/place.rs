//! Where something stands in a source tree.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Problem, Span};

/// One text of a source tree.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path below the root of the tree.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// A place in a text of a source tree; cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    source: Arc<Source>,
    range: Range<usize>,
}

impl Place {
    /// The bytes `range` of a text; what lies outside of it counts as its end.
    pub fn new(source: &Arc<Source>, range: Range<usize>) -> Self {
        Self {
            source: Arc::clone(source),
            range,
        }
    }

    /// The beginning of a text.
    pub fn start(source: &Arc<Source>) -> Self {
        Self::new(source, 0..0)
    }

    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.span().line_column().0
    }

    /// The path of the file, below the root of the tree.
    pub fn path(&self) -> &str {
        &self.source.path
    }

    /// The text in which it is.
    pub(super) fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The text that stands there.
    pub fn text(&self) -> &str {
        self.source.text.get(self.range.clone()).unwrap_or_default()
    }

    /// The place as a diagnostic shows it.
    pub fn span(&self) -> Span {
        Span {
            origin: self.source.path.clone(),
            text: self.source.text.clone(),
            range: self.range.clone(),
        }
    }

    /// A problem at this place.
    pub(super) fn problem(&self, message: impl Into<String>) -> Problem {
        Problem::new(message).at(self.span())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.source.path, self.line())
    }
}

/// Short: the text would fill the screen.
impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
