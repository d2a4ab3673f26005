//! Writing a project into a directory that holds other things: what is there stays, or is replaced where that was said. All is written, or
//! nothing, also where the run is killed: the next one in that directory puts back what was there. No link is followed.
//!
//! Everything waits beside its place until all of it is written, as `.floxwright-N-new`; then each comes by a rename, and what was there
//! waits as `.floxwright-N-old` until the end is confirmed by one more.
//!
//! | in `.floxwright-into/` | |
//! |---|---|
//! | `outline` | what is written; `done` from the confirmation on |
//! | `seals` | by what it is known again; there when everything waits |
//! | `repository/` | the repository that comes as well |

mod journal;
mod look;
mod recover;

#[cfg(test)]
mod sweep;

pub use look::{Before, look_into};
pub use recover::{Recovered, recover_into};

use crate::disk::error::{Context, DiskError};
use crate::disk::root::Root;
use crate::disk::step::{How, Replace};
use crate::expand::{Entry, Staged};
use crate::tree::RelPath;
use journal::{Outline, Piece, Seal, beside, own};
use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where a run keeps its things.
const WORK: &str = ".floxwright-into";

const OUTLINE: &str = "outline";
const SEALS: &str = "seals";
const DONE: &str = "done";
const REPOSITORY: &str = "repository";

/// The directory of a repository.
const GIT: &str = ".git";

/// How often, and after how long, a run tries to be alone in the directory.
const TURNS: usize = 100;
const TURN: Duration = Duration::from_millis(10);

/// What becomes of files that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// They stay.
    Kept,
    /// They are replaced.
    Replaced,
}

/// A run that writes into a directory, alone.
#[derive(Debug)]
pub struct Into {
    root: Root,
    /// Keeps the lock until the run is gone.
    _lock: Option<fs::File>,
    /// Whether what it has for itself goes with it.
    clears: bool,
}

impl Into {
    /// Begins to write into the directory.
    ///
    /// # Errors
    /// Another run is at work there; the system refuses.
    pub fn begin(path: &Path) -> Result<Self, DiskError> {
        Self::begin_at(Root::open(path)?)
    }

    fn begin_at(root: Root) -> Result<Self, DiskError> {
        Ok(Self {
            _lock: lock(&root)?,
            root,
            clears: false,
        })
    }

    /// Where a repository is made that comes with the project, as `.git` in an empty directory.
    ///
    /// # Errors
    /// The system refuses.
    pub fn repository(&mut self) -> Result<PathBuf, DiskError> {
        self.recover()?;
        self.clears = true;
        let place = own(REPOSITORY);
        self.root.make(&work())?;
        self.root.make(&place)?;
        Ok(self.root.path.join(place.as_str()))
    }

    /// Writes a project. `before` is what was found there: what has changed since stops the run.
    ///
    /// # Errors
    /// The system refuses, something changed meanwhile, or an interruption; then everything is as it was. Where even putting back fails,
    /// the next run does it.
    pub fn write(
        mut self,
        staged: &Staged,
        (before, existing): (&Before, Existing),
        interrupted: &dyn Fn() -> bool,
    ) -> Result<(), DiskError> {
        if !self.clears {
            self.recover()?;
        }
        if look_into(&self.root.path, staged)? != *before {
            return Err(Error::other("it was changed meanwhile"))
                .context("write into", &self.root.path);
        }
        self.clears = false;
        let outline = self.outline(staged, (before, existing));
        let written = outline.and_then(|outline| {
            let written = self.attempt(&outline, (staged, before), interrupted);
            if written.is_err() {
                // What failed is told; what is left is put back by the next run.
                self.take_back(&outline).ok();
            }
            written.map(|()| outline)
        });
        match written {
            // It stands; what cannot be cleaned up now is cleaned up by the next run.
            Ok(outline) => {
                self.settle(&outline).ok();
                Ok(())
            }
            Err(error) => {
                self.clears = !self.root.is_there(&own(OUTLINE)).unwrap_or(true);
                Err(error)
            }
        }
    }

    /// What is going to be written.
    fn outline(
        &self,
        staged: &Staged,
        (before, existing): (&Before, Existing),
    ) -> Result<Outline, DiskError> {
        let (mut directories, mut pieces) = (Vec::new(), Vec::new());
        for (text, entry) in staged.iter() {
            let path = text.parse::<RelPath>().map_err(Error::other);
            let path = path.context("write", &self.root.path.join(text))?;
            if path.components().next() == Some(WORK) {
                let taken = Error::other("a run of floxwright has its own things there");
                return self.root.named(Err(taken), "write", &path);
            }
            let replaces = before.contains_key(text);
            match entry {
                Entry::Directory if self.root.is_there(&path)? => {}
                Entry::Directory => directories.push(path),
                _ if replaces && existing == Existing::Kept => {}
                Entry::File(_) | Entry::Link(_) => pieces.push(Piece { path, replaces }),
            }
        }
        for (number, piece) in pieces.iter().enumerate() {
            for path in ["new", "old"].map(|what| beside(piece, number, what)) {
                if self.root.is_there(&path)? {
                    let taken = Error::other("something stands there, and is not floxwright's");
                    return self.root.named(Err(taken), "use", &path);
                }
            }
        }
        let repository = self.root.is_there(&own(&format!("{REPOSITORY}/{GIT}")))?;
        Ok(Outline::new(directories, pieces, repository))
    }

