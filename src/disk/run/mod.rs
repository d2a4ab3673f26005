//! Changing a repository: all or nothing. What changes is prepared in `.floxwright/run/`, written into a journal, renamed file
//! by file, and confirmed by one rename. Whoever comes after a killed run puts everything back first. What the last run replaced
//! is kept, so that it can be undone.
//!
//! | in `.floxwright/run/` | |
//! |---|---|
//! | `lock` | held by the run that is at work |
//! | `now/` | a run that has not been confirmed: `stage/`, `undo/`, `after/`, `journal.json` |
//! | `last/` | the run that was confirmed last; `outside` in it, until git's index has followed |
//! | `before/` | the one before it, while a run is being confirmed |

mod apply;
mod journal;
mod last;
mod outside;
mod recover;

#[cfg(test)]
mod sweep;

pub use apply::Applied;
pub use journal::{Swap, Wanted};
pub use last::Last;
pub use outside::{Followed, Follower};

use super::error::DiskError;
use super::root::Root;
use super::step::How;
use crate::tree::RelPath;
use std::fs::File;
use std::path::Path;

/// Where a run keeps its things.
pub const RUN: &str = ".floxwright/run";

/// A file of the run's directory.
fn own(name: &str) -> RelPath {
    format!("{RUN}/{name}")
        .parse()
        .expect("the names of the run's own files are paths")
}

/// A run that is at work on a repository, alone.
#[derive(Debug)]
pub struct Run {
    root: Root,
    /// Keeps the lock until the run is gone.
    _lock: File,
    /// What the recovery of a killed run could not put back, because somebody changed it since.
    pub left: Vec<RelPath>,
    /// Whether there was a killed run, which has been undone.
    pub recovered: bool,
}

impl Run {
    /// Begins: takes the lock, and puts back what a killed run left.
    ///
    /// # Errors
    /// Another run is at work; the repository cannot be written to.
    pub fn begin(path: &Path) -> Result<Self, DiskError> {
        Self::begin_at(Root::open(path)?)
    }

    fn begin_at(root: Root) -> Result<Self, DiskError> {
        let ignore = own(".gitignore");
        root.make_above(&ignore)?;
        if !root.is_there(&ignore)? {
            let how = How {
                bits: None,
                executable: false,
                flush: false,
            };
            match root.write(&ignore, b"*\n", how) {
                // Another run was quicker.
                Err(DiskError::Io { source, .. })
                    if source.kind() == std::io::ErrorKind::AlreadyExists => {}
                other => other?,
            }
        }
        let lock = root.lock(&own("lock"))?;
        let mut run = Self {
            root,
            _lock: lock,
            left: Vec::new(),
            recovered: false,
        };
        run.recover()?;
        Ok(run)
    }

    /// Whether a killed run left something in the repository that the next one has to put back.
    ///
    /// # Errors
    /// The repository cannot be looked at.
    pub fn is_due(path: &Path) -> Result<bool, DiskError> {
        let root = Root::open(path)?;
        for left in ["now", "before", "last/outside", "last/stage"] {
            if root.is_there(&own(left))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether any run has left something in the repository.
    ///
    /// # Errors
    /// The repository cannot be looked at.
    pub fn is_known(path: &Path) -> Result<bool, DiskError> {
        Ok(Self::is_due(path)? || Root::open(path)?.is_there(&own("last"))?)
    }

    /// The repository.
    pub fn root(&self) -> &Root {
        &self.root
    }
}
