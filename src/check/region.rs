//! Places as lines and columns, for those who do not count bytes.

use super::{Place, Repository};
use crate::diagnostic::Span;

/// A piece of a file in lines and columns, both from 1, the columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

/// The lines and columns of a place.
pub(super) fn region(place: &Place, repository: &Repository<'_>) -> Region {
    let text = repository.survey.text(place.path.as_str());
    let mut span = Span {
        origin: String::new(),
        text: text.unwrap_or_default(),
        range: place.range(),
    };
    let (line, column) = span.line_column();
    span.range = place.end..place.end;
    let (end_line, end_column) = span.line_column();
    Region {
        line,
        column,
        end_line,
        end_column,
    }
}
