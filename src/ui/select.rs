//! One of several choices. Few choices are numbered, many can be found by typing.

use super::editor::Editor;
use super::frame::Frame;
use super::key::Key;
use super::list::{Item, List};
use super::page::{Body, Needs, Page};
use super::paint::{Paint, Tone};
use super::row::Row;
use super::screen::Size;
use super::widget::{Next, Widget};
use crate::ask::{Choice, Question, Value};

/// With at most so many choices, each has a digit.
const DIGITS: usize = 9;

/// Stands before what is searched for.
pub(super) const SEARCH: &str = "  Search: ";

/// The selection.
pub(super) struct Select {
    page: Page,
    choices: Vec<Choice>,
    search: Editor,
    focus: usize,
    /// Letters that answer at once: `y` and `n`.
    letters: bool,
}

impl Select {
    /// Asks for one of the choices.
    pub(super) fn new(question: &Question, choices: &[Choice], problem: Option<&str>) -> Self {
        let default = question.default.line();
        let focus = choices.iter().position(|choice| choice.value == default);
        Self {
            page: Page::new(question, problem),
            choices: choices.to_vec(),
            search: Editor::default(),
            focus: focus.unwrap_or_default(),
            letters: false,
        }
    }

    /// Asks for yes or no.
    pub(super) fn yes_no(question: &Question, problem: Option<&str>) -> Self {
        let choice = |value: &str| Choice {
            value: value.into(),
            label: value.into(),
            note: String::new(),
        };
        Self {
            letters: true,
            ..Self::new(question, &[choice("yes"), choice("no")], problem)
        }
    }

    fn is_numbered(&self) -> bool {
        self.choices.len() <= DIGITS
    }

    /// The choices that the search leaves, by their index.
    fn shown(&self) -> Vec<usize> {
        let search = self.search.text();
        let all = self.choices.iter().enumerate();
        all.filter(|(_, choice)| matches(choice, &search))
            .map(|(index, _)| index)
            .collect()
    }

    fn body(&self, columns: usize, rows: usize, paint: Paint) -> Body {
        let shown = self.shown();
        let items = shown
            .iter()
            .filter_map(|index| Some((index, self.choices.get(*index)?)));
        let items: Vec<Item<'_>> = items
            .map(|(index, choice)| Item {
                mark: if self.is_numbered() && !self.letters {
                    format!("{} ", index + 1)
                } else {
                    String::new()
                },
                marked: false,
                choice,
            })
            .collect();
        let mut body = Body::default();
        if !self.search.is_empty() {
            let (text, column) = self.search.view(columns.saturating_sub(12));
            let search = Row::of(Tone::Quiet, SEARCH).and(Tone::Plain, &text);
            body.rows.push(search);
            body.cursor = Some((0, SEARCH.len() + column));
        }
        let list = List {
            items,
            focus: self.focus,
        };
        let left = rows.saturating_sub(body.rows.len());
        body.rows.extend(list.rows(left, columns, paint));
        body
    }

    fn search(&mut self, key: Key) {
        if self.search.press(key) {
            self.focus = 0;
        }
    }

    fn letter(&self, key: Key) -> Option<Value> {
        match key {
            Key::Char('y' | 'Y') if self.letters => Some(Value::one("yes")),
            Key::Char('n' | 'N') if self.letters => Some(Value::one("no")),
            _ => None,
        }
    }

    fn chosen(&self) -> Next<Value> {
        let shown = self.shown();
        let index = shown.get(self.focus).copied();
        index
            .and_then(|index| self.choices.get(index))
            .map_or(Next::Stay, |choice| {
                Next::Done(Value::one(choice.value.clone()))
            })
    }
}

/// Whether every word of the search is in the choice, in whatever case.
pub(super) fn matches(choice: &Choice, search: &str) -> bool {
    let text = format!("{} {} {}", choice.value, choice.label, choice.note).to_lowercase();
    let search = search.to_lowercase();
    search.split_whitespace().all(|word| text.contains(word))
}

/// Where a key moves the focus in a list.
pub(super) fn moved(key: Key, focus: usize, length: usize) -> Option<usize> {
    const PAGE: usize = 8;
    let last = length.saturating_sub(1);
    match key {
        Key::Up if focus == 0 => Some(last),
        Key::Up => Some(focus - 1),
        Key::Down | Key::Tab if focus >= last => Some(0),
        Key::Down | Key::Tab => Some(focus + 1),
        Key::Home => Some(0),
        Key::End => Some(last),
        Key::PageUp => Some(focus.saturating_sub(PAGE)),
        Key::PageDown => Some((focus + PAGE).min(last)),
        _ => None,
    }
}

impl Widget for Select {
    type Output = Value;

    fn frame(&self, size: Size, paint: Paint) -> Frame {
        let arrows = format!("{} moves", paint.up_down());
        let back = if self.search.is_empty() {
            "Esc back"
        } else {
            "Esc ends the search"
        };
        let way = match (self.letters, self.is_numbered()) {
            (true, _) => "y or n",
            (false, true) => "digits jump",
            (false, false) => "type to find",
        };
        let keys = ["Enter takes it", back, "Ctrl-C leaves", way, &arrows];
        let needs = Needs {
            keys: &keys,
            rows: self.choices.len().clamp(2, 8),
        };
        self.page.frame(size, paint, &needs, |rows| {
            self.body(size.columns, rows, paint)
        })
    }

    fn press(&mut self, key: Key) -> Next<Value> {
        if let Some(value) = self.letter(key) {
            return Next::Done(value);
        }
        if let Some(focus) = moved(key, self.focus, self.shown().len()) {
            self.focus = focus;
            return Next::Stay;
        }
        match key {
            Key::Enter => return self.chosen(),
            Key::Esc | Key::Char('<') if self.search.is_empty() => return Next::Back,
            Key::Esc => {
                self.search = Editor::default();
                self.focus = 0;
            }
            Key::Char(c) if self.is_numbered() => {
                let number = c.to_digit(10).unwrap_or_default() as usize;
                if (1..=self.choices.len()).contains(&number) {
                    self.focus = number - 1;
                }
            }
            Key::Char(' ') if self.search.is_empty() => {}
            key => self.search(key),
        }
        Next::Stay
    }
}
