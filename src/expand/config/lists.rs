//! The text of a configuration, with what is wrong in it; lists of texts.

use crate::diagnostic::{Problem, Span};
use std::ops::Range;
use toml_edit::{Array, Document, Item, TableLike};

/// A configuration that is read.
pub(super) struct Source {
    origin: String,
    text: String,
    pub(super) problems: Vec<Problem>,
}

impl Source {
    pub(super) fn new(origin: &str, text: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            text: text.to_owned(),
            problems: Vec::new(),
        }
    }

    pub(super) fn wrong(&mut self, range: Range<usize>, message: impl Into<String>) {
        let problem = Problem::new(message).at(self.span(range));
        self.problems.push(problem);
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span {
            origin: self.origin.clone(),
            text: self.text.clone(),
            range,
        }
    }

    /// A problem at the place of `item`.
    pub(super) fn problem(&self, item: &Item, message: impl Into<String>) -> Problem {
        Problem::new(message).at(self.span(item.span().unwrap_or_default()))
    }

    /// The value of `key` is not `wanted`.
    pub(super) fn wrong_type(&mut self, key: &str, item: &Item, wanted: &str) {
        let problem = self.problem(item, format!("`{key}` has to be {wanted}"));
        self.problems.push(problem);
    }
}

/// Where an entry stands in a list of a configuration, `origin`: in `template`, or in a condition.
pub(in crate::expand) fn place_of(
    (origin, text): (&str, &str),
    list: &str,
    entry: &str,
) -> Option<Span> {
    let document = text.parse::<Document<String>>().ok()?;
    let top = document.as_item();
    let conditions = top.get("conditional").and_then(Item::as_table_like);
    let conditions = conditions.into_iter().flat_map(TableLike::iter);
    let tables = top.get("template").into_iter();
    let tables = tables.chain(conditions.map(|(_, condition)| condition));
    let lists = tables.filter_map(|table| table.get(list)?.as_array());
    let mut entries = lists.flat_map(Array::iter);
    let found = entries.find(|value| value.as_str() == Some(entry))?;
    Some(Span {
        origin: origin.to_owned(),
        text: text.to_owned(),
        range: found.span()?,
    })
}

/// The list of texts that `key` holds.
pub(super) fn texts(source: &mut Source, table: &dyn TableLike, key: &str) -> Option<Vec<String>> {
    let item = table.get(key)?;
    let array = item.as_array();
    let texts: Option<Vec<String>> = array.and_then(|array| {
        let texts = array.iter().map(|value| value.as_str().map(str::to_owned));
        texts.collect()
    });
    if texts.is_none() {
        source.wrong_type(key, item, "a list of texts");
    }
    texts
}
