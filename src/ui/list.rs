//! Choices below each other, in as many rows as there are: label, note, and a word about what is out of sight.

use super::page::window;
use super::paint::{Paint, Tone};
use super::row::Row;
use super::text::{fit, harmless, pad, width};
use crate::ask::Choice;

/// A note needs so many columns to be worth showing beside its label.
const NOTE: usize = 20;

/// No label column is wider.
const LABEL: usize = 34;

/// One line of the list.
pub(super) struct Item<'a> {
    /// What stands before the label: a number or a box.
    pub(super) mark: String,
    /// Whether it is one of the chosen ones.
    pub(super) marked: bool,
    /// The choice.
    pub(super) choice: &'a Choice,
}

/// The list.
pub(super) struct List<'a> {
    /// Its lines.
    pub(super) items: Vec<Item<'a>>,
    /// The line that Enter or Space is about.
    pub(super) focus: usize,
}

impl List<'_> {
    /// The rows, at most so many.
    pub(super) fn rows(&self, most: usize, columns: usize, paint: Paint) -> Vec<Row> {
        if self.items.is_empty() {
            return vec![Row::of(Tone::Warn, "  nothing matches")];
        }
        let columns = columns - 1;
        let label = self.label_width(columns);
        let note_space = columns.saturating_sub(self.mark_width() + 4 + label);
        let beside = note_space >= NOTE;
        let below = self.note_below(beside, note_space, columns, most);
        let most = most.saturating_sub(below.len()).max(1);
        let fits = self.items.len() <= most;
        let height = if fits {
            most
        } else {
            most.saturating_sub(1).max(1)
        };
        let range = window(self.focus, self.items.len(), height);
        let (from, to) = (range.start, range.end);
        let mut rows: Vec<Row> = range
            .filter_map(|index| {
                let item = self.items.get(index)?;
                let note = if beside { note_space } else { 0 };
                Some(item.row(index == self.focus, label, note, paint))
            })
            .collect();
        if !fits && most > 1 {
            let place = format!("  {}-{to} of {}", from + 1, self.items.len());
            rows.push(Row::of(Tone::Quiet, &place));
        }
        rows.extend(below);
        rows
    }

    fn mark_width(&self) -> usize {
        self.items
            .iter()
            .map(|item| width(&item.mark))
            .max()
            .unwrap_or_default()
    }

    fn label_width(&self, columns: usize) -> usize {
        let widest = self
            .items
            .iter()
            .map(|item| width(&item.choice.label))
            .max();
        let space = columns.saturating_sub(self.mark_width() + 2);
        widest.unwrap_or_default().min(LABEL).min(space)
    }

    /// The note of the line in focus, in full, where the line itself cannot hold it. Its rows do not come and go while
    /// the focus moves: there are as many as the longest note needs.
    fn note_below(&self, beside: bool, space: usize, columns: usize, most: usize) -> Vec<Row> {
        let note_rows = |item: &Item<'_>| {
            let note = harmless(&item.choice.note);
            if note.is_empty() || (beside && width(&note) <= space) {
                return Vec::new();
            }
            let mut rows = Row::wrapped(Tone::Quiet, &note, 6, columns);
            rows.truncate(3);
            rows
        };
        let height = self.items.iter().map(|item| note_rows(item).len()).max();
        let height = height.unwrap_or_default();
        if height == 0 || most < height + 4 {
            return Vec::new();
        }
        let mut rows = self
            .items
            .get(self.focus)
            .map(note_rows)
            .unwrap_or_default();
        rows.resize(height, Row::empty());
        rows
    }
}

impl Item<'_> {
    fn row(&self, focused: bool, label: usize, note: usize, paint: Paint) -> Row {
        let tone = match (focused, self.marked) {
            (true, _) => Tone::Accent,
            (false, true) => Tone::Good,
            (false, false) => Tone::Plain,
        };
        let pointer = if focused { paint.pointer() } else { " " };
        let text = fit(&harmless(&self.choice.label), label, paint.more());
        let row = Row::of(Tone::Accent, &format!("{pointer} ")).and(tone, &self.mark);
        if note == 0 || self.choice.note.is_empty() {
            return row.and(tone, &text);
        }
        let text = format!("{}  ", pad(&text, label));
        let note = fit(&harmless(&self.choice.note), note, paint.more());
        row.and(tone, &text).and(Tone::Quiet, &note)
    }
}
