//! A template or a project in memory: files with their bytes and full permissions, directories (empty ones too), and what was left out.

use crate::tree::Tree;
use std::collections::BTreeMap;

/// What stands at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A directory.
    Directory,
    /// A regular file.
    File(StagedFile),
    /// A symbolic link, with its target as it is written.
    Link(String),
}

/// A regular file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedFile {
    /// The content.
    pub bytes: Vec<u8>,
    /// The permission bits, `0o644` say; the kind of the file is not among them.
    pub mode: u32,
}

/// Something of the source that is not among the files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// Where it stood.
    pub path: String,
    /// What it was: a link with its target, say.
    pub why: String,
}

/// Files and directories by path. Paths are relative and `/`-separated, without empty, `.` or `..` components.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staged {
    entries: BTreeMap<String, Entry>,
    left_out: Vec<LeftOut>,
}

/// Why something cannot stand at a path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` cannot be made: {why}", path.escape_debug())]
pub struct PathFault {
    /// The path.
    pub path: String,
    /// The rule that it breaks.
    pub why: &'static str,
}

impl Staged {
    /// Nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The files of a tree.
    ///
    /// # Errors
    /// A file below a file.
    pub fn of_tree(tree: &Tree) -> Result<Self, PathFault> {
        let mut staged = Self::new();
        for (path, file) in tree.iter() {
            let (bytes, mode) = (file.bytes.clone(), file.mode.bits());
            staged.insert_file(path.as_str(), StagedFile { bytes, mode })?;
        }
        Ok(staged)
    }

    /// Puts a file at `path`, with the directories above it; what stood there as a file is replaced.
    ///
    /// # Errors
    /// A path that leads out, a directory at `path`, a file where a directory above it has to be.
    pub fn insert_file(&mut self, path: &str, file: StagedFile) -> Result<(), PathFault> {
        self.insert_above(path)?;
        if self.entries.get(path) == Some(&Entry::Directory) {
            return Err(fault(path, "a directory stands there"));
        }
        self.entries.insert(path.to_owned(), Entry::File(file));
        Ok(())
    }

    /// Puts a link at `path`, with the directories above it; what stood there as a file or link is replaced.
    ///
    /// # Errors
    /// As for [`Staged::insert_file`].
    pub fn insert_link(&mut self, path: &str, target: impl Into<String>) -> Result<(), PathFault> {
        self.insert_above(path)?;
        if self.entries.get(path) == Some(&Entry::Directory) {
            return Err(fault(path, "a directory stands there"));
        }
        self.entries
            .insert(path.to_owned(), Entry::Link(target.into()));
        Ok(())
    }

    /// Makes a directory, with those above it; one that is there already stays as it is.
    ///
    /// # Errors
    /// A path that leads out, a file at `path` or where a directory above it has to be.
    pub fn insert_directory(&mut self, path: &str) -> Result<(), PathFault> {
        self.insert_above(path)?;
        match self.entries.get(path) {
            Some(Entry::File(_)) => return Err(fault(path, "a file stands there")),
            Some(Entry::Link(_)) => return Err(fault(path, "a link stands there")),
            Some(Entry::Directory) => {}
            None => {
                self.entries.insert(path.to_owned(), Entry::Directory);
            }
        }
        Ok(())
    }

    fn insert_above(&mut self, path: &str) -> Result<(), PathFault> {
        if let Some(why) = path_fault(path) {
            return Err(fault(path, why));
        }
        for (at, _) in path.match_indices('/') {
            match self.entries.get(&path[..at]) {
                Some(Entry::Directory) => {}
                Some(Entry::File(_)) => return Err(fault(path, "a file stands above it")),
                Some(Entry::Link(_)) => return Err(fault(path, "a link stands above it")),
                None => {
                    self.entries.insert(path[..at].to_owned(), Entry::Directory);
                }
            }
        }
        Ok(())
    }

    /// Notes something that was left out.
    pub fn leave_out(&mut self, path: impl Into<String>, why: impl Into<String>) {
        self.left_out.push(LeftOut {
            path: path.into(),
            why: why.into(),
        });
    }

