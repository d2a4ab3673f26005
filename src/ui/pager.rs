//! A long text, page by page.

use super::frame::Frame;
use super::key::Key;
use super::page::key_row;
use super::paint::{Paint, Tone};
use super::row::Row;
use super::screen::Size;
use super::scroll::Scroll;
use super::text::{chop, harmless};
use super::widget::{Next, Widget};

/// The pager.
pub(super) struct Pager {
    text: String,
    scroll: Scroll,
}

impl Pager {
    /// Shows this text.
    pub(super) fn new(text: &str) -> Self {
        Self {
            text: harmless(text),
            scroll: Scroll::default(),
        }
    }
}

/// The tone of a line of a patch.
fn tone(line: &str) -> Tone {
    match line.as_bytes() {
        [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] | [b'd', b'i', b'f', b'f', b' ', ..] => {
            Tone::Strong
        }
        [b'+', ..] => Tone::Good,
        [b'-', ..] => Tone::Bad,
        [b'@', b'@', ..] => Tone::Accent,
        _ => Tone::Plain,
    }
}

impl Widget for Pager {
    type Output = ();

    fn frame(&self, size: Size, paint: Paint) -> Frame {
        let columns = size.columns - 1;
        let text: Vec<Row> = self
            .text
            .lines()
            .flat_map(|line| {
                let pieces = if line.is_empty() {
                    vec![String::new()]
                } else {
                    chop(line, columns)
                };
                let tone = tone(line);
                pieces.into_iter().map(move |piece| Row::of(tone, &piece))
            })
            .collect();
        let mut frame = Frame::default();
        let place = self.scroll.view(&text, size.rows - 1 - 2, &mut frame.rows);
        frame.rows.push(Row::of(Tone::Quiet, &place));
        let arrows = format!("{} scroll", paint.up_down());
        let keys = [
            "q leaves",
            arrows.as_str(),
            "Space next page",
            "Home and End",
        ];
        frame.rows.push(key_row(&keys, columns, paint));
        frame
    }

    fn press(&mut self, key: Key) -> Next<()> {
        match key {
            Key::Char('q' | 'Q' | '<') | Key::Esc => Next::Done(()),
            key => {
                self.scroll.press(key);
                Next::Stay
            }
        }
    }
}
