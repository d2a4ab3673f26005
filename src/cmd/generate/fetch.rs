//! Bringing a template into memory: from a directory, or from a git repository by way of a temporary one.

use super::request::Request;
use super::source::{Place, near};
use crate::cmd::Context;
use crate::cmd::git_failure::git_failure;
use crate::cmd::scaffolds::chain;
use crate::diagnostic::Failure;
use crate::disk::{DiskError, GitFiles, Links, Temporary, is_there, read_staged, umask};
use crate::expand::{Mode, Staged};
use crate::outside::git_clone::{CloneError, Submodules, Wanted, branch_of, clone};
use crate::outside::git_local::{self, Local};
use crate::outside::git_program::RemoteError;
use crate::scaffold::plain;
use std::path::{Path, PathBuf};

/// What cargo-generate says when a repository cannot be copied.
const AS_CARGO_GENERATE: &str = "Please check if the Git user / repository exists.";

/// A template in memory.
pub(super) struct Fetched {
    pub(super) staged: Staged,
    /// The branch that the template is on.
    pub(super) branch: Option<String>,
    /// The commit of a copied repository.
    pub(super) commit: Option<String>,
}

/// Brings the template.
pub(super) fn fetch(request: &Request<'_>, context: &Context<'_>) -> Result<Fetched, Failure> {
    match &request.source.place {
        Place::Directory(path) => directory(path, request, context),
        Place::Git(address) => repository(address, request, context),
        Place::BuiltIn(name) => carried(name),
    }
}

/// A template that is in the program.
fn carried(name: &str) -> Result<Fetched, Failure> {
    let staged = Staged::of_tree(&plain(name).unwrap_or_default()).map_err(|error| {
        Failure::refused(format!("the template `{name}` cannot be read")).because(error)
    })?;
    Ok(Fetched {
        staged,
        branch: None,
        commit: None,
    })
}

/// Where temporary directories are made.
pub(super) fn temporary(context: &Context<'_>) -> PathBuf {
    PathBuf::from(context.world.var("TMPDIR").unwrap_or("/tmp"))
}

fn directory(
    given: &Path,
    request: &Request<'_>,
    context: &Context<'_>,
) -> Result<Fetched, Failure> {
    let path = context.world.cwd.join(given);
    let staged =
        read_staged(&path, git_files(request.mode), links(request.mode)).map_err(|error| {
            Failure::refused(format!("the template `{}` cannot be read", given.display()))
                .because(chain(&error))
        })?;
    Ok(Fetched {
        staged,
        branch: branch_of(&path),
        commit: None,
    })
}

/// cargo-generate leaves links out.
pub(super) fn links(mode: Mode) -> Links {
    match mode {
        Mode::Compat => Links::LeftOut,
        Mode::Careful | Mode::Strict => Links::Kept,
    }
}

/// A file `.git` ties what is made to the template's repository; cargo-generate copies it.
fn git_files(mode: Mode) -> GitFiles {
    match mode {
        Mode::Compat => GitFiles::Kept,
        Mode::Careful | Mode::Strict => GitFiles::LeftOut,
    }
}

fn repository(
    address: &str,
    request: &Request<'_>,
    context: &Context<'_>,
) -> Result<Fetched, Failure> {
    if context.is_offline() && is_remote(address, context) {
        return Err(
            Failure::refused(format!("the repository `{address}` cannot be copied"))
                .because("it is on a server, and nobody may be asked"),
        );
    }
    let wanted = wanted(address, request, context)?;
    if let Some(local) = git_local::read(&wanted, umask(), context.world) {
        return Ok(read_in_place(local, request.mode));
    }
    let interrupts = context.guard.interrupts();
    let _writing = interrupts.writing();
    let _progress = context.ui.spinner(&format!("git copies {address}"));
    let read = |error: DiskError| {
        Failure::refused(format!("the template `{address}` cannot be copied"))
            .because(chain(&error))
    };
    let place = Temporary::free(&temporary(context)).map_err(read)?;
    let place = Temporary::make(place).map_err(read)?;
    let cloned = clone(&wanted, place.path(), context.world, &|| {
        interrupts.interrupted()
    })
    .map_err(|error| refused(address, error, request))?;
    let staged =
        read_staged(place.path(), git_files(request.mode), links(request.mode)).map_err(read)?;
    if interrupts.interrupted() {
        return Err(Failure::interrupted());
    }
    Ok(Fetched {
        staged,
        branch: cloned.branch,
        commit: Some(cloned.commit),
    })
}

