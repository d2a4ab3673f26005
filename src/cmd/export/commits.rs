//! A commit for each package, in the order in which they require each other.

use super::args::Options;
use super::into::Nixpkgs;
use super::{Mode, Prepared};
use crate::cmd::{Context, scaffolds};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk;
use crate::generate::Exported;
use crate::model::CommitIdentity;
use crate::outside::checkout::{Checkout, Commit};
use crate::outside::git;

/// How many changed files are named.
const NAMED: usize = 5;

/// The commits, and who makes them.
pub(super) enum Series {
    /// There is no repository, or nothing shall be committed.
    None,
    /// One after the other.
    Commits {
        commits: Vec<Commit>,
        identity: CommitIdentity,
        /// The commit that they stand on.
        base: String,
    },
}

impl Series {
    /// The commits that would be made; refuses a work tree with changes that are not committed.
    pub(super) fn of(
        exported: &[Exported],
        nixpkgs: &Nixpkgs,
        options: &Options,
        context: &Context<'_>,
    ) -> Result<Self, Failure> {
        let checkout = Checkout::at(&nixpkgs.root).map_err(|error| failed(nixpkgs, &error))?;
        let Some(checkout) = checkout else {
            return Ok(Self::None);
        };
        let changed = checkout
            .changed(NAMED)
            .map_err(|error| failed(nixpkgs, &error))?;
        if !changed.is_empty() {
            return Err(Failure::refused(format!(
                "`{}` has changes that are not committed",
                nixpkgs.shown
            ))
            .because(changed.join(", "))
            .hint("commit them or put them away (`git stash`), so that the commits hold the packages and nothing else"));
        }
        if !options.commit {
            return Ok(Self::None);
        }
        let base = checkout.head().map_err(|error| failed(nixpkgs, &error))?;
        let identity = identity(&checkout, options, context)?;
        let commits = (1..=exported.len()).filter_map(|count| {
            let package = exported.get(count - 1)?;
            Some(Commit {
                message: message(package),
                files: nixpkgs.after(exported.get(..count)?),
            })
        });
        Ok(Self::Commits {
            commits: commits.collect(),
            identity,
            base,
        })
    }
}

/// The message as nixpkgs wants it.
pub(super) fn message(package: &Exported) -> String {
    format!(
        "python3Packages.{}: init at {}\n",
        package.name, package.version
    )
}

/// Who commits: the flags, the checkout's own configuration, then the person's.
fn identity(
    checkout: &Checkout,
    options: &Options,
    context: &Context<'_>,
) -> Result<CommitIdentity, Failure> {
    let (here, known) = (checkout.identity(), git::identity(context.world));
    let mut problems = Vec::new();
    let mut invalid = false;
    let mut one = |flag: &str, given: &Option<String>, found: Option<String>| {
        let value = given.clone().or(found);
        match value.as_deref().map(CommitIdentity::fault) {
            Some(None) => {}
            Some(Some(fault)) => {
                invalid = true;
                problems.push(Problem::new(format!("`{flag}`: {fault}")));
            }
            None => problems.push(Problem::new(format!(
                "it is not known who commits; `{flag}` says it"
            ))),
        }
        value.unwrap_or_default()
    };
    let identity = CommitIdentity {
        name: one("--git-name", &options.git_name, here.0.or(known.0)),
        email: one("--git-email", &options.git_email, here.1.or(known.1)),
    };
    if problems.is_empty() || options.mode != Mode::Write && !invalid {
        return Ok(identity);
    }
    let exit = if invalid {
        Exit::Invalid
    } else {
        Exit::NeedsInput
    };
    Err(Failure::all(exit, problems)
        .hint("`git config user.name` and `user.email` set it")
        .hint("`--no-commit` leaves the commits to you"))
}

/// Writes the files, and commits.
pub(super) fn write(
    prepared: &Prepared,
    nixpkgs: &Nixpkgs,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let interrupts = context.guard.interrupts();
    let writing = interrupts.writing();
    disk::write_plan(&nixpkgs.root, &prepared.plan).map_err(|error| {
        Failure::refused(format!("`{}` cannot be written to", nixpkgs.shown))
            .because(scaffolds::chain(&error))
            .hint("everything is as it was")
    })?;
    let Series::Commits {
        commits, identity, ..
    } = &prepared.series
    else {
        writing.done();
        return Ok(());
    };
    let committed = Checkout::at(&nixpkgs.root).and_then(|checkout| match checkout {
        Some(checkout) => checkout.commit(commits, identity, context.world.time()),
        None => Ok(()),
    });
    committed.map_err(|error| {
        failed(nixpkgs, &error)
            .hint("the files are written and not committed: `git status` lists them")
    })?;
    writing.done();
    Ok(())
}

fn failed(nixpkgs: &Nixpkgs, error: &git::GitError) -> Failure {
    Failure::refused(format!(
        "the repository of `{}` cannot be worked on",
        nixpkgs.shown
    ))
    .because(error)
}
