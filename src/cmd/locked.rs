//! The lock of the repository that a command is started in, with the scaffold that it was made by.

use super::Context;
use super::repository::{failed, read_lock, scaffold, to_read};
use crate::diagnostic::Failure;
use crate::disk::{self, Root};
use crate::model::Lock;
use crate::scaffold::Scaffold;
use crate::tree::Found;
use crate::workspace::{INTENT_FILE, LOCK_FILE, read_answers};

/// The lock and the scaffold of the repository, if the working directory lies in one that has a lock.
pub(super) fn of_workspace(context: &Context<'_>) -> Result<Option<(Lock, Scaffold)>, Failure> {
    let Some(root) = to_read(context)? else {
        return Ok(None);
    };
    let place = LOCK_FILE.parse().expect("the lock has a path");
    let found = Root::open(&root).and_then(|root| root.look(&place));
    let lock = match found.map_err(|error| failed(&error))? {
        Found::File(file) => read_lock(&file)?,
        Found::Absent => return Ok(None),
        Found::Other(kind) | Found::Behind(_, kind) => {
            return Err(Failure::refused(format!(
                "`{LOCK_FILE}` is {}, and should be a file",
                kind.name()
            )));
        }
    };
    let intent = disk::read_text(&root.join(INTENT_FILE)).unwrap_or_default();
    let scaffold = scaffold(&root, &read_answers(INTENT_FILE, &intent).answers, context)?;
    Ok(Some((lock, scaffold)))
}
