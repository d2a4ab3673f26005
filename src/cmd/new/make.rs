//! Making the repository: staged beside the target, verified, committed, renamed once.

use super::Prepared;
use super::args::{Commit, Options};
use crate::cmd::{Context, scaffolds::chain};
use crate::diagnostic::{Exit, Failure};
use crate::disk::{DiskError, Staging};
use crate::generate::verify;
use crate::outside::git::{FirstCommit, create_repository};

/// Makes it, or leaves nothing behind.
pub(super) fn make(
    prepared: &Prepared,
    options: &Options,
    context: &Context<'_>,
) -> Result<(), Failure> {
    verify(&prepared.tree)
        .map_err(|error| Failure::refused("the generated files are not valid").because(error))?;
    let interrupts = context.guard.interrupts();
    let _writing = interrupts.writing();
    let failed = |error: DiskError| disk_failure(&prepared.shown, &error);
    let staging = Staging::begin(&prepared.target).map_err(failed)?;
    staging
        .write(&prepared.tree, &|| interrupts.interrupted())
        .map_err(failed)?;
    if options.commit != Commit::NoGit {
        let commit = prepared.identity.as_ref().map(|identity| FirstCommit {
            identity,
            time: context.world.time(),
            message: "",
        });
        let message = message(prepared);
        let commit = commit.map(|commit| FirstCommit {
            message: &message,
            ..commit
        });
        create_repository(
            &staging.root(),
            &prepared.tree,
            commit,
            &prepared.intent.remote,
        )
        .map_err(|error| {
            Failure::refused(format!("`{}` cannot be made", prepared.shown)).because(error)
        })?;
    }
    if interrupts.interrupted() {
        return Err(Failure::interrupted());
    }
    staging.finish().map_err(failed)
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
        if prepared.lock.release.source.is_some() {
            "github"
        } else {
            "pypi"
        },
        packages.collect::<Vec<_>>().join("\n")
    )
}

fn disk_failure(shown: &str, error: &DiskError) -> Failure {
    match error {
        DiskError::Interrupted => Failure::interrupted(),
        DiskError::Locked(_) => {
            Failure::new(Exit::Locked, error.to_string()).hint("wait until it is done")
        }
        DiskError::Exists(_) => Failure::refused(format!("`{shown}` came into being meanwhile"))
            .hint("choose another directory"),
        DiskError::Io { .. } => Failure::refused(format!("`{shown}` cannot be made"))
            .because(chain(error))
            .hint("nothing was left behind"),
    }
}
