//! Writing one file: all of it, or nothing.

use super::beside::beside;
use super::error::{Context, DiskError};
use std::fs;
use std::io::Write;
use std::path::Path;

/// Makes a directory and those above it.
///
/// # Errors
/// The system refuses.
pub fn make_directories(path: &Path) -> Result<(), DiskError> {
    fs::create_dir_all(path).context("make the directory", path)
}

/// Writes a file through a temporary one beside it and a rename. Permissions of one that is there stay, and a link stays a link.
///
/// # Errors
/// The system refuses; the file is as it was.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let beside = beside(&place);
    // What stands there from a killed run goes; a link would be followed.
    let _ = fs::remove_file(&beside);
    let written = fs::File::create_new(&beside).and_then(|mut file| {
        if let Ok(there) = fs::metadata(&place) {
            file.set_permissions(there.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()
    });
    let renamed = written.and_then(|()| fs::rename(&beside, &place));
    if renamed.is_err() {
        let _ = fs::remove_file(&beside);
    }
    renamed.context("write", path)
}
