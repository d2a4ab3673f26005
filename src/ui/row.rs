//! One row of the screen, as pieces of text with a tone.

use super::paint::{Paint, Tone};
use super::text::{fit, harmless, width, wrap};

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row(Vec<(Tone, String)>);

impl Row {
    /// A row with one piece.
    pub(super) fn of(tone: Tone, text: &str) -> Self {
        Self::default().and(tone, text)
    }

    /// A row with nothing on it.
    pub(super) fn empty() -> Self {
        Self::default()
    }

    /// The row with one more piece.
    pub(super) fn and(mut self, tone: Tone, text: &str) -> Self {
        self.0.push((tone, harmless(text).replace('\n', " ")));
        self
    }

    /// The row with another behind it.
    pub(super) fn joined(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The text in rows of so many columns, each indented.
    pub(super) fn wrapped(tone: Tone, text: &str, indent: usize, columns: usize) -> Vec<Self> {
        let space = " ".repeat(indent);
        wrap(&harmless(text), columns.saturating_sub(indent))
            .iter()
            .map(|line| Self::of(tone, &format!("{space}{line}")))
            .collect()
    }

    /// The columns that the row takes.
    pub(super) fn width(&self) -> usize {
        self.0.iter().map(|(_, text)| width(text)).sum()
    }

    /// The row cut to so many columns.
    pub(super) fn fitted(&self, columns: usize, paint: Paint) -> Self {
        let mut left = columns;
        let mut pieces = Vec::new();
        for (tone, text) in &self.0 {
            let text = fit(text, left, paint.more());
            left = left.saturating_sub(width(&text));
            pieces.push((*tone, text));
        }
        Self(pieces)
    }

    /// The row as the terminal gets it.
    pub(super) fn painted(&self, paint: Paint) -> String {
        self.0
            .iter()
            .map(|(tone, text)| paint.tone(*tone, text))
            .collect()
    }
}
