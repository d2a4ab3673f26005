//! A directory for a while: nobody else can look into it, and it goes with the value.

use super::error::{Context, DiskError};
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// How many names are tried.
const TRIES: u32 = 10_000;

/// A directory that is removed with all that is in it when this is dropped.
#[derive(Debug)]
pub struct Temporary(PathBuf);

impl Temporary {
    /// A path in `above`, the system's directory for such things, at which nothing stands. It has no link in it.
    ///
    /// # Errors
    /// The system refuses to look.
    pub fn free(above: &Path) -> Result<PathBuf, DiskError> {
        let above = above.canonicalize().context("look at", above)?;
        let process = std::process::id();
        let mut paths =
            (0..TRIES).map(|number| above.join(format!("floxwright-{process}-{number}")));
        let free = paths.find(|path| fs::symlink_metadata(path).is_err());
        free.ok_or_else(|| ErrorKind::AlreadyExists.into())
            .context("make a directory in", &above)
    }

    /// Makes the directory.
    ///
    /// # Errors
    /// The system refuses; something stands there.
    pub fn make(path: PathBuf) -> Result<Self, DiskError> {
        let made = fs::DirBuilder::new().mode(0o700).create(&path);
        made.context("make the directory", &path)?;
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Removes all that is in it.
    ///
    /// # Errors
    /// The system refuses.
    pub fn empty(&self) -> Result<(), DiskError> {
        for entry in fs::read_dir(&self.0).context("read", &self.0)? {
            let entry = entry.context("read", &self.0)?;
            let path = entry.path();
            let kind = entry.file_type().context("read", &path)?;
            let removed = if kind.is_dir() {
                fs::remove_dir_all(&path)
            } else {
                fs::remove_file(&path)
            };
            removed.context("remove", &path)?;
        }
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
