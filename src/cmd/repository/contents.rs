//! Directories that stand where files would be made: what is in them.

use crate::cmd::disk_failure::unchanged as failed;
use crate::diagnostic::Failure;
use crate::disk::Root;
use crate::reconcile::{Contents, Current};
use crate::tree::{Found, Kind, RelPath};

/// What is in the directories that `current` has at paths that are made.
pub(in crate::cmd) fn contents<'a>(
    root: &Root,
    current: &Current,
    made: impl Iterator<Item = &'a RelPath>,
) -> Result<Contents, Failure> {
    let mut contents = Contents::new();
    for path in made {
        if current.get(path) == Some(&Found::Other(Kind::Directory))
            && let Some(files) = root.contents(path).map_err(|error| failed(&error))?
        {
            contents.insert(path.clone(), files);
        }
    }
    Ok(contents)
}
