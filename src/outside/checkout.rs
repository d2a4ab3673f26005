//! Commits on top of a checkout that somebody else made: one after the other, without hooks or signing.

use super::git::{GitError, Verb, entry, mode};
use crate::model::CommitIdentity;
use crate::tree::Tree;
use git2::{ConfigLevel, Repository, Signature, Status, StatusOptions, Time};
use std::path::Path;

/// A repository with a work tree.
pub struct Checkout(Repository);

/// One commit: its message, and the files as they are after it.
#[derive(Clone, Debug)]
pub struct Commit {
    /// The message.
    pub message: String,
    /// The files that it changes.
    pub files: Tree,
}

impl Checkout {
    /// The repository whose work tree has its top at `root`; `None` where there is none.
    ///
    /// # Errors
    /// A repository that cannot be read.
    pub fn at(root: &Path) -> Result<Option<Self>, GitError> {
        match Repository::open(root) {
            Ok(repository) if !repository.is_bare() => Ok(Some(Self(repository))),
            Ok(_) => Ok(None),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(error) => Err(error).verb("open the repository"),
        }
    }

    /// Files that git tracks and that differ from the last commit, at most so many.
    ///
    /// # Errors
    /// Git cannot look.
    pub fn changed(&self, most: usize) -> Result<Vec<String>, GitError> {
        let mut options = StatusOptions::new();
        options
            .include_untracked(false)
            .include_ignored(false)
            .exclude_submodules(true);
        let statuses = self
            .0
            .statuses(Some(&mut options))
            .verb("look for changes")?;
        let changed = statuses
            .iter()
            .filter(|entry| entry.status() != Status::CURRENT);
        let paths = changed.map(|entry| String::from_utf8_lossy(entry.path_bytes()).into_owned());
        Ok(paths.take(most).collect())
    }

    /// Who commits here, as far as the repository's own configuration says.
    pub fn identity(&self) -> (Option<String>, Option<String>) {
        let of = |key: &str| {
            let local = self.0.config().ok()?.open_level(ConfigLevel::Local).ok()?;
            local.get_string(key).ok()
        };
        let good = |value: &String| CommitIdentity::fault(value).is_none();
        (of("user.name").filter(good), of("user.email").filter(good))
    }

    /// The last commit's name, to come back to it; an error where there is none yet.
    ///
    /// # Errors
    /// A repository without a commit.
    pub fn head(&self) -> Result<String, GitError> {
        let head = self.0.head().and_then(|head| head.peel_to_commit());
        let head = head.verb("find the last commit")?;
        Ok(head.id().to_string())
    }

    /// Commits one after the other on top of the last commit. The branch moves once, at the end; what is in the work tree is
    /// not touched, and stands in the index afterwards as it was committed.
    ///
    /// # Errors
    /// Anything that git refuses; then nothing has moved.
    pub fn commit(
        &self,
        commits: &[Commit],
        identity: &CommitIdentity,
        time: i64,
    ) -> Result<(), GitError> {
        let repository = &self.0;
        let signature = Signature::new(&identity.name, &identity.email, &Time::new(time, 0))
            .verb("sign as this person")?;
        let head = repository.head().verb("find the branch")?;
        let mut last = head.peel_to_commit().verb("find the last commit")?;
        let mut index = repository.index().verb("open the index")?;
        for commit in commits {
            for (path, file) in commit.files.iter() {
                let blob = repository.blob(&file.bytes).verb("store a file")?;
                index
                    .add(&entry(Path::new(path.as_str()), blob, mode(file)))
                    .verb("add a file")?;
            }
            let tree = index.write_tree().verb("write the tree")?;
            let tree = repository.find_tree(tree).verb("read the tree")?;
            let message = &commit.message;
            let made = repository
                .commit(None, &signature, &signature, message, &tree, &[&last])
                .verb("commit")?;
            last = repository.find_commit(made).verb("read the commit")?;
        }
        if head.is_branch() {
            let name = head.name().verb("name the branch")?;
            repository
                .reference(name, last.id(), true, "commit: floxwright export")
                .verb("move the branch")?;
        } else {
            repository
                .set_head_detached(last.id())
                .verb("move the head")?;
        }
        index.write().verb("write the index")
    }
}
