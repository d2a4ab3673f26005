//! The lock of the workspace that a command is started in, with the scaffold that it was made by.

use super::{Context, scaffolds};
use crate::ask::Field;
use crate::diagnostic::Failure;
use crate::disk::{self, DiskError};
use crate::model::Lock;
use crate::scaffold::Scaffold;
use crate::workspace::{INTENT_FILE, LOCK_FILE, LockError, read_answers, read_lock};
use std::path::{Path, PathBuf};

/// The lock and the scaffold of the workspace, if the working directory lies in one.
pub(super) fn of_workspace(context: &Context<'_>) -> Result<Option<(Lock, Scaffold)>, Failure> {
    let Some((root, text)) = lock_text(&context.world.cwd)? else {
        return Ok(None);
    };
    let lock = read_lock(&text).map_err(|error| {
        let failure = Failure::refused(format!("`{LOCK_FILE}` cannot be read")).because(&error);
        match error {
            LockError::Newer(_) => failure.hint("a newer floxwright made it: update this one"),
            LockError::Invalid(_) => failure
                .hint("it is made by floxwright: take it from git again, `git checkout -- floxwright.lock`"),
        }
    })?;
    // A scaffold from a path has the path in the intent, and its last name in the lock.
    let intent = disk::read_text(&root.join(INTENT_FILE)).unwrap_or_default();
    let scaffold = read_answers(INTENT_FILE, &intent)
        .answers
        .text(Field::Scaffold);
    let scaffold = scaffolds::find(Some(&scaffold.unwrap_or(lock.scaffold.clone())), context)?;
    Ok(Some((lock, scaffold)))
}

/// The lock of the workspace that a directory lies in, with the workspace's own directory.
fn lock_text(from: &Path) -> Result<Option<(PathBuf, String)>, Failure> {
    for root in from.ancestors() {
        match disk::read_text(&root.join(LOCK_FILE)) {
            Ok(text) => return Ok(Some((root.to_owned(), text))),
            Err(DiskError::Io { source, .. })
                if matches!(
                    source.kind(),
                    std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
                ) => {}
            Err(error) => {
                return Err(Failure::refused(format!("`{LOCK_FILE}` cannot be read"))
                    .because(scaffolds::chain(&error)));
            }
        }
    }
    Ok(None)
}
