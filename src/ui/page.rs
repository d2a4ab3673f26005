//! The page around a widget: the question, its help, what was wrong with the last answer, and the keys.

use super::frame::Frame;
use super::paint::{Paint, Tone};
use super::row::Row;
use super::screen::Size;
use super::text::width;
use crate::ask::Question;

/// What every question shows besides its widget.
#[derive(Clone, Debug)]
pub(super) struct Page {
    prompt: String,
    help: String,
    problem: Option<String>,
    step: (usize, usize),
}

/// The widget's own part of the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Body {
    /// Its rows.
    pub(super) rows: Vec<Row>,
    /// The cursor in them: row and column.
    pub(super) cursor: Option<(usize, usize)>,
}

/// What the widget wants from its page.
pub(super) struct Needs<'a> {
    /// The keys that it listens to, the most important ones first.
    pub(super) keys: &'a [&'a str],
    /// The rows that it needs at least.
    pub(super) rows: usize,
}

impl Page {
    /// The page of a question.
    pub(super) fn new(question: &Question, problem: Option<&str>) -> Self {
        Self {
            prompt: question.prompt.clone(),
            help: question.help.clone(),
            problem: problem.map(str::to_owned),
            step: question.step,
        }
    }

    /// The page with a body that gets the rows which are left. When it is tight, the help gives way.
    pub(super) fn frame(
        &self,
        size: Size,
        paint: Paint,
        needs: &Needs<'_>,
        body: impl FnOnce(usize) -> Body,
    ) -> Frame {
        let columns = size.columns - 1;
        let mut rows = self.heading(columns);
        let problem = self.problem_rows(columns);
        let taken = rows.len() + problem.len() + 1;
        let left = (size.rows - 1).saturating_sub(taken);
        rows.extend(self.help_rows(left.saturating_sub(needs.rows), columns, paint));
        let left = (size.rows - 1).saturating_sub(rows.len() + problem.len() + 1);
        let body = body(left.max(1));
        let cursor = body.cursor.map(|(row, column)| (rows.len() + row, column));
        rows.extend(body.rows);
        rows.extend(problem);
        rows.push(key_row(needs.keys, columns, paint));
        Frame { rows, cursor }
    }

    /// `? (3/9) Which release?`, in as many rows as it takes.
    fn heading(&self, columns: usize) -> Vec<Row> {
        let (step, of) = self.step;
        let count = if of == 0 {
            String::new()
        } else {
            format!("({step}/{of}) ")
        };
        let indent = 2 + width(&count);
        let mut rows = Row::wrapped(Tone::Strong, &self.prompt, indent, columns);
        if let Some(first) = rows.first_mut() {
            let line = first.painted(Paint::default());
            *first = Row::of(Tone::Accent, "? ")
                .and(Tone::Quiet, &count)
                .and(Tone::Strong, line.trim_start());
        }
        rows
    }

    fn help_rows(&self, most: usize, columns: usize, paint: Paint) -> Vec<Row> {
        let mut rows = Row::wrapped(Tone::Quiet, &self.help, 2, columns);
        if rows.len() > most {
            rows.truncate(most);
            if let Some(last) = rows.last_mut() {
                *last = Row::of(Tone::Quiet, &format!("  {}", paint.more()));
            }
        }
        rows
    }

    fn problem_rows(&self, columns: usize) -> Vec<Row> {
        let Some(problem) = &self.problem else {
            return Vec::new();
        };
        let mut rows = Row::wrapped(Tone::Bad, &format!("! {problem}"), 2, columns);
        rows.truncate(4);
        rows
    }
}

/// The keys in one row, the most important ones first; what does not fit is left out.
pub(super) fn key_row(keys: &[&str], columns: usize, paint: Paint) -> Row {
    let mut line = String::from("  ");
    for (number, key) in keys.iter().enumerate() {
        let dot = if number > 0 { paint.dot() } else { "" };
        if width(&line) + width(dot) + width(key) > columns {
            break;
        }
        line.push_str(dot);
        line.push_str(key);
    }
    Row::of(Tone::Quiet, &line)
}

/// The part of a list of so many lines to show in so many rows, so that the focus is in it.
pub(super) fn window(focus: usize, length: usize, rows: usize) -> std::ops::Range<usize> {
    let start = focus
        .saturating_sub(rows / 2)
        .min(length.saturating_sub(rows));
    start..length.min(start + rows)
}

#[cfg(test)]
mod tests {
    use super::window;

    #[test]
    fn the_window_follows_the_focus() {
        for (focus, length, rows, shown) in [
            (0, 10, 4, 0..4),
            (5, 10, 4, 3..7),
            (9, 10, 4, 6..10),
            (1, 3, 9, 0..3),
            (0, 0, 4, 0..0),
        ] {
            assert_eq!(window(focus, length, rows), shown);
        }
    }
}
