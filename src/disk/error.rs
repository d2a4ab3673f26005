//! What can go wrong with files: always with the verb and the path.

use std::io;
use std::path::{Path, PathBuf};

/// A file operation that failed.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// The system refused.
    #[error("cannot {verb} `{}`", path.display())]
    Io {
        /// What was tried.
        verb: &'static str,
        /// With what.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Another run is preparing the same target.
    #[error("another run of floxwright is making `{}`", .0.display())]
    Locked(PathBuf),
    /// Another run is at work on the same repository.
    #[error("another run of floxwright is at work on `{}`", .0.display())]
    Busy(PathBuf),
    /// Something stands where the result should go.
    #[error("`{}` exists", .0.display())]
    Exists(PathBuf),
    /// The run was interrupted; what it had made is gone.
    #[error("interrupted")]
    Interrupted,
}

/// Adds the verb and the path to an error of the system.
pub(super) trait Context<T> {
    fn context(self, verb: &'static str, path: &Path) -> Result<T, DiskError>;
}

impl<T> Context<T> for io::Result<T> {
    fn context(self, verb: &'static str, path: &Path) -> Result<T, DiskError> {
        self.map_err(|source| DiskError::Io {
            verb,
            path: path.to_owned(),
            source,
        })
    }
}
