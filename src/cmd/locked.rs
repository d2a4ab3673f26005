//! The lock of the workspace that a command is started in, with the scaffold that it was made by.

use super::nearest_lock::nearest_lock;
use super::{Context, scaffolds};
use crate::ask::Field;
use crate::diagnostic::Failure;
use crate::disk;
use crate::model::Lock;
use crate::scaffold::Scaffold;
use crate::workspace::{INTENT_FILE, read_answers};

/// The lock and the scaffold of the workspace, if the working directory lies in one.
pub(super) fn of_workspace(context: &Context<'_>) -> Result<Option<(Lock, Scaffold)>, Failure> {
    let Some((root, lock)) = nearest_lock(&context.world.cwd)? else {
        return Ok(None);
    };
    // A scaffold from a path has the path in the intent, and its last name in the lock.
    let intent = disk::read_text(&root.join(INTENT_FILE)).unwrap_or_default();
    let scaffold = read_answers(INTENT_FILE, &intent)
        .answers
        .text(Field::Scaffold);
    let scaffold = scaffolds::find(Some(&scaffold.unwrap_or(lock.scaffold.clone())), context)?;
    Ok(Some((lock, scaffold)))
}
