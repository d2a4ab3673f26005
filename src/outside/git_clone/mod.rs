//! Repositories copied to this machine by the `git` program: so the person's credentials, proxies and `insteadOf` apply. Nobody is asked
//! for a password, nothing that the repository brings is run, and a server that says nothing does not hold the run for ever.

mod program;

use super::world::World;
use git2::Repository;
use program::Program;
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

impl At {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Head => None,
            Self::Branch(name) | Self::Tag(name) | Self::Revision(name) => Some(name),
        }
    }
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
    /// git is not there, or cannot be started.
    #[error("`git` cannot be started: {0}")]
    Start(std::io::Error),
    /// git ends with an error.
    #[error("git says: {0}")]
    Refused(String),
    /// The server wants to know who asks, and nobody is asked here.
    #[error("the server wants a password or a key, and floxwright asks for none: {0}")]
    Password(String),
    /// There is no such branch, tag or commit.
    #[error("it has no {0} `{1}`")]
    Unknown(&'static str, String),
    /// It took too long.
    #[error("it did not come within {} seconds", .0.as_secs())]
    Slow(Duration),
    /// A signal came.
    #[error("interrupted")]
    Interrupted,
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
    let program = Program::new(wanted, world, interrupted);
    let mut arguments = vec!["clone", "--quiet", "--template="];
    // git knows no shallow copy of a directory, and says so each time.
    if !is_local(&wanted.address) && !matches!(wanted.at, At::Revision(_)) {
        arguments.push("--depth=1");
    }
    match &wanted.at {
        At::Branch(name) | At::Tag(name) => arguments.extend(["--branch", name]),
        At::Revision(_) => arguments.push("--no-checkout"),
        At::Head => {}
    }
    let place = into.to_string_lossy();
    arguments.extend(["--", &wanted.address, &place]);
    program
        .run(None, &arguments)
        .map_err(|error| missing(error, &wanted.at))?;
    check_out(&program, wanted, into)?;
    if wanted.submodules == Submodules::Copied && into.join(".gitmodules").is_file() {
        submodules(&program, into)?;
    }
    let commit = program.run(Some(into), &["rev-parse", "--verify", "--quiet", "HEAD"])?;
    Ok(Cloned {
        branch: branch_of(into),
        commit: commit.trim().to_owned(),
    })
}

/// Puts the files of the right commit into the directory, where the copying has not done it.
fn check_out(program: &Program<'_>, wanted: &Wanted, into: &Path) -> Result<(), CloneError> {
    let wanted_commit = match &wanted.at {
        // A branch of the same name has been taken for it.
        At::Tag(name) if branch_of(into).is_some() => {
            let tag = format!("refs/tags/{name}");
            let fetched = program.run(
                Some(into),
                &["fetch", "--quiet", "--no-tags", "origin", &tag],
            );
            fetched.map_err(|_| CloneError::Unknown("tag", name.clone()))?;
            "FETCH_HEAD".to_owned()
        }
        At::Head | At::Branch(_) | At::Tag(_) => return Ok(()),
        At::Revision(name)
            if program
                .run(
                    Some(into),
                    &[
                        "show-ref",
                        "--verify",
                        "--quiet",
                        &format!("refs/heads/{name}"),
                    ],
                )
                .is_ok() =>
        {
            return program
                .run(Some(into), &["checkout", "--quiet", name, "--"])
                .map(drop);
        }
        At::Revision(name) => revision(program, into, name)?,
    };
    let checkout = ["checkout", "--quiet", "--detach", &wanted_commit, "--"];
    program.run(Some(into), &checkout).map(drop)
}

/// The commit that a name stands for: as it is, else as a branch of the server.
fn revision(program: &Program<'_>, into: &Path, name: &str) -> Result<String, CloneError> {
    let candidates = [
        format!("{name}^{{commit}}"),
        format!("origin/{name}^{{commit}}"),
    ];
    for candidate in &candidates {
        let arguments = [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            candidate,
        ];
        match program.run(Some(into), &arguments) {
            Ok(commit) => return Ok(commit.trim().to_owned()),
            Err(CloneError::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Err(CloneError::Unknown("commit", name.to_owned()))
}

fn submodules(program: &Program<'_>, into: &Path) -> Result<(), CloneError> {
    let update = ["submodule", "--quiet", "update", "--init", "--recursive"];
    let shallow: Vec<&str> = update.into_iter().chain(["--depth=1"]).collect();
    match program.run(Some(into), &shallow) {
        // Not every server gives a commit that is not the tip of a branch.
        Err(CloneError::Refused(_)) => program.run(Some(into), &update).map(drop),
        other => other.map(drop),
    }
}

/// Whether an address is a directory of this machine.
fn is_local(address: &str) -> bool {
    let before_slash = address.split('/').next().unwrap_or_default();
    !before_slash.contains(':')
}

/// What git says of a branch or tag that is not there, in a word.
fn missing(error: CloneError, at: &At) -> CloneError {
    let kind = match at {
        At::Branch(_) => "branch",
        At::Tag(_) => "tag",
        At::Head | At::Revision(_) => return error,
    };
    match (error, at.text()) {
        (CloneError::Refused(said), Some(name)) if said.contains("Remote branch") => {
            CloneError::Unknown(kind, name.to_owned())
        }
        (other, _) => other,
    }
}

/// The branch that is checked out at `path`, if that is the top of a repository with a commit on it.
pub fn branch_of(path: &Path) -> Option<String> {
    let repository = Repository::open(path).ok()?;
    let head = repository.head().ok()?;
    let name = head.shorthand().ok()?;
    head.is_branch().then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_are_known_from_addresses() {
        for (address, local) in [
            ("/srv/template", true),
            ("../template", true),
            ("template", true),
            ("a/b:c", true),
            ("https://example.org/a.git", false),
            ("file:///srv/template", false),
            ("git@example.org:a/b", false),
        ] {
            assert_eq!(is_local(address), local, "{address}");
        }
    }
}
