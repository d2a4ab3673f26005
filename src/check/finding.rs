//! What was found: where, why it matters here, and what mends it.

use super::Rule;
use crate::tree::RelPath;
use std::collections::BTreeMap;
use std::ops::Range;

/// A piece of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub path: RelPath,
    /// The bytes of its text, with plain line ends. Both are 0 where the file as a whole is meant.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

impl Place {
    /// A piece of a file.
    pub fn new(path: &RelPath, range: &Range<usize>) -> Self {
        Self {
            path: path.clone(),
            start: range.start,
            end: range.end,
        }
    }

    /// A file as a whole.
    pub fn file(path: &RelPath) -> Self {
        Self::new(path, &(0..0))
    }

    /// Its bytes.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Something to know besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// One sentence.
    pub text: String,
    /// Where it is to be seen.
    pub place: Option<Place>,
}

/// A piece of a file that becomes another text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What goes.
    pub place: Place,
    /// What comes.
    pub text: String,
}

/// Edits by the files that they change, in the order in which they are given.
pub(super) fn by_file<'a>(
    edits: impl IntoIterator<Item = &'a Edit>,
) -> BTreeMap<&'a RelPath, Vec<&'a Edit>> {
    let mut files: BTreeMap<&RelPath, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        files.entry(&edit.place.path).or_default().push(edit);
    }
    files
}

/// Edits that mend a finding, and bring no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is done.
    pub title: String,
    /// The edits; they do not overlap.
    pub edits: Vec<Edit>,
}

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// What is wrong, in one sentence: lower case, no full stop, names in backticks.
    pub message: String,
    /// Where it stands.
    pub place: Option<Place>,
    /// What to know besides.
    pub notes: Vec<Note>,
    /// What to do.
    pub help: Option<String>,
    /// What mends it, where that is safe.
    pub fix: Option<Fix>,
}

impl Finding {
    /// The same at a place.
    pub(super) fn at(mut self, path: &RelPath, range: &Range<usize>) -> Self {
        self.place = Some(Place::new(path, range));
        self
    }

    /// The same about a file as a whole.
    pub(super) fn of(mut self, path: &RelPath) -> Self {
        self.place = Some(Place::file(path));
        self
    }

    /// The same with one more thing to know.
    pub(super) fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(Note {
            text: text.into(),
            place: None,
        });
        self
    }

    /// The same with one more thing to know, and where it is to be seen.
    pub(super) fn note_at(mut self, text: impl Into<String>, place: Place) -> Self {
        self.notes.push(Note {
            text: text.into(),
            place: Some(place),
        });
        self
    }

    /// The same with what to do.
    pub(super) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// The same with one edit that mends it.
    pub(super) fn mended(
        self,
        title: impl Into<String>,
        place: Place,
        text: impl Into<String>,
    ) -> Self {
        let edit = Edit {
            place,
            text: text.into(),
        };
        self.mended_by(title, vec![edit])
    }

    /// The same with the edits that mend it.
    pub(super) fn mended_by(mut self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix {
            title: title.into(),
            edits,
        });
        self
    }
}
