//! Making the project: all of it, or nothing.

use super::member::{Manifest, Member};
use super::prepare::{Place, Prepared};
use crate::cmd::Context;
use crate::cmd::disk_failure::unmade;
use crate::diagnostic::Failure;
use crate::disk::{
    DiskError, Staging, Temporary, is_there, move_new, write_file, write_into, write_staged,
};
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
            let repository = repository_for(prepared)?;
            let last = || match &repository {
                Some(made) => move_new(&made.path().join(GIT), &prepared.target.join(GIT)),
                None => Ok(()),
            };
            let write = || {
                let how = (before, *existing);
                let (target, project) = (&prepared.target, &prepared.project);
                write_into(target, project, how, &interrupted, &last)
            };
            with_manifest(&prepared.member, write).map_err(failed)?;
        }
    }
    writing.done();
    Ok(())
}

/// A repository beside the files of a directory that has none, to be moved to its place when they are written.
fn repository_for(prepared: &Prepared) -> Result<Option<Temporary>, Failure> {
    let Some(branch) = &prepared.branch else {
        return Ok(None);
    };
    if is_there(&prepared.target.join(GIT)) {
        return Ok(None);
    }
    let place = Temporary::free(&prepared.target).and_then(Temporary::make);
    let place = place.map_err(|error| unmade(&prepared.shown, &error))?;
    start(place.path(), branch).map_err(|error| git_failure(prepared, error))?;
    Ok(Some(place))
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
