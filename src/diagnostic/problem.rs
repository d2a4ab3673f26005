//! One thing that is wrong.

use std::ops::Range;

/// A place in a text, with the text, so that the line can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What the text is called: a file name as the person gave it.
    pub origin: String,
    /// The whole text.
    pub text: String,
    /// The bytes that are meant, within the text.
    pub range: Range<usize>,
}

impl Span {
    /// Line and column of the beginning, both from 1, the column in characters.
    pub fn line_column(&self) -> (usize, usize) {
        let before = self.text.get(..self.range.start).unwrap_or(&self.text);
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .map_or(0, |last| last.chars().count())
            + 1;
        (line, column)
    }
}

/// One thing that is wrong: what, why, where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, in the person's words: lower case, no full stop, names in backticks.
    pub message: String,
    /// The cause underneath, if there is one.
    pub cause: Option<String>,
    /// Where it stands, if it stands in a file.
    pub span: Option<Span>,
}

impl Problem {
    /// A problem without a place.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            cause: None,
            span: None,
        }
    }

    /// The same problem at a place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }
}
