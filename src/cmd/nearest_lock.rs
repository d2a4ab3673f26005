//! The lock of the workspace that the program runs in.

use super::scaffolds;
use crate::diagnostic::Failure;
use crate::disk::{self, DiskError};
use crate::model::Lock;
use crate::workspace::{LOCK_FILE, LockError, read_lock};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The lock of the workspace that a directory lies in, with the workspace's own directory; `None` outside of any.
pub(super) fn nearest_lock(from: &Path) -> Result<Option<(PathBuf, Lock)>, Failure> {
    for root in from.ancestors() {
        match disk::read_text(&root.join(LOCK_FILE)) {
            Ok(text) => return Ok(Some((root.to_owned(), lock(&text)?))),
            Err(DiskError::Io { source, .. })
                if matches!(
                    source.kind(),
                    ErrorKind::NotFound | ErrorKind::NotADirectory
                ) => {}
            Err(error) => {
                return Err(Failure::refused(format!("`{LOCK_FILE}` cannot be read"))
                    .because(scaffolds::chain(&error)));
            }
        }
    }
    Ok(None)
}

fn lock(text: &str) -> Result<Lock, Failure> {
    read_lock(text).map_err(|error| {
        let failure = Failure::refused(format!("`{LOCK_FILE}` cannot be read")).because(&error);
        match error {
            LockError::Newer(_) => failure.hint("a newer floxwright made it: update this one"),
            LockError::Invalid(_) => failure
                .hint("it is made by floxwright: take it from git again, `git checkout -- floxwright.lock`"),
        }
    })
}
