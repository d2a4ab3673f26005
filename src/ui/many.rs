//! Any number of choices, with a search: what is typed narrows the list, Space chooses.

use super::editor::Editor;
use super::frame::Frame;
use super::key::Key;
use super::list::{Item, List};
use super::page::{Body, Needs, Page};
use super::paint::{Paint, Tone};
use super::row::Row;
use super::screen::Size;
use super::select::{SEARCH, matches, moved};
use super::widget::{Next, Widget};
use crate::ask::{Choice, Question, Value};

/// The multiple selection.
pub(super) struct Many {
    page: Page,
    choices: Vec<(Choice, Chosen)>,
    search: Editor,
    focus: usize,
}

/// Whether a choice is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    Yes,
    No,
}

impl Chosen {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl Many {
    /// Asks for some of the choices; those of the default are taken already.
    pub(super) fn new(question: &Question, choices: &[Choice], problem: Option<&str>) -> Self {
        let chosen = &question.default;
        let choices = with_unknown(choices, chosen);
        let taken = |choice: &Choice| Chosen::from(chosen.texts().contains(&choice.value));
        Self {
            page: Page::new(question, problem),
            choices: choices
                .into_iter()
                .map(|choice| (choice.clone(), taken(&choice)))
                .collect(),
            search: Editor::default(),
            focus: 0,
        }
    }

    /// The choices that the search leaves, by their index.
    fn shown(&self) -> Vec<usize> {
        let search = self.search.text();
        let all = self.choices.iter().enumerate();
        all.filter(|(_, (choice, _))| matches(choice, &search))
            .map(|(index, _)| index)
            .collect()
    }

    fn taken(&self) -> impl Iterator<Item = &Choice> {
        let taken = self.choices.iter();
        taken
            .filter(|(_, chosen)| *chosen == Chosen::Yes)
            .map(|(choice, _)| choice)
    }

    fn toggle_focused(&mut self) {
        let index = self.shown().get(self.focus).copied();
        if let Some((_, chosen)) = index.and_then(|index| self.choices.get_mut(index)) {
            *chosen = Chosen::from(*chosen == Chosen::No);
        }
    }

    /// Takes all that are shown, or none of them if all were taken.
    fn toggle_shown(&mut self) {
        let shown = self.shown();
        let is_taken = |index: &usize| {
            let choice = self.choices.get(*index);
            choice.is_some_and(|(_, chosen)| *chosen == Chosen::Yes)
        };
        let target = Chosen::from(!shown.iter().all(is_taken));
        for index in shown {
            if let Some((_, chosen)) = self.choices.get_mut(index) {
                *chosen = target;
            }
        }
    }

    fn body(&self, columns: usize, rows: usize, paint: Paint) -> Body {
        let shown = self.shown();
        let items = shown.iter().filter_map(|index| self.choices.get(*index));
        let items: Vec<Item<'_>> = items
            .map(|(choice, chosen)| Item {
                mark: if *chosen == Chosen::Yes {
                    "[x] "
                } else {
                    "[ ] "
                }
                .into(),
                marked: *chosen == Chosen::Yes,
                choice,
            })
            .collect();
        let (text, column) = self.search.view(columns.saturating_sub(28));
        let count = format!("{} chosen", self.taken().count());
        let search = Row::of(Tone::Quiet, SEARCH);
        let search = if self.search.is_empty() {
            search.and(Tone::Quiet, "(type to find)")
        } else {
            search.and(Tone::Plain, &text)
        };
        let gap = (columns - 1)
            .saturating_sub(search.width() + count.len() + 1)
            .min(20);
        let mut body = Body {
            rows: vec![
                search
                    .and(Tone::Plain, &" ".repeat(gap))
                    .and(Tone::Good, &count),
            ],
            cursor: Some((0, SEARCH.len() + column)),
        };
        let focus = self.focus;
        let list = List { items, focus };
        body.rows
            .extend(list.rows(rows.saturating_sub(1), columns, paint));
        body
    }
}

/// The choices, and before them what is chosen without being one of them: it must not get lost.
fn with_unknown(choices: &[Choice], chosen: &Value) -> Vec<Choice> {
    let is_known = |value: &String| choices.iter().any(|choice| choice.value == *value);
    let unknown = chosen
        .texts()
        .iter()
        .filter(|value| !is_known(value) && !value.is_empty());
    let unknown = unknown.map(|value| Choice {
        value: value.clone(),
        label: value.clone(),
        note: String::new(),
    });
    unknown.chain(choices.iter().cloned()).collect()
}

impl Widget for Many {
    type Output = Value;

    fn frame(&self, size: Size, paint: Paint) -> Frame {
        let (back, all) = if self.search.is_empty() {
            ("Esc back", "Ctrl-A all or none")
        } else {
            ("Esc ends the search", "Ctrl-A all found")
        };
        let keys = ["Space chooses", "Enter done", back, "Ctrl-C leaves", all];
        let needs = Needs {
            keys: &keys,
            rows: self.choices.len().clamp(3, 9) + 1,
        };
        self.page.frame(size, paint, &needs, |rows| {
            self.body(size.columns, rows, paint)
        })
    }

    fn press(&mut self, key: Key) -> Next<Value> {
        if let Some(focus) = moved(key, self.focus, self.shown().len()) {
            self.focus = focus;
            return Next::Stay;
        }
        match key {
            Key::Enter => {
                let values = self.taken().map(|choice| choice.value.clone());
                return Next::Done(Value::many(values));
            }
            Key::Esc | Key::Char('<') if self.search.is_empty() => return Next::Back,
            Key::Esc => {
                self.search = Editor::default();
                self.focus = 0;
            }
            Key::Char(' ') => self.toggle_focused(),
            Key::Ctrl('a') => self.toggle_shown(),
            key => {
                if self.search.press(key) {
                    self.focus = 0;
                }
            }
        }
        Next::Stay
    }
}
