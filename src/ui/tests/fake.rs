//! A terminal that is a grid of cells, understands the few escape sequences that are used, and presses keys.

use crate::ui::key::Key;
use crate::ui::paint::Paint;
use crate::ui::screen::{Screen, Size};
use crate::ui::terminal::TerminalAsker;
use crate::ui::text::char_width;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

/// What a test looks at afterwards.
#[derive(Default)]
pub(super) struct Grid {
    size: (usize, usize),
    cells: Vec<Vec<String>>,
    at: (usize, usize),
    pub(super) cursor_hidden: bool,
    pub(super) raw: bool,
    keys: VecDeque<Key>,
    /// The screen at each wait for a key.
    pub(super) shots: Vec<String>,
    /// Everything that was written.
    pub(super) written: String,
}

impl Grid {
    /// The screen, its cursor as `█` where it is visible, without empty rows at the end.
    pub(super) fn picture(&self) -> String {
        let mut cells = self.cells.clone();
        if !self.cursor_hidden {
            let cell = &mut cells[self.at.0][self.at.1];
            *cell = if cell == " " {
                "█".into()
            } else {
                format!("█{cell}")
            };
        }
        let rows: Vec<String> = cells
            .iter()
            .map(|row| row.concat().trim_end().to_owned())
            .collect();
        rows.join("\n").trim_end().to_owned()
    }

    fn put(&mut self, c: char) {
        let (row, column) = self.at;
        let wide = char_width(c);
        if wide == 0 {
            self.cells[row][column - 1].push(c);
            return;
        }
        assert!(
            column + wide <= self.size.1,
            "the row breaks:\n{}",
            self.picture()
        );
        self.cells[row][column] = c.to_string();
        for cell in &mut self.cells[row][column + 1..column + wide] {
            cell.clear();
        }
        self.at.1 += wide;
    }

    fn line_feed(&mut self) {
        if self.at.0 + 1 < self.size.0 {
            self.at.0 += 1;
        } else {
            self.cells.remove(0);
            self.cells.push(vec![" ".into(); self.size.1]);
        }
    }

    fn sequence(&mut self, parameter: &str, last: char) {
        let count = parameter.parse().unwrap_or(1);
        let (row, column) = self.at;
        match last {
            'A' => self.at.0 = row.saturating_sub(count),
            'C' => self.at.1 = (column + count).min(self.size.1 - 1),
            'K' => self.cells[row][column..].fill(" ".into()),
            'J' => {
                self.cells[row][column..].fill(" ".into());
                self.cells[row + 1..]
                    .iter_mut()
                    .for_each(|row| row.fill(" ".into()));
            }
            'h' | 'l' if parameter == "?25" => self.cursor_hidden = last == 'l',
            'm' => {}
            _ => panic!("unknown sequence {parameter}{last}"),
        }
    }

    /// Shows what is written.
    pub(super) fn feed(&mut self, text: &str) {
        self.written.push_str(text);
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '\r' => self.at.1 = 0,
                '\n' => self.line_feed(),
                '\x1b' => {
                    assert_eq!(chars.next(), Some('['));
                    let mut parameter = String::new();
                    let last = loop {
                        match chars.next().unwrap() {
                            c if c.is_ascii_alphabetic() => break c,
                            c => parameter.push(c),
                        }
                    };
                    self.sequence(&parameter, last);
                }
                c => self.put(c),
            }
        }
    }
}

/// The fake as the widgets see it.
pub(super) struct Fake(Rc<RefCell<Grid>>);

impl Screen for Fake {
    fn read_key(&mut self) -> io::Result<Option<Key>> {
        let mut grid = self.0.borrow_mut();
        assert!(grid.raw, "keys are read while a question has the terminal");
        let shot = grid.picture();
        grid.shots.push(shot);
        Ok(grid.keys.pop_front())
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        self.0.borrow_mut().feed(text);
        Ok(())
    }

    fn size(&self) -> Size {
        let (rows, columns) = self.0.borrow().size;
        Size { rows, columns }
    }

    fn begin(&mut self) -> io::Result<()> {
        self.0.borrow_mut().raw = true;
        Ok(())
    }

    fn cursor(&mut self, _hidden: bool, _below: usize) {}

    fn end(&mut self) -> io::Result<()> {
        self.0.borrow_mut().raw = false;
        Ok(())
    }
}

/// An asker on a fake terminal of so many rows and columns, on which these keys will be pressed.
pub(super) fn asker(
    size: (usize, usize),
    keys: &[Key],
) -> (TerminalAsker<Fake>, Rc<RefCell<Grid>>) {
    asker_beside(size, keys, &Arc::default())
}

/// The same, beside somebody who prints, too.
pub(super) fn asker_beside(
    (rows, columns): (usize, usize),
    keys: &[Key],
    said: &Arc<AtomicUsize>,
) -> (TerminalAsker<Fake>, Rc<RefCell<Grid>>) {
    let grid = Rc::new(RefCell::new(Grid {
        size: (rows, columns),
        cells: vec![vec![" ".into(); columns]; rows],
        keys: keys.iter().copied().collect(),
        ..Grid::default()
    }));
    let paint = Paint {
        styled: true,
        utf8: true,
    };
    let asker = TerminalAsker::new(Fake(Rc::clone(&grid)), paint, Arc::clone(said));
    (asker, grid)
}

/// Characters as keys.
pub(super) fn typed(text: &str) -> Vec<Key> {
    text.chars().map(Key::Char).collect()
}
