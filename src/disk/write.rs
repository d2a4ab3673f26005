//! Writing one file: all of it, or nothing.

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

/// Moves something to a place on the same file system where nothing stands.
///
/// # Errors
/// Something stands there; the system refuses.
pub fn move_new(from: &Path, to: &Path) -> Result<(), DiskError> {
    if fs::symlink_metadata(to).is_ok() {
        return Err(DiskError::Exists(to.to_owned()));
    }
    fs::rename(from, to).context("make", to)
}

/// Writes a file through a temporary one beside it and a rename. Permissions of one that is there stay, and a link stays a link.
///
/// # Errors
/// The system refuses; the file is as it was.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let beside = place.with_file_name(format!(".{name}.floxwright-new"));
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
