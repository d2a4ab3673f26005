//! A graph as an SVG picture, drawn without any other program: boxes with the names of what comes from nixpkgs in them, frames
//! around packages that stand alike, lines, a title and a legend. For light and dark grounds.

mod card;
mod frame;
mod groups;
mod legend;
mod page;
mod style;
#[cfg(test)]
mod tests;
mod text;

use super::layout::{Bundle, Line, Size, layout};
use super::{Kind, Picture};
use card::Card;
use frame::Frame;
use std::collections::BTreeMap;

/// The styles of lines.
pub(super) const REQUIRED: usize = 0;
pub(super) const CONDITIONAL: usize = 1;
pub(super) const MEMBER: usize = 2;

/// What stands in one place of the picture.
enum Item {
    Card(Card),
    Frame(Frame),
}

impl Item {
    fn size(&self) -> Size {
        match self {
            Self::Card(card) => Size {
                width: card.width,
                height: card.height(),
                alone: false,
            },
            Self::Frame(frame) => Size {
                width: frame.width(),
                height: frame.height(),
                alone: true,
            },
        }
    }
}

/// The text of the picture.
pub fn svg(picture: &Picture) -> String {
    let groups = groups::groups(&picture.drawn);
    let mut item_of = BTreeMap::new();
    let mut items: Vec<Item> = Vec::new();
    for group in &groups {
        for name in group {
            item_of.insert(*name, items.len());
        }
        let cards = group.iter().filter_map(|name| Card::new(picture, name));
        let mut cards: Vec<Card> = cards.collect();
        match cards.len() {
            0 => {}
            1 => items.extend(cards.pop().map(Item::Card)),
            _ => items.push(Item::Frame(Frame::new(cards))),
        }
    }
    let edges = picture.drawn.edges.iter();
    let lines: Vec<Line> = edges
        .filter_map(|((from, to), edge)| {
            let of_environment = picture
                .drawn
                .nodes
                .get(from)
                .is_some_and(|node| node.kind == Kind::Environment);
            Some(Line {
                from: *item_of.get(from.as_str())?,
                to: *item_of.get(to.as_str())?,
                style: match (edge.only.is_empty(), of_environment) {
                    (false, _) => CONDITIONAL,
                    (true, true) => MEMBER,
                    (true, false) => REQUIRED,
                },
                bundle: if of_environment {
                    Bundle::From
                } else {
                    Bundle::To
                },
            })
        })
        .collect();
    let sizes: Vec<Size> = items.iter().map(Item::size).collect();
    page::page(picture, &items, &layout(&sizes, &lines))
}
