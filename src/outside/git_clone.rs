//! Repositories copied to this machine by the `git` program: so the person's credentials, proxies and `insteadOf` apply. Nobody is asked
//! for a password, nothing that the repository brings is run, and a server that says nothing does not hold the run for ever.

use super::git_program::{Amount, GitProgram, RemoteError, is_local};
use super::world::World;
use git2::Repository;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What is wanted of a repository's history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum At {
    /// The branch that the repository shows first.
    #[default]
    Head,
    /// A branch.
    Branch(String),
    /// A tag.
    Tag(String),
    /// Anything else that git takes for a commit: a commit's name, also in short.
    Revision(String),
}

/// What becomes of submodules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Submodules {
    /// They are copied too.
    #[default]
    Copied,
    /// Their directories stay empty.
    Skipped,
}

/// A repository, and how to get at it.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// An address or a path, as `git clone` takes it.
    pub address: String,
    /// What of its history.
    pub at: At,
    /// What becomes of submodules.
    pub submodules: Submodules,
    /// A private key for SSH.
    pub identity: Option<PathBuf>,
    /// A file in the place of the person's git configuration.
    pub configuration: Option<PathBuf>,
    /// How long a server may be silent.
    pub patience: Duration,
}

/// What was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cloned {
    /// The branch that is checked out; none for a tag or a commit.
    pub branch: Option<String>,
    /// The name of the commit.
    pub commit: String,
}

/// A repository cannot be copied.
#[derive(Debug, thiserror::Error)]
pub enum CloneError {
    /// git does not get there.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// There is no such branch, tag or commit.
    #[error("it has no {0} `{1}`")]
    Unknown(&'static str, String),
}

/// Copies a repository into `into`, an empty directory. `interrupted` is asked while git is at work.
///
/// # Errors
/// git cannot be started, does not get there, or takes too long; a branch, tag or commit that is not there; an interruption.
pub fn clone(
    wanted: &Wanted,
    into: &Path,
    world: &World,
    interrupted: &dyn Fn() -> bool,
) -> Result<Cloned, CloneError> {
    let mut git = GitProgram::new(world, &wanted.address, wanted.patience);
    git.identity = wanted.identity.as_deref();
    git.configuration = wanted.configuration.as_deref();
    git.interrupted = interrupted;
    let mut words = vec!["clone", "--quiet", "--template="];
    // git knows no shallow copy of a directory, and says so each time.
    if !is_local(&wanted.address) && !matches!(wanted.at, At::Revision(_)) {
        words.push("--depth=1");
    }
    match &wanted.at {
        At::Branch(name) | At::Tag(name) => words.extend(["--branch", name]),
        At::Revision(_) => words.push("--no-checkout"),
        At::Head => {}
    }
    let place = into.to_string_lossy();
    words.extend(["--", &wanted.address, &place]);
    let is_directory = is_local(&wanted.address) && world.cwd.join(&wanted.address).is_dir();
    let cloned = if is_directory {
        git.here(None, &words)
    } else {
        if wanted.address.starts_with("git:") {
            // git itself waits for ever for the first word of such a server.
            let listed = ["ls-remote", "--", &wanted.address, "HEAD"];
            git.there(None, &listed, Amount::List)?;
        }
        git.there(None, &words, Amount::Files)
    };
    cloned.map_err(|error| missing(error, &wanted.at))?;
    check_out(&git, wanted, into)?;
    if wanted.submodules == Submodules::Copied && into.join(".gitmodules").is_file() {
        submodules(&git, into)?;
    }
    let commit = match head_of(into) {
        Some(commit) => commit,
        None => git.here(Some(into), &["rev-parse", "--verify", "--quiet", "HEAD"])?,
    };
    Ok(Cloned {
        branch: branch_of(into),
        commit: commit.trim().to_owned(),
    })
}

/// Puts the files of the right commit into the directory, where the copying has not done it.
fn check_out(git: &GitProgram<'_>, wanted: &Wanted, into: &Path) -> Result<(), CloneError> {
    let check_out = |words: &[&str]| {
        git.here(Some(into), &[&["checkout", "--quiet"], words].concat())
            .map(drop)
            .map_err(CloneError::from)
    };
    match &wanted.at {
        // A branch of the same name has been taken for it.
        At::Tag(name) if branch_of(into).is_some() => {
            let tag = format!("refs/tags/{name}");
            let words = ["fetch", "--quiet", "--no-tags", "origin", &tag];
            let fetched = git.there(Some(into), &words, Amount::Files);
            fetched.map_err(|_| CloneError::Unknown("tag", name.clone()))?;
            check_out(&["--detach", "FETCH_HEAD", "--"])
        }
        At::Head | At::Branch(_) | At::Tag(_) => Ok(()),
        At::Revision(name) => {
            let branch = format!("refs/heads/{name}");
            let words = ["show-ref", "--verify", "--quiet", &branch];
            if git.here(Some(into), &words).is_ok() {
                return check_out(&[name, "--"]);
            }
            check_out(&["--detach", &revision(git, into, name)?, "--"])
        }
    }
}

/// The commit that a name stands for: as it is, else as a branch of the server.
fn revision(git: &GitProgram<'_>, into: &Path, name: &str) -> Result<String, CloneError> {
    let candidates = [
        format!("{name}^{{commit}}"),
        format!("origin/{name}^{{commit}}"),
    ];
    for candidate in &candidates {
        let words = [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            candidate,
        ];
        match git.here(Some(into), &words) {
            Ok(commit) => return Ok(commit.trim().to_owned()),
            Err(RemoteError::Refused(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(CloneError::Unknown("commit", name.to_owned()))
}

fn submodules(git: &GitProgram<'_>, into: &Path) -> Result<(), CloneError> {
    let update = ["submodule", "--quiet", "update", "--init", "--recursive"];
    let shallow = [&update[..], &["--depth=1"]].concat();
    match git.there(Some(into), &shallow, Amount::Files) {
        // Not every server gives a commit that is not the tip of a branch.
        Err(RemoteError::Refused(_)) => git.there(Some(into), &update, Amount::Files)?,
        other => other?,
    };
    Ok(())
}

/// What git says of a branch or tag that is not there, in a word.
fn missing(error: RemoteError, at: &At) -> CloneError {
    let (kind, name) = match at {
        At::Branch(name) => ("branch", name),
        At::Tag(name) => ("tag", name),
        At::Head | At::Revision(_) => return error.into(),
    };
    match error {
        RemoteError::Refused(said) if said.contains("Remote branch") => {
            CloneError::Unknown(kind, name.clone())
        }
        other => other.into(),
    }
}

/// The commit that is checked out at `path`; `None` where git's library does not read the repository, as some of the newer kinds.
fn head_of(path: &Path) -> Option<String> {
    let repository = Repository::open(path).ok()?;
    let commit = repository.head().ok()?.peel_to_commit().ok()?;
    Some(commit.id().to_string())
}

/// The branch that is checked out at `path`, if that is the top of a repository with a commit on it.
pub fn branch_of(path: &Path) -> Option<String> {
    let repository = Repository::open(path).ok()?;
    let head = repository.head().ok()?;
    let name = head.shorthand().ok()?;
    head.is_branch().then(|| name.to_owned())
}