    fn attempt(
        &self,
        outline: &Outline,
        (staged, before): (&Staged, &Before),
        interrupted: &dyn Fn() -> bool,
    ) -> Result<(), DiskError> {
        self.root.make(&work())?;
        journal::write(&self.root, OUTLINE, outline)?;
        self.wait(outline, staged, interrupted)?;
        for (number, piece) in outline.pieces.iter().enumerate() {
            if interrupted() {
                return Err(DiskError::Interrupted);
            }
            self.place(number, piece)?;
        }
        self.is_as_it_was(outline, before)?;
        self.repository_comes(outline)?;
        let confirmed = self.confirmed();
        if confirmed.is_err() && outline.repository {
            let made = own(&format!("{REPOSITORY}/{GIT}"));
            self.root.rename(&git(), &made, Replace::No).ok();
        }
        confirmed
    }

    /// Writes everything beside its place.
    fn wait(
        &self,
        outline: &Outline,
        staged: &Staged,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<(), DiskError> {
        for directory in &outline.directories {
            self.root.make(directory)?;
        }
        let mut seals = Vec::new();
        for (number, piece) in outline.pieces.iter().enumerate() {
            if interrupted() {
                return Err(DiskError::Interrupted);
            }
            let new = beside(piece, number, "new");
            match staged.get(piece.path.as_str()) {
                Some(Entry::File(file)) => {
                    let how = How {
                        bits: Some(file.mode),
                        executable: false,
                        flush: false,
                    };
                    self.root.write(&new, &file.bytes, how)?;
                }
                Some(Entry::Link(target)) => self.root.symlink(target, &new)?,
                Some(Entry::Directory) | None => {}
            }
            let seal = Seal::of(&self.root, &new)?;
            let seal = seal.ok_or_else(|| Error::from(ErrorKind::NotFound));
            seals.push(self.root.named(seal, "look at", &new)?);
        }
        journal::write(&self.root, SEALS, &seals)
    }

    /// Brings a piece to its place.
    fn place(&self, number: usize, piece: &Piece) -> Result<(), DiskError> {
        let (new, old) = (beside(piece, number, "new"), beside(piece, number, "old"));
        if piece.replaces {
            self.root.rename(&piece.path, &old, Replace::No)?;
        }
        self.root.rename(&new, &piece.path, Replace::No)
    }

    /// What was put aside is what the run was begun with: nobody saved anything at this very moment.
    fn is_as_it_was(&self, outline: &Outline, before: &Before) -> Result<(), DiskError> {
        for (number, piece) in outline.pieces.iter().enumerate() {
            let Some(Some(file)) = before.get(piece.path.as_str()) else {
                continue;
            };
            let old = self.root.path.join(beside(piece, number, "old").as_str());
            if fs::read(&old).context("read", &old)? != file.bytes {
                let changed = Error::other("it was changed meanwhile");
                return self.root.named(Err(changed), "replace", &piece.path);
            }
        }
        Ok(())
    }

    /// Brings the repository to its place, if one comes that is not there yet.
    fn repository_comes(&self, outline: &Outline) -> Result<(), DiskError> {
        let made = own(&format!("{REPOSITORY}/{GIT}"));
        if !outline.repository || !self.root.is_there(&made)? {
            return Ok(());
        }
        self.root.rename(&made, &git(), Replace::No)
    }

    /// One rename confirms: from then on what was written stands.
    fn confirmed(&self) -> Result<(), DiskError> {
        self.root.rename(&own(OUTLINE), &own(DONE), Replace::No)
    }
}

impl Drop for Into {
    fn drop(&mut self) {
        if self.clears {
            self.clear().ok();
        }
    }
}

fn work() -> RelPath {
    WORK.parse().expect("a name is a path")
}

fn git() -> RelPath {
    GIT.parse().expect("a name is a path")
}

/// The lock of a directory; `None` where the file system has none.
fn lock(root: &Root) -> Result<Option<fs::File>, DiskError> {
    let directory = fs::File::open(&root.path).context("open", &root.path)?;
    for _ in 0..TURNS {
        match directory.try_lock() {
            Ok(()) => return Ok(Some(directory)),
            // Others lock it for a moment, to make something in it.
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(TURN),
            Err(fs::TryLockError::Error(_)) => return Ok(None),
        }
    }
    Err(DiskError::Busy(root.path.clone()))
}
