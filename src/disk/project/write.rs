//! Writing a project into a directory that is ours alone.

use crate::disk::error::{Context, DiskError};
use crate::disk::umask::umask;
use crate::expand::{Entry, Staged, StagedFile};
use crate::parallel::{in_parallel, processors};
use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Writes everything below `root`, a directory that is empty: directories first, then what is in them, by several threads.
/// `interrupted` is asked before each.
///
/// # Errors
/// The system refuses, or an interruption.
pub fn write_staged(
    root: &Path,
    staged: &Staged,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<(), DiskError> {
    let (directories, others): (Vec<_>, Vec<_>) = staged
        .iter()
        .partition(|(_, entry)| **entry == Entry::Directory);
    let umask = umask();
    let write = |(path, entry): &(&str, &Entry)| {
        let place = root.join(path);
        if interrupted() {
            return Err(DiskError::Interrupted);
        }
        match entry {
            Entry::Directory => fs::create_dir(&place).context("make the directory", &place),
            Entry::File(file) => create(&place, file, umask),
            Entry::Link(target) => link(&place, target),
        }
    };
    directories.iter().try_for_each(write)?;
    in_parallel(&others, processors(), write)
        .into_iter()
        .collect()
}

/// Makes a link that is not there yet.
pub(super) fn link(place: &Path, target: &str) -> Result<(), DiskError> {
    std::os::unix::fs::symlink(target, place).context("make the link", place)
}

/// Writes a file that is not there yet, with its permissions as they are, `umask` or not.
fn create(place: &Path, file: &StagedFile, umask: u32) -> Result<(), DiskError> {
    let mut open = fs::OpenOptions::new();
    let mut made = open
        .write(true)
        .create_new(true)
        .mode(file.mode)
        .open(place)
        .context("write", place)?;
    made.write_all(&file.bytes).context("write", place)?;
    if file.mode & umask == 0 {
        return Ok(());
    }
    made.set_permissions(Permissions::from_mode(file.mode))
        .context("write", place)
}
