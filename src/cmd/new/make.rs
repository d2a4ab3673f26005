//! Making the repository: staged beside the target, verified, committed, renamed once.

use super::args::{Commit, Options};
use super::{Prepared, lock};
use crate::cmd::Context;
use crate::cmd::disk_failure::unmade;
use crate::diagnostic::Failure;
use crate::disk::{DiskError, Staging};
use crate::outside::git::{FirstCommit, create_repository};
use crate::tree::Tree;

/// What was made besides the planned files.
pub(super) struct Made {
    /// Whether Flox's lock is among them.
    pub(super) locked: bool,
}

/// Makes it, or leaves nothing behind.
pub(super) fn make(
    prepared: &Prepared,
    options: &Options,
    context: &Context<'_>,
) -> Result<Made, Failure> {
    let interrupts = context.guard.interrupts();
    let writing = interrupts.writing();
    let failed = |error: DiskError| unmade(&prepared.shown, &error);
    let staging = Staging::begin(&prepared.target).map_err(failed)?;
    staging
        .write(&prepared.tree, &|| interrupts.interrupted())
        .map_err(failed)?;
    let mut tree = prepared.tree.clone();
    let mut made = Made { locked: false };
    if lock::is_wanted(prepared) {
        match lock::lock(&staging, context) {
            Ok((path, file)) => {
                tree.insert(path, file);
                made.locked = true;
            }
            // The repository is whole without the lock; the next steps say how to get it.
            Err(reason) => context
                .ui
                .warn(&format!("Flox did not lock nixpkgs: {reason}")),
        }
    }
    if options.commit != Commit::NoGit {
        commit(prepared, &staging, &tree, context)?;
        staging.keep_only(&tree).map_err(failed)?;
    }
    if interrupts.interrupted() {
        return Err(Failure::interrupted());
    }
    staging.finish().map_err(failed)?;
    writing.done();
    Ok(made)
}

/// Makes the repository, with the commit where somebody commits.
fn commit(
    prepared: &Prepared,
    staging: &Staging,
    tree: &Tree,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let message = message(prepared);
    let first = prepared.identity.as_ref().map(|identity| FirstCommit {
        identity,
        time: context.world.time(),
        message: &message,
    });
    create_repository(&staging.root(), tree, first, &prepared.intent.remote).map_err(|error| {
        match staging.try_out() {
            Err(cause) => unmade(&prepared.shown, &cause),
            Ok(()) => {
                Failure::refused(format!("`{}` cannot be made", prepared.shown)).because(error)
            }
        }
    })
}

fn message(prepared: &Prepared) -> String {
    let packages = prepared
        .lock
        .packages
        .iter()
        .map(|(name, package)| format!("- {name} {}", package.version));
    format!(
        "Package {} {}\n\nMade by floxwright, layout {}, source {}:\n{}\n",
        prepared.intent.name,
        prepared.lock.release.version,
        prepared.intent.layout,
        prepared.lock.release.source_kind(),
        packages.collect::<Vec<_>>().join("\n")
    )
}