/// What was read of a repository of this machine.
fn read_in_place(local: Local, mode: Mode) -> Fetched {
    let mut staged = local.staged;
    if links(mode) == Links::LeftOut {
        let links = staged.links();
        let links: Vec<_> = links
            .map(|(path, target)| (path.to_owned(), format!("it is a link to `{target}`")))
            .collect();
        for (path, why) in links {
            staged.remove(&path);
            staged.leave_out(path, why);
        }
    }
    Fetched {
        staged,
        branch: local.cloned.branch,
        commit: Some(local.cloned.commit),
    }
}

/// Whether a repository is on a server, and not on this machine.
fn is_remote(address: &str, context: &Context<'_>) -> bool {
    !address.starts_with("file://") && !is_there(&context.world.cwd.join(address))
}

fn wanted(address: &str, request: &Request<'_>, context: &Context<'_>) -> Result<Wanted, Failure> {
    let flag = request.text("identity").map(PathBuf::from);
    let usual = request.configuration.defaults.ssh_identity.clone();
    // cargo-generate lets the configuration win over the flag.
    let identity = match request.mode {
        Mode::Compat => usual.or(flag),
        Mode::Careful | Mode::Strict => flag.or(usual),
    };
    let identity = identity.map(|path| key(&path, context)).transpose()?;
    if let (Some(identity), Mode::Compat, false) = (&identity, request.mode, request.json()) {
        let identity = identity.display();
        context.ui.result_line(&format!(
            "Using private key: `{identity}` for git-ssh checkout"
        ))?;
    }
    Ok(Wanted {
        address: address.to_owned(),
        at: request.source.at.clone(),
        submodules: if request.is("skip-submodules") {
            Submodules::Skipped
        } else {
            Submodules::Copied
        },
        identity,
        configuration: request.text("gitconfig").map(|path| context.path(path)),
        patience: context.patience(),
    })
}

/// A key's path, with the home directory in the place of `~` and `$HOME`.
fn key(path: &Path, context: &Context<'_>) -> Result<PathBuf, Failure> {
    let home = Path::new(context.world.var("HOME").unwrap_or_default());
    let below = path
        .strip_prefix("~")
        .or_else(|_| path.strip_prefix("$HOME"));
    let whole = match below {
        Ok(below) => home.join(below),
        Err(_) => context.world.cwd.join(path),
    };
    if is_there(&whole) {
        return Ok(whole);
    }
    Err(Failure::refused(format!(
        "path does not exist: {}",
        path.display()
    )))
}

fn refused(address: &str, error: CloneError, request: &Request<'_>) -> Failure {
    if request.mode == Mode::Compat
        && !matches!(error, CloneError::Remote(RemoteError::Interrupted))
    {
        return Failure::refused(AS_CARGO_GENERATE).because(error);
    }
    let failure = Failure::refused(format!("the repository `{address}` cannot be copied"));
    let name = request
        .text("template")
        .map(String::as_str)
        .unwrap_or_default();
    let failure = match near(name, request.configuration) {
        Some(near) => failure.hint(format!("the favorite `{near}` has nearly that name")),
        None => failure,
    };
    match error {
        CloneError::Remote(error) => git_failure(failure, error),
        CloneError::Unknown(..) => failure.because(error),
    }
}
