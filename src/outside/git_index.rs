//! The index of the git repository around a workspace: new files become visible to Flox, conflicts visible to git. Nothing is
//! committed, and what a person has staged stays staged.

use super::git::{GitError, Verb, around, entry, mode};
use crate::tree::{File, RelPath};
use git2::{Index, Oid, Repository, Status, StatusOptions};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Bits of an entry that has a second word of flags, and of one that is only announced.
const EXTENDED: u16 = 0x4000;
const ANNOUNCED: u16 = 1 << 13;

/// Where the stage of an entry stands in its flags.
const STAGE: u16 = 12;

/// The index of the repository around a workspace.
pub struct TrackedFiles {
    repository: Repository,
    index: Index,
    /// The workspace, from the top of the repository.
    below: PathBuf,
    /// Whether anything was changed.
    is_changed: bool,
}

/// An entry of the index, to be put back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staged {
    /// The object, in hexadecimal.
    pub id: String,
    /// The file's mode as git writes it.
    pub mode: u32,
}

impl TrackedFiles {
    /// The index around `root`; `None` where there is no git repository.
    ///
    /// # Errors
    /// There is one, and it cannot be read.
    pub fn around(root: &Path) -> Result<Option<Self>, GitError> {
        let Some((repository, below)) = around(root)? else {
            return Ok(None);
        };
        let index = repository.index().verb("open the index")?;
        Ok(Some(Self {
            repository,
            index,
            below,
            is_changed: false,
        }))
    }

    fn place(&self, path: &RelPath) -> PathBuf {
        self.below.join(path.as_str())
    }

    /// Whether anything was changed since it was read.
    pub fn is_changed(&self) -> bool {
        self.is_changed
    }

    /// The file of the index.
    pub fn file(&self) -> Option<&Path> {
        self.index.path()
    }

    /// Writes the index as another file, which is not there yet.
    ///
    /// # Errors
    /// The system refuses.
    pub fn write_as(&self, place: &Path) -> Result<(), GitError> {
        let verb = "write the index";
        let mut index = Index::open(place).verb(verb)?;
        index.set_version(self.index.version()).verb(verb)?;
        for entry in self.index.iter() {
            index.add(&entry).verb(verb)?;
        }
        index.write().verb(verb)
    }

    /// Writes the index.
    ///
    /// # Errors
    /// git holds the lock; the system refuses.
    pub fn write(mut self) -> Result<(), GitError> {
        self.index.write().verb("write the index")
    }

    /// What is staged for a path.
    pub fn staged(&self, path: &RelPath) -> Option<Staged> {
        let entry = self.index.get_path(&self.place(path), 0)?;
        Some(Staged {
            id: entry.id.to_string(),
            mode: entry.mode,
        })
    }

    /// The files below a directory of the workspace that git neither tracks nor ignores, from the workspace's top, sorted.
    ///
    /// # Errors
    /// The repository cannot be looked through.
    pub fn untracked_below(&self, directory: &str) -> Result<Vec<String>, GitError> {
        self.with_status(directory, Status::WT_NEW)
    }

    /// The files below a directory of the workspace that git ignores and does not track, from the workspace's top, sorted. What a
    /// directory holds that is ignored as a whole is told by itself.
    ///
    /// # Errors
    /// The repository cannot be looked through.
    pub fn ignored_below(&self, directory: &str) -> Result<Vec<String>, GitError> {
        self.with_status(directory, Status::IGNORED)
    }

    fn with_status(&self, directory: &str, wanted: Status) -> Result<Vec<String>, GitError> {
        let mut options = StatusOptions::new();
        options
            .include_untracked(true)
            .recurse_untracked_dirs(true)
            .include_ignored(wanted == Status::IGNORED)
            .recurse_ignored_dirs(wanted == Status::IGNORED)
            .disable_pathspec_match(true)
            .pathspec(self.below.join(directory));
        let statuses = self.repository.statuses(Some(&mut options));
        let statuses = statuses.verb("look through the files")?;
        let below = self.below.to_string_lossy();
        let mut found: Vec<String> = statuses
            .iter()
            .filter(|entry| entry.status().contains(wanted))
            .filter_map(|entry| {
                let path = String::from_utf8_lossy(entry.path_bytes()).into_owned();
                let inside = path.strip_prefix(below.as_ref())?;
                Some(inside.trim_start_matches('/').to_owned())
            })
            .collect();
        found.sort();
        Ok(found)
    }

    /// Announces a new file, as `git add --intent-to-add` does: it counts as tracked, with nothing of it staged. Where the index has a
    /// file in the place of its directory, or below it, that stays, and this is not announced.
    ///
    /// # Errors
    /// The index does not take it.
    pub fn announce(&mut self, path: &RelPath, file: &File) -> Result<(), GitError> {
        let place = self.place(path);
        let is_there =
            |place: &Path| (0..4).any(|stage| self.index.get_path(place, stage).is_some());
        let below = self.index.find_prefix(place.join(""));
        let mut way = place.ancestors().filter(|way| *way != Path::new(""));
        if way.any(is_there) || below.is_ok() {
            return Ok(());
        }
        self.is_changed = true;
        let empty = self.repository.blob(b"").verb("store a file")?;
        let mut entry = entry(&place, empty, mode(file));
        entry.flags = EXTENDED;
        entry.flags_extended = ANNOUNCED;
        self.index.add(&entry).verb("add a file")
    }

    /// Forgets a file that was only announced.
    ///
    /// # Errors
    /// The index cannot be changed.
    pub fn forget_announced(&mut self, path: &RelPath) -> Result<(), GitError> {
        let place = self.place(path);
        match self.index.get_path(&place, 0) {
            Some(entry) if entry.flags_extended & ANNOUNCED != 0 => {
                self.is_changed = true;
                self.index.remove(&place, 0).verb("forget a file")
            }
            _ => Ok(()),
        }
    }

    /// Marks a file as being in conflict: base, the person's, the new.
    ///
    /// # Errors
    /// The index does not take it.
    pub fn conflict(&mut self, path: &RelPath, sides: [&File; 3]) -> Result<(), GitError> {
        self.is_changed = true;
        let place = self.place(path);
        self.index.remove(&place, 0).ok();
        for (stage, file) in (1_u16..).zip(sides) {
            let id = self.repository.blob(&file.bytes).verb("store a file")?;
            let mut entry = entry(&place, id, mode(file));
            entry.flags = stage << STAGE;
            self.index.add(&entry).verb("add a file")?;
        }
        Ok(())
    }

    /// Ends a conflict with what was staged before it.
    ///
    /// # Errors
    /// The index does not take it.
    pub fn unconflict(&mut self, path: &RelPath, staged: Option<&Staged>) -> Result<(), GitError> {
        let place = self.place(path);
        if self.index.conflict_get(&place).is_err() {
            return Ok(());
        }
        self.is_changed = true;
        self.index.conflict_remove(&place).verb("end a conflict")?;
        let Some(staged) = staged else { return Ok(()) };
        let id = Oid::from_str(&staged.id).verb("read an object's name")?;
        self.index
            .add(&entry(&place, id, staged.mode))
            .verb("add a file")
    }

    /// Ends a conflict with a file as it is now.
    ///
    /// # Errors
    /// The index does not take it.
    pub fn resolve(&mut self, path: &RelPath, file: Option<&File>) -> Result<(), GitError> {
        let staged = match file {
            Some(file) => Some(Staged {
                id: self
                    .repository
                    .blob(&file.bytes)
                    .verb("store a file")?
                    .to_string(),
                mode: mode(file),
            }),
            None => None,
        };
        self.unconflict(path, staged.as_ref())
    }
}
