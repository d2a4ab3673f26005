//! Putting back what a killed run left in a repository, and failures of the disk.

use crate::cmd::Context;
use crate::cmd::disk_failure::unchanged as failed;
use crate::diagnostic::Failure;
use crate::disk::Run;
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
