//! Sources: `fetchFromGitHub`, `fetchPypi` and their like.

use super::attribute::{Attribute, attributes};
use super::scope::{dotted, range, settled, text};
use super::{Said, scope};
use rnix::ast::{AttrSet, Expr, HasEntry};
use std::ops::Range;

/// What is said of a source's hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hash {
    /// A text, which may be a hash.
    Text(String),
    /// Nothing between the quotes.
    Empty,
    /// One that is known to be wrong, so that Nix tells the right one.
    Fake,
    /// It is computed.
    Computed,
}

/// A source that is fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// The function: `fetchFromGitHub`.
    pub function: String,
    /// What it is bound to.
    pub binding: Option<String>,
    /// `owner`
    pub owner: Option<Said<String>>,
    /// `repo`
    pub repo: Option<Said<String>>,
    /// `rev` or `tag`: a tag, a branch or a commit.
    pub revision: Option<Said<String>>,
    /// `url`
    pub url: Option<Said<String>>,
    /// `pname`
    pub pname: Option<Said<String>>,
    /// `version`
    pub version: Option<Said<String>>,
    /// `hash` or `sha256`.
    pub hash: Option<Said<Hash>>,
    /// Every attribute, in the order of the text.
    pub attributes: Vec<Attribute>,
    /// The function's name where it is called.
    pub name_range: Range<usize>,
    /// The whole call.
    pub range: Range<usize>,
}

impl Fetch {
    /// Whether the function fetches.
    pub(super) fn is_fetcher(function: &str) -> bool {
        function.starts_with("fetch")
    }

    /// Reads a call of a fetcher.
    pub(super) fn of(function: Said<String>, set: &AttrSet, call: Range<usize>) -> Self {
        let said = |names: &[&str]| {
            let value = names.iter().find_map(|name| attribute(set, name));
            value.and_then(text)
        };
        Self {
            function: function.value,
            name_range: function.range,
            attributes: attributes(set),
            binding: None,
            owner: said(&["owner"]),
            repo: said(&["repo"]),
            revision: said(&["tag", "rev"]).map(short),
            url: said(&["url"]),
            pname: said(&["pname"]),
            version: said(&["version"]),
            hash: ["hash", "sha256", "narHash"]
                .iter()
                .find_map(|name| attribute(set, name))
                .map(hash),
            range: call,
        }
    }

    /// Whether everything of the call is known to be a fixed file or tree.
    pub fn is_pinned(&self) -> bool {
        matches!(
            self.hash,
            Some(Said {
                value: Hash::Text(_),
                ..
            })
        )
    }
}

/// `refs/tags/1.0` means `1.0`.
fn short(said: Said<String>) -> Said<String> {
    let value = said.value.strip_prefix("refs/tags/").unwrap_or(&said.value);
    let value = value.strip_prefix("refs/heads/").unwrap_or(value);
    Said::new(value.to_owned(), said.range)
}

/// The value of a single name in a set; what is inherited is followed.
pub(super) fn attribute(set: &AttrSet, wanted: &str) -> Option<Expr> {
    set.entries().find_map(|entry| match entry {
        rnix::ast::Entry::AttrpathValue(entry) => {
            let path = scope::path(&entry)?;
            (path.len() == 1 && path.first()? == wanted)
                .then(|| entry.value())
                .flatten()
        }
        rnix::ast::Entry::Inherit(inherit) => scope::inherited(&inherit, wanted),
    })
}

fn hash(expression: Expr) -> Said<Hash> {
    let place = range(&expression);
    if let Some(said) = text(expression.clone()) {
        let body = said
            .value
            .trim_start_matches("sha256-")
            .trim_end_matches('=');
        let value = if said.value.is_empty() {
            Hash::Empty
        } else if body.chars().all(|c| c == 'A' || c == '0') {
            Hash::Fake
        } else {
            Hash::Text(said.value)
        };
        return Said::new(value, said.range);
    }
    let named = dotted(&settled(expression)).and_then(|mut parts| parts.pop());
    if named.is_some_and(|name| name.starts_with("fake")) {
        return Said::new(Hash::Fake, place);
    }
    Said::new(Hash::Computed, place)
}