    /// What was left out, in the order in which it was noted.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// What stands at `path`.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    /// The file at `path`.
    pub fn file(&self, path: &str) -> Option<&StagedFile> {
        match self.entries.get(path) {
            Some(Entry::File(file)) => Some(file),
            _ => None,
        }
    }

    /// The UTF-8 text of the file at `path`.
    pub fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(&self.file(path)?.bytes).ok()
    }

    /// Whether a directory stands at `path`; the empty path is the top and always one.
    pub fn is_directory(&self, path: &str) -> bool {
        path.is_empty() || self.entries.get(path) == Some(&Entry::Directory)
    }

    /// Files and directories, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries
            .iter()
            .map(|(path, entry)| (path.as_str(), entry))
    }

    /// The files, sorted by path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &StagedFile)> {
        self.iter().filter_map(|(path, entry)| match entry {
            Entry::File(file) => Some((path, file)),
            Entry::Directory | Entry::Link(_) => None,
        })
    }

    /// The links with their targets, sorted by path.
    pub fn links(&self) -> impl Iterator<Item = (&str, &str)> {
        self.iter().filter_map(|(path, entry)| match entry {
            Entry::Link(target) => Some((path, target.as_str())),
            Entry::Directory | Entry::File(_) => None,
        })
    }

    /// Takes away what stands at `path`, a directory with all that is in it. Gives what stood there.
    pub fn remove(&mut self, path: &str) -> Option<Entry> {
        let taken = self.entries.remove(path)?;
        if taken == Entry::Directory {
            for inner in self.inside(path) {
                self.entries.remove(&inner);
            }
        }
        Some(taken)
    }

    /// The paths of all that is in the directory `path`, at any depth, sorted.
    pub fn inside(&self, path: &str) -> Vec<String> {
        let prefix = prefix(path);
        self.entries
            .range(prefix.clone()..)
            .map(|(inner, _)| inner)
            .take_while(|inner| inner.starts_with(&prefix))
            .cloned()
            .collect()
    }

    /// The names of what is in the directory `path` itself, sorted.
    pub fn names(&self, path: &str) -> Vec<String> {
        let prefix = prefix(path);
        self.entries
            .range(prefix.clone()..)
            .map_while(|(inner, _)| inner.strip_prefix(&prefix))
            .filter(|rest| !rest.is_empty() && !rest.contains('/'))
            .map(str::to_owned)
            .collect()
    }

    /// Takes the directory `path` out, with paths relative to it; the rest stays. The empty path takes all.
    #[must_use]
    pub fn take(&mut self, path: &str) -> Self {
        if path.is_empty() {
            return Self {
                entries: std::mem::take(&mut self.entries),
                left_out: Vec::new(),
            };
        }
        let prefix = prefix(path);
        let inside = self.inside(path);
        let entries = inside.into_iter().filter_map(|inner| {
            let entry = self.entries.remove(&inner)?;
            Some((inner[prefix.len()..].to_owned(), entry))
        });
        Self {
            entries: entries.collect(),
            left_out: Vec::new(),
        }
    }

    /// Puts `other` into the directory `path`, which is made; the counterpart of [`Staged::take`].
    ///
    /// # Errors
    /// What [`Staged::insert_directory`] refuses.
    pub fn put(&mut self, path: &str, other: Self) -> Result<(), PathFault> {
        if !path.is_empty() {
            self.insert_directory(path)?;
        }
        let prefix = prefix(path);
        let entries = other.entries.into_iter();
        self.entries
            .extend(entries.map(|(inner, entry)| (format!("{prefix}{inner}"), entry)));
        Ok(())
    }

    /// The number of files and directories.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// What all paths below `path` begin with.
fn prefix(path: &str) -> String {
    if path.is_empty() {
        String::new()
    } else {
        format!("{path}/")
    }
}

fn fault(path: &str, why: &'static str) -> PathFault {
    PathFault {
        path: path.to_owned(),
        why,
    }
}

/// The rule that `path` breaks as a path below a directory, if it breaks one.
pub(super) fn path_fault(path: &str) -> Option<&'static str> {
    path.split('/').find_map(|name| match name {
        "" => Some("a component is empty"),
        "." | ".." => Some("`.` and `..` are not allowed"),
        _ if name.contains('\0') => Some("a null character is not allowed"),
        _ => None,
    })
}
