//! Whether a new repository can go somewhere.

use super::error::{Context, DiskError};
use std::fs;
use std::path::{Path, PathBuf};

/// What stands at a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Nothing.
    Absent,
    /// An empty directory.
    Empty,
    /// A directory with something in it, a file, or a link.
    Taken,
}

/// What stands at `target`, and the repository around it if it lies in one.
///
/// # Errors
/// A path that cannot be looked at.
pub fn look_at_target(target: &Path) -> Result<(Target, Option<PathBuf>), DiskError> {
    let found = match fs::symlink_metadata(target) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Target::Absent,
        Err(error) => return Err(error).context("look at", target),
        Ok(metadata) if metadata.is_dir() => {
            let mut entries = fs::read_dir(target).context("look at", target)?;
            if entries.next().is_none() {
                Target::Empty
            } else {
                Target::Taken
            }
        }
        Ok(_) => Target::Taken,
    };
    let around = target
        .ancestors()
        .skip(1)
        .find(|ancestor| fs::symlink_metadata(ancestor.join(".git")).is_ok());
    Ok((found, around.map(Path::to_owned)))
}
