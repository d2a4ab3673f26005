//! One line of text with a cursor in it.

use super::key::Key;
use super::text::char_width;

/// The text and the place of the cursor, in characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Editor {
    text: Vec<char>,
    at: usize,
}

impl Editor {
    /// This text, with the cursor behind it.
    pub(super) fn new(text: &str) -> Self {
        let text: Vec<char> = text.chars().collect();
        Self {
            at: text.len(),
            text,
        }
    }

    /// The text.
    pub(super) fn text(&self) -> String {
        self.text.iter().collect()
    }

    /// Whether there is no text.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Does what the key says; false when the key says nothing here.
    pub(super) fn press(&mut self, key: Key) -> bool {
        match key {
            Key::Char(c) => {
                self.text.insert(self.at, c);
                self.at += 1;
            }
            Key::Left | Key::Ctrl('b') => self.at = self.before(),
            Key::Right | Key::Ctrl('f') => self.at = self.after(),
            Key::Home | Key::Ctrl('a') => self.at = 0,
            Key::End | Key::Ctrl('e') => self.at = self.text.len(),
            Key::Backspace => self.remove(self.before(), self.at),
            Key::Delete => self.remove(self.at, self.after()),
            Key::Ctrl('u') => self.remove(0, self.at),
            Key::Ctrl('k') => self.remove(self.at, self.text.len()),
            Key::Ctrl('w') => self.remove(self.word(), self.at),
            _ => return false,
        }
        true
    }

    /// The part around the cursor that fits in so many columns, and the cursor's column in it.
    pub(super) fn view(&self, columns: usize) -> (String, usize) {
        let mut start = 0;
        let mut cursor: usize = self.text.iter().take(self.at).map(|c| char_width(*c)).sum();
        while cursor >= columns.max(1) {
            cursor -= self.text.get(start).map_or(cursor, |c| char_width(*c));
            start += 1;
        }
        let mut shown = String::new();
        let mut used = 0;
        for c in self.text.iter().skip(start) {
            used += char_width(*c);
            if used > columns {
                break;
            }
            shown.push(*c);
        }
        (shown, cursor)
    }

    fn remove(&mut self, from: usize, to: usize) {
        self.text.drain(from..to);
        self.at = from;
    }

    /// One character to the left, with the marks that stand on it.
    fn before(&self) -> usize {
        let mut at = self.at.saturating_sub(1);
        while at > 0 && self.is_mark(at) {
            at -= 1;
        }
        at
    }

    /// One character to the right, with the marks that stand on it.
    fn after(&self) -> usize {
        let mut at = (self.at + 1).min(self.text.len());
        while self.is_mark(at) {
            at += 1;
        }
        at
    }

    fn is_mark(&self, at: usize) -> bool {
        self.text.get(at).is_some_and(|c| char_width(*c) == 0)
    }

    /// The beginning of the word to the left.
    fn word(&self) -> usize {
        let left = self.text.get(..self.at).unwrap_or_default();
        let word = |c: &char| !c.is_whitespace() && *c != ',';
        let end = left.iter().rposition(word).map_or(0, |last| last + 1);
        let start = left.get(..end).unwrap_or_default();
        start
            .iter()
            .rposition(|c| !word(c))
            .map_or(0, |gap| gap + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(keys: &[Key], expected: &str) {
        let mut editor = Editor::new("one two");
        for key in keys {
            editor.press(*key);
        }
        let mut text = editor.text.clone();
        text.insert(editor.at, '|');
        assert_eq!(text.iter().collect::<String>(), expected, "{keys:?}");
    }

    #[test]
    fn keys_edit_the_line() {
        use Key::*;
        check(&[], "one two|");
        check(&[Char('!')], "one two!|");
        check(&[Left, Left, Char('x')], "one tx|wo");
        check(&[Home, Delete, Right], "n|e two");
        check(&[Home, Backspace], "|one two");
        check(&[End, Delete, Backspace], "one tw|");
        check(&[Ctrl('w')], "one |");
        check(&[Ctrl('w'), Ctrl('w')], "|");
        check(&[Left, Ctrl('u')], "|o");
        check(&[Left, Ctrl('k')], "one tw|");
    }

    #[test]
    fn an_accent_goes_with_its_letter() {
        let mut editor = Editor::new("ae\u{301}");
        editor.press(Key::Backspace);
        assert_eq!(editor.text(), "a");
        let mut editor = Editor::new("e\u{301}a");
        editor.press(Key::Home);
        editor.press(Key::Delete);
        assert_eq!(editor.text(), "a");
    }

    #[test]
    fn the_view_follows_the_cursor_through_wide_text() {
        let mut editor = Editor::new("日本語日本語");
        assert_eq!(editor.view(7), ("日本語".into(), 6));
        editor.press(Key::Home);
        assert_eq!(editor.view(7), ("日本語".into(), 0));
    }
}
