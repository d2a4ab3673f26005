//! The review on the screen: a text that scrolls, and a menu below it that stays.

use super::frame::Frame;
use super::key::Key;
use super::page::key_row;
use super::paint::{Paint, Tone};
use super::review_body::{REPLIES, rows};
use super::row::Row;
use super::screen::Size;
use super::scroll::Scroll;
use super::widget::{Next, Widget};
use crate::ask::{Review, ReviewReply};

/// The review.
pub(super) struct ReviewScreen<'a> {
    review: &'a Review,
    scroll: Scroll,
    focus: usize,
}

impl<'a> ReviewScreen<'a> {
    /// Shows this review.
    pub(super) fn new(review: &'a Review) -> Self {
        Self {
            review,
            scroll: Scroll::default(),
            focus: 0,
        }
    }

    /// `[a apply]  d show the diff  …`
    fn menu(&self) -> Row {
        let mut row = Row::empty();
        for (number, (key, words, _)) in REPLIES.iter().enumerate() {
            row = if number == self.focus {
                row.and(Tone::Accent, &format!("[{key} {words}]"))
            } else {
                row.and(Tone::Plain, &format!(" {key} {words} "))
            };
        }
        row
    }
}

impl Widget for ReviewScreen<'_> {
    type Output = ReviewReply;

    fn frame(&self, size: Size, paint: Paint) -> Frame {
        let columns = size.columns - 1;
        let text = rows(self.review, columns);
        let heading = Row::of(Tone::Accent, "? ").and(Tone::Strong, "Is this right?");
        let mut frame = Frame {
            rows: vec![heading, Row::empty()],
            cursor: None,
        };
        let place = self.scroll.view(&text, size.rows - 1 - 5, &mut frame.rows);
        frame.rows.push(Row::of(Tone::Quiet, &place));
        frame.rows.push(self.menu());
        let scrolls = format!("{} scroll", paint.up_down());
        let menu = format!("{} or letter", paint.left_right());
        let keys = [
            "Enter takes it",
            "Esc back",
            "Ctrl-C leaves",
            &menu,
            &scrolls,
        ];
        frame.rows.push(key_row(&keys, columns, paint));
        frame
    }

    fn press(&mut self, key: Key) -> Next<ReviewReply> {
        let count = REPLIES.len();
        let wanted = match key {
            Key::Enter => REPLIES.get(self.focus).map(|(.., reply)| *reply),
            Key::Esc | Key::Char('<') => Some(ReviewReply::Back),
            Key::Char(c) => {
                let lower = c.to_ascii_lowercase();
                let found = REPLIES.iter().find(|(key, ..)| *key == lower);
                found.map(|(.., reply)| *reply)
            }
            _ => None,
        };
        if let Some(reply) = wanted {
            return Next::Done(reply);
        }
        match key {
            Key::Right | Key::Tab => self.focus = (self.focus + 1) % count,
            Key::Left => self.focus = (self.focus + count - 1) % count,
            key => self.scroll.press(key),
        }
        Next::Stay
    }
}
