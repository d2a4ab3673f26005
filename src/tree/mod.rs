//! Files in memory: what a repository holds, by path. Uses nothing else of the crate and never touches a disk.

mod file;
mod fixture;
mod found;
mod git_name;
mod rel_path;

pub use file::{File, Mode};
pub use found::{Found, Kind};
pub use git_name::is_git_name;
pub use rel_path::{RelPath, RelPathError};

use std::collections::BTreeMap;

/// Files by path. Directories exist through their files alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree(BTreeMap<RelPath, File>);

impl Tree {
    /// A tree without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts `file` at `path`; returns what stood there before.
    pub fn insert(&mut self, path: RelPath, file: File) -> Option<File> {
        self.0.insert(path, file)
    }

    /// Takes the file at `path` away, and returns it.
    pub fn remove(&mut self, path: &RelPath) -> Option<File> {
        self.0.remove(path)
    }

    /// The file at `path`.
    pub fn get(&self, path: &RelPath) -> Option<&File> {
        self.0.get(path)
    }

    /// The UTF-8 text of the file at `path`; `None` where there is no file or no text.
    pub fn text(&self, path: &str) -> Option<&str> {
        let path: RelPath = path.parse().ok()?;
        std::str::from_utf8(&self.0.get(&path)?.bytes).ok()
    }

    /// Files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&RelPath, &File)> {
        self.0.iter()
    }

    /// The paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &RelPath> {
        self.0.keys()
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The part of the tree below the directory `prefix`, with paths relative to it.
    #[must_use]
    pub fn below(&self, prefix: &str) -> Self {
        let prefix = format!("{}/", prefix.trim_end_matches('/'));
        self.0
            .iter()
            .filter_map(|(path, file)| {
                let rest = path.as_str().strip_prefix(&prefix)?;
                Some((rest.parse().ok()?, file.clone()))
            })
            .collect()
    }
}

impl FromIterator<(RelPath, File)> for Tree {
    fn from_iter<I: IntoIterator<Item = (RelPath, File)>>(files: I) -> Self {
        Self(files.into_iter().collect())
    }
}

impl IntoIterator for Tree {
    type Item = (RelPath, File);
    type IntoIter = std::collections::btree_map::IntoIter<RelPath, File>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
