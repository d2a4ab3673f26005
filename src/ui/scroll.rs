//! A long text in a window of some rows.

use super::key::Key;
use super::row::Row;
use std::cell::Cell;

/// How far the text is scrolled. How far it can be is only known when it is shown, so that is noted then.
#[derive(Clone, Debug, Default)]
pub(super) struct Scroll {
    top: usize,
    last_top: Cell<usize>,
    height: Cell<usize>,
}

impl Scroll {
    /// Adds the rows in the window to `frame`, and says which they are, where not all are shown.
    pub(super) fn view(&self, text: &[Row], height: usize, frame: &mut Vec<Row>) -> String {
        let height = height.max(1);
        self.height.set(height);
        self.last_top.set(text.len().saturating_sub(height));
        let top = self.top.min(self.last_top.get());
        frame.extend(text.iter().skip(top).take(height).cloned());
        if text.len() <= height {
            return String::new();
        }
        format!("  lines {}-{} of {}", top + 1, top + height, text.len())
    }

    /// Scrolls, if the key says so.
    pub(super) fn press(&mut self, key: Key) {
        let top = self.top.min(self.last_top.get());
        let page = self.height.get().saturating_sub(1).max(1);
        let top = match key {
            Key::Up => top.saturating_sub(1),
            Key::Down => top + 1,
            Key::PageUp => top.saturating_sub(page),
            Key::PageDown | Key::Char(' ') => top + page,
            Key::Home => 0,
            Key::End => usize::MAX,
            _ => top,
        };
        self.top = top.min(self.last_top.get());
    }
}
