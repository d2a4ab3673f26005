//! What a package says of itself for people: `meta`.

use super::Said;
use super::scope::{WORK, path, range, settled, text};
use rnix::ast::{AttrSet, AttrpathValue, Entry, Expr, HasEntry};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a package says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Its attributes by name, with the text where one is plain.
    pub said: BTreeMap<String, Said<Option<String>>>,
    /// Whether there may be more: a part of it could not be read.
    pub is_open: bool,
    /// Functions in it, which cannot be told to other programs.
    pub functions: Vec<Range<usize>>,
    /// The set from brace to brace, where there is one.
    pub set: Option<Range<usize>>,
}

impl Meta {
    /// Whether it says something, or may say it.
    pub fn may_say(&self, name: &str) -> bool {
        self.is_open || self.said.contains_key(name)
    }
}

/// The `meta` of a set of attributes.
pub(super) fn meta(set: &AttrSet) -> Option<Meta> {
    let mut found: Option<Meta> = None;
    for entry in set.entries() {
        match entry {
            Entry::AttrpathValue(entry) => {
                let path = path(&entry).unwrap_or_default();
                match path.as_slice() {
                    [meta] if meta == "meta" => {
                        let meta = found.get_or_insert_default();
                        match entry.value() {
                            Some(value) => whole(value, &mut { WORK }, meta),
                            None => meta.is_open = true,
                        }
                    }
                    [meta, name, ..] if meta == "meta" => {
                        one(found.get_or_insert_default(), name.clone(), &entry);
                    }
                    _ => {}
                }
            }
            Entry::Inherit(inherit) => {
                let mut names = inherit.attrs().filter_map(|attr| super::scope::name(&attr));
                if names.any(|name| name == "meta") {
                    found.get_or_insert_default().is_open = true;
                }
            }
        }
    }
    found
}

/// Takes the whole set; a value that holds itself ends with the budget.
fn whole(value: Expr, budget: &mut usize, meta: &mut Meta) {
    let Some(rest) = budget.checked_sub(1) else {
        meta.is_open = true;
        return;
    };
    *budget = rest;
    match settled(value) {
        Expr::AttrSet(set) => {
            meta.set = Some(range(&set));
            for entry in set.entries() {
                match entry {
                    Entry::AttrpathValue(entry) => {
                        let first = path(&entry).and_then(|path| path.into_iter().next());
                        match first {
                            Some(name) => one(meta, name, &entry),
                            None => meta.is_open = true,
                        }
                    }
                    Entry::Inherit(inherit) => {
                        let names = inherit.attrs().filter_map(|attr| super::scope::name(&attr));
                        for name in names {
                            let said = Said::new(None, range(&inherit));
                            meta.said.insert(name, said);
                        }
                    }
                }
            }
        }
        Expr::With(with) => match with.body() {
            Some(body) => whole(body, budget, meta),
            None => meta.is_open = true,
        },
        _ => meta.is_open = true,
    }
}

/// Takes the functions that a value is, or holds: in a list, or in a set. What a function is handed to may make something else of it.
fn functions(value: Expr, budget: &mut usize, found: &mut Vec<Range<usize>>) {
    let Some(rest) = budget.checked_sub(1) else {
        return;
    };
    *budget = rest;
    match settled(value) {
        Expr::Lambda(lambda) => found.push(range(&lambda)),
        Expr::List(list) => list.items().for_each(|item| functions(item, budget, found)),
        Expr::AttrSet(set) => {
            let values = set.attrpath_values().filter_map(|entry| entry.value());
            values.for_each(|value| functions(value, budget, found));
        }
        _ => {}
    }
}

fn one(meta: &mut Meta, name: String, entry: &AttrpathValue) {
    let value = entry.value();
    if let Some(value) = value.clone() {
        functions(value, &mut { WORK }, &mut meta.functions);
    }
    let place = value.as_ref().map_or_else(|| range(entry), range);
    let said = value.and_then(text).map(|said| said.value);
    meta.said.insert(name, Said::new(said, place));
}
