//! Making the project: all of it, or nothing.

use super::member::{Manifest, Member};
use super::prepare::{Place, Prepared};
use crate::cmd::Context;
use crate::cmd::disk_failure::unmade;
use crate::diagnostic::Failure;
use crate::disk::{DiskError, Into, Staging, is_there, write_file, write_staged};
use crate::outside::git::GitError;
use crate::outside::git_start::start;

/// The directory of a repository.
const GIT: &str = ".git";

/// Makes it. The manifest of a workspace changes just before the project comes into being, and back if it does not.
pub(super) fn make(prepared: &Prepared, context: &Context<'_>) -> Result<(), Failure> {
    let interrupts = context.guard.interrupts();
    let writing = interrupts.writing();
    let failed = |error: DiskError| unmade(&prepared.shown, &error);
    let interrupted = || interrupts.interrupted();
    match &prepared.place {
        Place::New => {
            let staging = Staging::begin(&prepared.target).map_err(failed)?;
            write_staged(&staging.root(), &prepared.project, &interrupted).map_err(failed)?;
            if let Some(branch) = &prepared.branch {
                start(&staging.root(), branch).map_err(|error| git_failure(prepared, error))?;
            }
            if interrupted() {
                return Err(Failure::interrupted());
            }
            with_manifest(&prepared.member, || staging.finish()).map_err(failed)?;
        }
        Place::Into(before, existing) => {
            let mut into = Into::begin(&prepared.target).map_err(failed)?;
            repository_for(prepared, &mut into)?;
            let how = (before, *existing);
            let write = || into.write(&prepared.project, how, &interrupted);
            with_manifest(&prepared.member, write).map_err(failed)?;
        }
    }
    writing.done();
    Ok(())
}

/// Prepares a repository for a directory that has none: it comes with the files.
fn repository_for(prepared: &Prepared, into: &mut Into) -> Result<(), Failure> {
    let Some(branch) = &prepared.branch else {
        return Ok(());
    };
    if is_there(&prepared.target.join(GIT)) {
        return Ok(());
    }
    let place = into.repository();
    let place = place.map_err(|error| unmade(&prepared.shown, &error))?;
    start(&place, branch).map_err(|error| git_failure(prepared, error))
}

fn with_manifest(
    member: &Member,
    write: impl FnOnce() -> Result<(), DiskError>,
) -> Result<(), DiskError> {
    let Member::Joins(Manifest {
        path,
        before,
        after,
    }) = member
    else {
        return write();
    };
    write_file(path, after.as_bytes())?;
    let written = write();
    if written.is_err() {
        // The first error is the one that counts.
        write_file(path, before.as_bytes()).ok();
    }
    written
}

fn git_failure(prepared: &Prepared, error: GitError) -> Failure {
    Failure::refused(format!("`{}` gets no repository", prepared.shown))
        .because(error)
        .hint("`--vcs none` makes none")
}
