//! git, for what stays on this machine: through libgit2, without hooks, signing, filters or template directories.

use super::world::World;
use crate::model::CommitIdentity;
use crate::tree::{File, Tree};
use git2::{
    Config, DiffOptions, IndexEntry, IndexTime, Oid, Repository, RepositoryInitOptions,
    RepositoryOpenFlags, Signature, Time, TreeEntry,
};
use std::path::{Path, PathBuf};

/// The branch of a new repository.
pub const BRANCH: &str = "main";

/// Who commits, as far as environment and configuration say.
///
/// Order: `GIT_AUTHOR_NAME` and `GIT_AUTHOR_EMAIL`, then `GIT_COMMITTER_*`, then `user.name` and `user.email`.
pub fn identity(world: &World) -> (Option<String>, Option<String>) {
    let configured = configuration(world);
    let of = |author: &str, committer: &str, key: &str| {
        let variable = world
            .var(author)
            .or_else(|| world.var(committer))
            .map(str::to_owned);
        let value = variable.or_else(|| configured.as_ref()?.get_string(key).ok());
        value.filter(|value| CommitIdentity::fault(value).is_none())
    };
    (
        of("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "user.name"),
        of("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL", "user.email"),
    )
}

/// The person's configuration: `GIT_CONFIG_GLOBAL` where it is set, else the usual files.
pub(super) fn configuration(world: &World) -> Option<Config> {
    let configuration = match world.var("GIT_CONFIG_GLOBAL") {
        Some(path) => Config::open(Path::new(path)),
        None => Config::open_default(),
    };
    configuration.ok()?.snapshot().ok()
}

/// What git said no to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("git cannot {verb}: {cause}")]
pub struct GitError {
    /// What was tried.
    pub verb: &'static str,
    /// What git says.
    pub cause: String,
}

pub(super) trait Verb<T> {
    fn verb(self, verb: &'static str) -> Result<T, GitError>;
}

impl<T> Verb<T> for Result<T, git2::Error> {
    fn verb(self, verb: &'static str) -> Result<T, GitError> {
        self.map_err(|error| GitError {
            verb,
            cause: error.message().to_owned(),
        })
    }
}

/// The repository around `root`, and `root` from the top of its work tree; `None` where there is none, or none with a work tree.
///
/// # Errors
/// There is one, and it cannot be read.
pub(super) fn around(root: &Path) -> Result<Option<(Repository, PathBuf)>, GitError> {
    let none: [&Path; 0] = [];
    let repository = match Repository::open_ext(root, RepositoryOpenFlags::empty(), none) {
        Ok(repository) => repository,
        Err(error) if error.code() == git2::ErrorCode::NotFound => return Ok(None),
        Err(error) => return Err(error).verb("open the repository"),
    };
    let canonical = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let Some(top) = repository.workdir().map(canonical) else {
        return Ok(None);
    };
    let below = canonical(root).strip_prefix(&top).map(Path::to_owned);
    Ok(below.ok().map(|below| (repository, below)))
}

/// What is committed.
#[derive(Clone, Copy, Debug)]
pub struct FirstCommit<'a> {
    /// Who commits.
    pub identity: &'a CommitIdentity,
    /// When, in seconds since 1970.
    pub time: i64,
    /// The message.
    pub message: &'a str,
}

/// Makes a repository in `root`, adds every file of `tree` whatever ignore rules say, and commits.
///
/// The objects are made from the bytes in memory, so that no line-end or filter setting changes them; the committed tree is
/// compared with `tree`. Without a commit, the files are in the index only. `remote` becomes `origin` unless it is empty.
///
/// # Errors
/// Anything that git refuses, and a commit that does not hold exactly the tree.
pub fn create_repository(
    root: &Path,
    tree: &Tree,
    commit: Option<FirstCommit<'_>>,
    remote: &str,
) -> Result<(), GitError> {
    let mut options = RepositoryInitOptions::new();
    options
        .initial_head(BRANCH)
        .external_template(false)
        .no_reinit(true);
    let repository = Repository::init_opts(root, &options).verb("make the repository")?;
    let mut index = repository.index().verb("open the index")?;
    for (path, file) in tree.iter() {
        let id = repository.blob(&file.bytes).verb("store a file")?;
        index
            .add(&entry(Path::new(path.as_str()), id, mode(file)))
            .verb("add a file")?;
    }
    index.write().verb("write the index")?;
    refresh(&repository).verb("refresh the index")?;
    if !remote.is_empty() {
        repository.remote("origin", remote).verb("set the remote")?;
    }
    let Some(commit) = commit else { return Ok(()) };
    let id = index.write_tree().verb("write the tree")?;
    let written = repository.find_tree(id).verb("read the tree")?;
    let time = Time::new(commit.time, 0);
    let signature = Signature::new(&commit.identity.name, &commit.identity.email, &time)
        .verb("sign as this person")?;
    repository
        .commit(
            Some("HEAD"),
            &signature,
            &signature,
            commit.message,
            &written,
            &[],
        )
        .verb("commit")?;
    check(&repository, tree)
}

/// A file's mode as git writes it.
pub(super) fn mode(file: &File) -> u32 {
    0o100_000 | file.mode.bits()
}

/// An entry of the index for an object. What it does not say of the file in the work tree, [`refresh`] adds.
pub(super) fn entry(place: &Path, id: Oid, mode: u32) -> IndexEntry {
    IndexEntry {
        ctime: IndexTime::new(0, 0),
        mtime: IndexTime::new(0, 0),
        dev: 0,
        ino: 0,
        mode,
        uid: 0,
        gid: 0,
        file_size: 0,
        id,
        flags: 0,
        flags_extended: 0,
        path: place.to_string_lossy().into_owned().into_bytes(),
    }
}

/// Whether something committed is a file of the tree, with its mode and its bytes.
fn is_planned(
    repository: &Repository,
    tree: &Tree,
    directory: &str,
    entry: &TreeEntry<'_>,
) -> bool {
    let path = entry.name().ok().map(|name| format!("{directory}{name}"));
    let file = path.and_then(|path| tree.get(&path.parse().ok()?));
    let committed = repository.find_blob(entry.id());
    file.is_some_and(|file| {
        entry.filemode().cast_unsigned() == mode(file)
            && committed.is_ok_and(|blob| blob.content() == file.bytes)
    })
}

/// Writes size and time of the files into the index. Without them `git apply --index` takes every file for a changed one,
/// until some other command has looked.
pub(super) fn refresh(repository: &Repository) -> Result<(), git2::Error> {
    let mut options = DiffOptions::new();
    options.update_index(true);
    repository
        .diff_index_to_workdir(None, Some(&mut options))
        .map(drop)
}

/// Whether the commit holds exactly the tree.
///
/// One walk: looking each path up would read its directory anew each time.
fn check(repository: &Repository, tree: &Tree) -> Result<(), GitError> {
    let committed = repository
        .head()
        .and_then(|head| head.peel_to_tree())
        .verb("read the commit")?;
    let (mut count, mut same) = (0, true);
    committed
        .walk(git2::TreeWalkMode::PreOrder, |directory, entry| {
            if entry.kind() != Some(git2::ObjectType::Tree) {
                count += 1;
                same &= is_planned(repository, tree, directory, entry);
            }
            git2::TreeWalkResult::Ok
        })
        .verb("read the commit")?;
    if same && count == tree.len() {
        return Ok(());
    }
    Err(GitError {
        verb: "keep its word",
        cause: "the commit does not hold the planned files".to_owned(),
    })
}
