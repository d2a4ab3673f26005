//! A frame around boxes that stand alike: the same require them, and they require the same. One line stands for all of theirs.

use super::card::{Card, pixels};
use super::text::{escaped, width};
use crate::graph::layout::Rect;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What lies around the boxes, and between them.
const AROUND: i64 = 16;
const BETWEEN: i64 = 12;

/// Height of the frame's own title, and of the name of a category.
const TITLE: i64 = 24;
const CATEGORY: i64 = 26;

/// Width to height of a frame, in hundredths, as far as its boxes allow.
const SHAPE: i64 = 70;

/// Boxes in a frame.
pub(super) struct Frame {
    title: String,
    cards: Vec<Card>,
    /// The boxes and the names of categories, from the frame's left upper corner.
    places: Vec<Rect>,
    headings: Vec<(String, i64, i64)>,
    column: i64,
    columns: usize,
    height: i64,
}

impl Frame {
    /// A frame around the boxes, by their categories.
    pub(super) fn new(mut cards: Vec<Card>) -> Self {
        cards.sort_by(|a, b| a.category.cmp(&b.category));
        let kind = cards.first().map_or("", |card| card.kind().plural());
        let title = format!("{kind}: {}", cards.len());
        let column = cards.iter().map(|card| card.width).max().unwrap_or(0);
        let mut frames = (1..=cards.len().min(12)).map(|columns| {
            let mut frame = Self {
                title: title.clone(),
                cards: Vec::new(),
                places: Vec::new(),
                headings: Vec::new(),
                column,
                columns,
                height: 0,
            };
            frame.arrange(&cards);
            frame
        });
        let first = frames.next();
        let off = |frame: &Self| (frame.width() * 100 - frame.height * SHAPE).abs();
        let best = frames.fold(first, |best, next| match best {
            Some(best) if off(&best) <= off(&next) => Some(best),
            _ => Some(next),
        });
        let mut frame = best.unwrap_or(Self {
            title,
            cards: Vec::new(),
            places: Vec::new(),
            headings: Vec::new(),
            column,
            columns: 1,
            height: 0,
        });
        frame.cards = cards;
        frame
    }

    pub(super) fn width(&self) -> i64 {
        let boxes = pixels(self.columns) * (self.column + BETWEEN) - BETWEEN;
        boxes.max(width(&self.title, 13)) + 2 * AROUND
    }

    pub(super) fn height(&self) -> i64 {
        self.height
    }

    /// Fills column after column; a category's name stays with its first box, and is said again where it goes on.
    fn arrange(&mut self, cards: &[Card]) {
        let mut sizes: BTreeMap<&(usize, String), i64> = BTreeMap::new();
        for card in cards {
            *sizes.entry(&card.category).or_default() += card.height() + BETWEEN;
        }
        let named = sizes.len() > 1;
        let heading = if named { CATEGORY } else { 0 };
        let headings = pixels(sizes.len() + self.columns - 1) * heading;
        let total: i64 = sizes.values().sum::<i64>() + headings;
        let target = total / pixels(self.columns);
        let top = AROUND + TITLE;
        let (mut column, mut y) = (0, 0);
        let mut last = None;
        for card in cards {
            let head = if last == Some(&card.category) {
                0
            } else {
                heading
            };
            let full = y > 0 && y + head + card.height() / 2 > target && column + 1 < self.columns;
            if full {
                column += 1;
                y = 0;
            }
            let x = AROUND + pixels(column) * (self.column + BETWEEN);
            if named && (y == 0 || head > 0) {
                let (_, words) = card.category.clone();
                self.headings.push((words, x, top + y + 16));
                y += heading;
            }
            last = Some(&card.category);
            self.places.push(Rect {
                x,
                y: top + y,
                width: self.column,
                height: card.height(),
            });
            y += card.height() + BETWEEN;
            self.height = self.height.max(top + y - BETWEEN + AROUND);
        }
    }

    /// Draws it with its left upper corner there.
    pub(super) fn draw(&self, (x, y): (i64, i64), out: &mut String) {
        let _ = writeln!(
            out,
            "<g><title>{}</title>\n<rect class=\"frame\" x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" rx=\"9\"/>",
            escaped(&self.title),
            self.width(),
            self.height
        );
        let _ = writeln!(
            out,
            "<text class=\"name\" x=\"{}\" y=\"{}\">{}</text>",
            x + AROUND,
            y + AROUND + 11,
            escaped(&self.title)
        );
        for (text, left, base) in &self.headings {
            let _ = writeln!(
                out,
                "<text class=\"category\" x=\"{}\" y=\"{}\">{}</text>",
                x + left,
                y + base,
                escaped(text)
            );
        }
        for (card, place) in self.cards.iter().zip(&self.places) {
            card.draw((x + place.x, y + place.y), place.width, out);
        }
        out.push_str("</g>\n");
    }

    /// Where its boxes stand when its left upper corner is there.
    #[cfg(test)]
    pub(super) fn boxes(&self, (x, y): (i64, i64)) -> Vec<Rect> {
        let places = self.places.iter();
        places
            .map(|place| Rect {
                x: place.x + x,
                y: place.y + y,
                ..*place
            })
            .collect()
    }
}
