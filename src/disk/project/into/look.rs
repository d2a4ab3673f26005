//! What stands in the way of a project.

use crate::disk::error::{Context, DiskError};
use crate::expand::{Entry, Staged, StagedFile};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, ErrorKind};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// What stands in the way of a file, by path.
pub type Before = BTreeMap<String, Option<StagedFile>>;

/// What stands in a directory where files of a project would go: the file, or nothing where it is something that is read by nobody.
///
/// # Errors
/// Something that cannot be read, a link or a file where a directory is needed, a directory where a file is needed.
pub fn look_into(root: &Path, staged: &Staged) -> Result<Before, DiskError> {
    let mut before = Before::new();
    for (path, entry) in staged.iter() {
        let place = root.join(path);
        let metadata = match fs::symlink_metadata(&place) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error).context("look at", &place),
        };
        match entry {
            Entry::Directory if metadata.is_dir() => {}
            Entry::Directory => {
                let why = if metadata.is_symlink() {
                    "a link stands there, and none is followed"
                } else {
                    "something else stands there"
                };
                return Err(Error::other(why)).context("make the directory", &place);
            }
            Entry::File(_) | Entry::Link(_) if metadata.is_dir() => {
                return Err(Error::other("a directory stands there")).context("write", &place);
            }
            Entry::File(_) | Entry::Link(_) if metadata.is_file() => {
                let bytes = fs::read(&place).context("read", &place)?;
                let mode = metadata.permissions().mode() & 0o777;
                before.insert(path.to_owned(), Some(StagedFile { bytes, mode }));
            }
            Entry::File(_) | Entry::Link(_) => {
                before.insert(path.to_owned(), None);
            }
        }
    }
    Ok(before)
}
