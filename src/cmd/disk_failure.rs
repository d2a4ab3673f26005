//! What the disk refuses, as a failure of the command.

use super::scaffolds::chain;
use crate::diagnostic::{Exit, Failure};
use crate::disk::DiskError;

/// Something that was to be made, `shown` as the person gave it, and was not.
pub(super) fn unmade(shown: &str, error: &DiskError) -> Failure {
    stopped(error).unwrap_or_else(|| {
        if matches!(error, DiskError::Exists(_)) {
            return Failure::refused(format!("`{shown}` cannot be made"))
                .because(format!("{error}: it came into being meanwhile"))
                .hint("choose another directory, or try again");
        }
        Failure::refused(format!("`{shown}` cannot be made"))
            .because(chain(error))
            .hint("nothing was left behind")
    })
}

/// Something that was to be changed, and was not.
pub(super) fn unchanged(error: &DiskError) -> Failure {
    stopped(error).unwrap_or_else(|| Failure::refused(chain(error)).hint("nothing was changed"))
}

/// A person or another run was in the way, and not the disk.
fn stopped(error: &DiskError) -> Option<Failure> {
    match error {
        DiskError::Interrupted => Some(Failure::interrupted()),
        DiskError::Busy(_) | DiskError::Locked(_) => {
            Some(Failure::new(Exit::Locked, error.to_string()).hint("wait until it is done"))
        }
        DiskError::Exists(_) | DiskError::Io { .. } => None,
    }
}
