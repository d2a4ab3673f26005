//! One line of text, or words separated by commas. The default stands there in grey until something is typed: Enter
//! takes it, Tab makes it editable, Backspace takes it away, so that an empty answer can be given, too.

use super::editor::Editor;
use super::frame::Frame;
use super::key::Key;
use super::page::{Body, Needs, Page};
use super::paint::{Paint, Tone};
use super::row::Row;
use super::screen::Size;
use super::text::{fit, harmless};
use super::widget::{Next, Widget};
use crate::ask::{Question, Value};

/// What is made of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Makes {
    /// One text.
    Text,
    /// A list.
    Words,
}

/// The line input.
pub(super) struct Line {
    page: Page,
    makes: Makes,
    default: Value,
    /// Whether the default still stands for an empty line.
    stands: bool,
    editor: Editor,
}

impl Line {
    /// Asks for a line. `typed` is what was typed before, when that was not taken.
    pub(super) fn new(
        question: &Question,
        makes: Makes,
        problem: Option<&str>,
        typed: Option<&str>,
    ) -> Self {
        Self {
            page: Page::new(question, problem),
            makes,
            default: question.default.clone(),
            stands: typed.is_none() && !question.default.line().is_empty(),
            editor: Editor::new(typed.unwrap_or_default()),
        }
    }

    fn shows_default(&self) -> bool {
        self.stands && self.editor.is_empty()
    }

    fn value(&self) -> Value {
        let text = self.editor.text();
        match self.makes {
            _ if self.shows_default() => self.default.clone(),
            Makes::Text => Value::one(text.trim()),
            Makes::Words => Value::words(&text),
        }
    }

    fn body(&self, columns: usize, paint: Paint) -> Body {
        let start = format!("{} ", paint.pointer());
        let space = columns.saturating_sub(4);
        let row = Row::of(Tone::Accent, &start);
        let (row, column) = if self.shows_default() {
            let default = fit(&harmless(&self.default.line()), space, paint.more());
            (row.and(Tone::Quiet, &default), 0)
        } else {
            let (text, column) = self.editor.view(space);
            (row.and(Tone::Plain, &text), column)
        };
        Body {
            rows: vec![row],
            cursor: Some((0, column + 2)),
        }
    }

    fn keys(&self) -> &'static [&'static str] {
        match (self.shows_default(), self.makes) {
            (true, _) => &[
                "Enter takes it",
                "Esc back",
                "Ctrl-C leaves",
                "Tab edits",
                "Backspace empties",
            ],
            (false, Makes::Text) => &["Enter takes it", "Esc back", "Ctrl-C leaves"],
            (false, Makes::Words) => &[
                "Enter takes it",
                "Esc back",
                "Ctrl-C leaves",
                "commas between words",
            ],
        }
    }
}

impl Widget for Line {
    type Output = Value;

    fn frame(&self, size: Size, paint: Paint) -> Frame {
        let needs = Needs {
            keys: self.keys(),
            rows: 1,
        };
        self.page
            .frame(size, paint, &needs, |_| self.body(size.columns, paint))
    }

    fn press(&mut self, key: Key) -> Next<Value> {
        match key {
            Key::Esc => return Next::Back,
            Key::Enter if self.editor.text().trim() == "<" => return Next::Back,
            Key::Enter => return Next::Done(self.value()),
            Key::Tab | Key::Right | Key::End if self.shows_default() => {
                self.editor = Editor::new(&self.default.line());
            }
            Key::Backspace | Key::Delete | Key::Ctrl('u' | 'w' | 'k') if self.shows_default() => {
                self.stands = false;
            }
            key => {
                self.editor.press(key);
            }
        }
        Next::Stay
    }
}
