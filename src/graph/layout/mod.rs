//! A layered layout, from left to right: boxes in columns, each left of all that it leads to, and lines that run between the
//! boxes and never across one. Whole numbers only, so that every machine draws the same.

mod layers;
mod order;
mod place;
mod slots;
#[cfg(test)]
mod tests;
mod wires;

pub(super) use wires::Wire;

/// A box to be placed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) width: i64,
    pub(super) height: i64,
    /// Whether it gets a column of its own: it is much larger than the others.
    pub(super) alone: bool,
}

/// A line to be drawn, between boxes by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    pub(super) from: usize,
    pub(super) to: usize,
    /// How it looks.
    pub(super) style: usize,
    /// With which others it runs together where it is long.
    pub(super) bundle: Bundle,
}

/// Which lines run together over columns that they only pass. They look the same and have one end in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bundle {
    /// Those that begin at one box.
    From,
    /// Those that end at one box.
    To,
}

impl Bundle {
    fn other(self) -> Self {
        match self {
            Self::From => Self::To,
            Self::To => Self::From,
        }
    }
}

/// Where a box stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rect {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) width: i64,
    pub(super) height: i64,
}

/// Where everything is. The left upper corner is at 0, 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// The boxes, in the order in which they were given.
    pub(super) boxes: Vec<Rect>,
    pub(super) wires: Vec<Wire>,
    pub(super) width: i64,
    pub(super) height: i64,
}

/// Places boxes and lines. A line of a circle runs backwards.
pub(super) fn layout(sizes: &[Size], lines: &[Line]) -> Layout {
    let lines = layers::without_circles(sizes.len(), lines);
    let layers = layers::layers(sizes, &lines);
    let mut slots = slots::slots(sizes, &lines, &layers);
    order::order(&mut slots);
    place::place(&mut slots);
    wires::draw(&slots, sizes)
}
