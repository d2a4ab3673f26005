//! What a widget shows at one moment, and the drawing of it over what it showed before.

use super::paint::Paint;
use super::row::Row;
use super::screen::{Screen, Size};
use std::fmt::Write;
use std::io;

/// The rows of a widget, and where the cursor blinks: row and column. Without it the cursor is hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Frame {
    /// The rows.
    pub(super) rows: Vec<Row>,
    /// The cursor.
    pub(super) cursor: Option<(usize, usize)>,
}

/// Draws frames, each in the place of the one before.
pub(super) struct Painter<S> {
    screen: S,
    paint: Paint,
    /// The widths of the rows on the screen.
    drawn: Vec<usize>,
    /// The row and column in which the cursor stands, counted from the beginning of the frame.
    at: (usize, usize),
}

impl<S: Screen> Painter<S> {
    /// Draws on this screen.
    pub(super) fn new(screen: S, paint: Paint) -> Self {
        Self {
            screen,
            paint,
            drawn: Vec::new(),
            at: (0, 0),
        }
    }

    /// What the screen can show.
    pub(super) fn paint(&self) -> Paint {
        self.paint
    }

    /// The screen.
    pub(super) fn screen(&mut self) -> &mut S {
        &mut self.screen
    }

    /// How big the screen is now. A terminal that does not know its size, or says nonsense, gets something usable.
    pub(super) fn size(&self) -> Size {
        let size = self.screen.size();
        Size {
            rows: size.rows.max(6),
            columns: size.columns.max(20),
        }
    }

    /// Draws the frame.
    pub(super) fn draw(&mut self, frame: &Frame) -> io::Result<()> {
        let Size { rows, columns } = self.size();
        let mut out = String::from("\x1b[?25l");
        self.move_to_top(columns, &mut out);
        let shown: Vec<Row> = frame
            .rows
            .iter()
            .take(rows)
            .map(|row| row.fitted(columns - 1, self.paint))
            .collect();
        for (number, row) in shown.iter().enumerate() {
            let line_end = if number > 0 { "\r\n" } else { "" };
            write!(out, "{line_end}{}\x1b[K", row.painted(self.paint)).map_err(io::Error::other)?;
        }
        out.push_str("\x1b[J");
        self.drawn = shown.iter().map(Row::width).collect();
        let last = self.drawn.len().saturating_sub(1);
        self.at = (last, self.drawn.last().copied().unwrap_or_default());
        if let Some((row, column)) = frame.cursor.filter(|(row, _)| *row <= last) {
            move_up(last - row, &mut out);
            out.push('\r');
            if column > 0 {
                write!(out, "\x1b[{column}C").map_err(io::Error::other)?;
            }
            out.push_str("\x1b[?25h");
            self.at = (row, column);
        }
        // Noted before it happens: a signal in between then shows the cursor once too often, never too rarely.
        self.screen.cursor(true, last - self.at.0);
        self.screen.write(&out)
    }

    /// Takes the frame away, and with it so many lines above it, and leaves the line there, if there is one.
    pub(super) fn close(&mut self, above: usize, line: Option<&Row>) -> io::Result<()> {
        let Size { columns, .. } = self.size();
        let mut out = String::new();
        self.move_to_top(columns, &mut out);
        move_up(above, &mut out);
        out.push_str("\x1b[J");
        if let Some(line) = line {
            out.push_str(&line.fitted(columns - 1, self.paint).painted(self.paint));
            out.push_str("\r\n");
        }
        out.push_str("\x1b[?25h");
        self.drawn.clear();
        self.at = (0, 0);
        self.screen.write(&out)?;
        self.screen.cursor(false, 0);
        Ok(())
    }

    /// Leaves the frame as it is and goes to the line below it.
    pub(super) fn abandon(&mut self) -> io::Result<()> {
        let below = self.drawn.len().saturating_sub(self.at.0 + 1);
        let down = "\r\n".repeat(below + 1);
        self.drawn.clear();
        self.at = (0, 0);
        self.screen.write(&format!("{down}\x1b[?25h"))?;
        self.screen.cursor(false, 0);
        Ok(())
    }

    /// To the first column of the frame's first row. The terminal may have become narrower since, and have broken rows.
    fn move_to_top(&self, columns: usize, out: &mut String) {
        let above = self.drawn.iter().take(self.at.0);
        let broken: usize = above.map(|width| width.div_ceil(columns).max(1)).sum();
        out.push('\r');
        move_up(broken + self.at.1 / columns, out);
    }
}

fn move_up(rows: usize, out: &mut String) {
    if rows > 0 {
        out.push_str("\x1b[");
        out.push_str(&rows.to_string());
        out.push('A');
    }
}
