//! What came of a text, or why nothing did.

use super::kept::Kept;
use super::tags;
use crate::diagnostic::Failure;
use std::ops::Range;

/// More is not told of one line.
const LONGEST: usize = 160;

/// A rendered text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::expand) struct Rendered {
    /// The text.
    pub(in crate::expand) text: String,
    /// Variables that nobody declared, in the order of the text.
    pub(in crate::expand) unknown: Vec<Unknown>,
}

impl Rendered {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            unknown: Vec::new(),
        }
    }
}

/// A variable that nobody declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::expand) struct Unknown {
    /// Its name.
    pub(in crate::expand) name: String,
    /// Where it is used, in the text before rendering.
    pub(in crate::expand) range: Range<usize>,
    /// Whether what names it stays as it is; a condition takes it for empty.
    pub(in crate::expand) stays: bool,
}

impl Unknown {
    /// The variable `name`, at the first tag that has the word.
    pub(super) fn named(name: &str, text: &str) -> Self {
        let tag = tags::all(text)
            .into_iter()
            .find(|tag| tags::variables(tag.inner(text)).contains(&name));
        Self {
            name: name.to_owned(),
            range: tag.map_or(0..0, |tag| tag.range),
            stays: false,
        }
    }
}

/// Why a text cannot be rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::expand) enum Trouble {
    /// Something is wrong with the text.
    Text {
        /// What.
        cause: String,
        /// Where, in the text before rendering.
        range: Option<Range<usize>>,
        /// What else is wrong, and where.
        more: Vec<(String, Range<usize>)>,
    },
    /// The run ends: code that may not run, a person who left.
    Stopped(Failure),
}

impl Trouble {
    pub(in crate::expand) fn plain(cause: String) -> Self {
        Self::Text {
            cause,
            range: None,
            more: Vec::new(),
        }
    }

    /// What Liquid says, without its drawing of the place.
    pub(super) fn of_liquid(error: &str, text: &str, kept: Option<&Kept>) -> Self {
        let lines = error.lines().map(str::trim);
        let said: Vec<&str> = lines
            .map(|line| {
                line.trim_start_matches("liquid:")
                    .trim()
                    .trim_start_matches("= ")
            })
            .filter(|line| {
                let drawn = line.starts_with("-->") || line.starts_with('|');
                let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
                let drawn = drawn || (numbered.len() < line.len() && numbered.starts_with(" |"));
                let listed = line.starts_with("available ");
                !(drawn || listed || line.is_empty() || *line == "with:")
            })
            .collect();
        let seen = kept.map_or(text, |kept| &kept.text);
        let start = place(error, seen).map(|at| kept.map_or(at, |kept| kept.original(at)));
        let range = start.map(|at| {
            let width = text[at..].chars().next().map_or(0, char::len_utf8);
            at..at + width
        });
        Self::Text {
            cause: said.into_iter().map(short).collect::<Vec<_>>().join(", "),
            range,
            more: Vec::new(),
        }
    }

    /// What is wrong, in words; nothing where the run ends.
    pub(super) fn cause(&self) -> &str {
        match self {
            Self::Text { cause, .. } => cause,
            Self::Stopped(_) => "",
        }
    }

    /// Several things that are wrong, each with its place; `None` where there is nothing.
    pub(super) fn several(wrong: Vec<(String, Range<usize>)>) -> Option<Self> {
        let mut wrong = wrong.into_iter();
        let (cause, range) = wrong.next()?;
        Some(Self::Text {
            cause,
            range: Some(range),
            more: wrong.collect(),
        })
    }

    pub(super) fn at(self, range: Range<usize>) -> Self {
        match self {
            Self::Text { cause, more, .. } => Self::Text {
                cause,
                range: Some(range),
                more,
            },
            Self::Stopped(_) => self,
        }
    }
}

/// A line of Liquid's, which may hold a whole text.
fn short(line: &str) -> String {
    if line.len() <= LONGEST {
        return line.to_owned();
    }
    let half = LONGEST / 2;
    let start = &line[..line.floor_char_boundary(half)];
    let end = &line[line.ceil_char_boundary(line.len() - half)..];
    format!("{start} … {end}")
}

/// The place that Liquid's parser draws, ` --> line:column`, in bytes.
fn place(error: &str, text: &str) -> Option<usize> {
    let (_, rest) = error.split_once("--> ")?;
    let (line, column) = rest.lines().next()?.trim().split_once(':')?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let before: usize = text
        .split_inclusive('\n')
        .take(line.checked_sub(1)?)
        .map(str::len)
        .sum();
    let rest = text.get(before..)?;
    let within = rest.char_indices().nth(column.checked_sub(1)?);
    Some(before + within.map_or(rest.len(), |(at, _)| at))
}
