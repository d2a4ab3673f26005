//! Putting back what a killed run left in a repository, and failures of the disk.

use crate::cmd::{Context, scaffolds};
use crate::diagnostic::{Exit, Failure};
use crate::disk::{DiskError, Run};
use std::path::Path;

/// Puts back what a killed run left, if there is anything.
pub(in crate::cmd) fn recover(root: &Path, context: &Context<'_>) -> Result<(), Failure> {
    if !Run::is_due(root).map_err(|error| failed(&error))? {
        return Ok(());
    }
    let run = Run::begin(root).map_err(|error| failed(&error))?;
    recovered(&run, context);
    Ok(())
}

/// Says what was put back.
pub(super) fn recovered(run: &Run, context: &Context<'_>) {
    if run.recovered {
        context
            .ui
            .warn("an earlier run was killed; what it had changed has been put back");
    }
    for path in &run.left {
        context.ui.warn(&format!(
            "`{path}` was changed after the killed run, and was left as it is"
        ));
    }
}

/// A failure of the disk, as a failure of the command.
pub(in crate::cmd) fn failed(error: &DiskError) -> Failure {
    match error {
        DiskError::Interrupted => Failure::interrupted(),
        DiskError::Busy(_) | DiskError::Locked(_) => {
            Failure::new(Exit::Locked, error.to_string()).hint("wait until it is done")
        }
        DiskError::Exists(_) | DiskError::Io { .. } => {
            Failure::refused(scaffolds::chain(error)).hint("nothing was changed")
        }
    }
}
