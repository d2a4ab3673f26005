//! A YAML text as its keys, each with the way to it and its place. Nothing is resolved: aliases and tags stay unread.

use saphyr_parser::{Event, Parser, Span};
use std::ops::Range;

/// Larger texts are not read.
const LARGEST: usize = 256 << 10;

/// One key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The keys on the way to it, itself last. What stands in a list has the key of the list.
    pub(super) path: Vec<String>,
    /// Where the key stands.
    pub(super) key: Range<usize>,
    /// Its value, where that is a plain one; an anchor before it belongs to its place.
    pub(super) value: Option<(String, Range<usize>)>,
}

impl Entry {
    /// Its own name.
    pub(super) fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }
}

/// What is open while a text is read.
enum Open {
    /// A list.
    List,
    /// A table, with the key whose value comes next.
    Table(Option<(String, Range<usize>)>),
}

/// The keys of a text, in its order; of a text that is no YAML those before the fault.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    let mut found = Vec::new();
    if text.len() > LARGEST {
        return found;
    }
    // The parser counts characters.
    let places: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let place = |span: &Span| {
        let at = |index: usize| places.get(index).copied().unwrap_or(text.len());
        let (start, end) = (at(span.start.index()), at(span.end.index()));
        let said = text.get(start..end).unwrap_or_default();
        start..start + said.trim_end().len()
    };
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { break };
        match event {
            Event::Scalar(value, ..) => match open.last_mut() {
                Some(Open::Table(key @ None)) => {
                    *key = Some((value.into_owned(), place(&span)));
                }
                _ => valued(
                    &mut open,
                    Some((value.into_owned(), place(&span))),
                    &mut found,
                ),
            },
            Event::Alias(_) => valued(&mut open, None, &mut found),
            Event::SequenceStart(..) => begin(&mut open, Open::List, &mut found),
            Event::MappingStart(..) => begin(&mut open, Open::Table(None), &mut found),
            Event::SequenceEnd | Event::MappingEnd => {
                open.pop();
                if let Some(Open::Table(key)) = open.last_mut() {
                    *key = None;
                }
            }
            _ => {}
        }
    }
    found
}

/// The key whose value comes, as an entry.
fn entry(open: &[Open]) -> Option<Entry> {
    let Some(Open::Table(Some((_, place)))) = open.last() else {
        return None;
    };
    let keys = open.iter().filter_map(|open| match open {
        Open::Table(Some((key, _))) => Some(key.clone()),
        _ => None,
    });
    Some(Entry {
        path: keys.collect(),
        key: place.clone(),
        value: None,
    })
}

fn valued(open: &mut [Open], value: Option<(String, Range<usize>)>, found: &mut Vec<Entry>) {
    if let Some(entry) = entry(open) {
        found.push(Entry { value, ..entry });
    }
    if let Some(Open::Table(key)) = open.last_mut() {
        *key = None;
    }
}

fn begin(open: &mut Vec<Open>, inner: Open, found: &mut Vec<Entry>) {
    found.extend(entry(open));
    // A key that is no text.
    if let Some(Open::Table(key @ None)) = open.last_mut() {
        *key = Some(("?".to_owned(), 0..0));
    }
    open.push(inner);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_with_their_way_and_place() {
        let text = "ä: 1\nb:\n  c: [x, { d: \"e\" }]\nf: &g ~\nh: *g\n";
        let told: Vec<(String, &str, Option<&str>)> = entries(text)
            .iter()
            .map(|entry| {
                let value = entry.value.as_ref();
                let value = value.map(|(_, place)| text.get(place.clone()).unwrap());
                (
                    entry.path.join("."),
                    text.get(entry.key.clone()).unwrap(),
                    value,
                )
            })
            .collect();
        let expected = [
            ("ä".to_owned(), "ä", Some("1")),
            ("b".to_owned(), "b", None),
            ("b.c".to_owned(), "c", None),
            ("b.c.d".to_owned(), "d", Some("\"e\"")),
            ("f".to_owned(), "f", Some("&g ~")),
            ("h".to_owned(), "h", None),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_is_no_yaml_ends_early() {
        assert_eq!(entries("a: 1\nb: [\n").len(), 2);
        assert!(entries(&"[".repeat(100_000)).is_empty());
        assert!(entries("").is_empty());
    }
}
