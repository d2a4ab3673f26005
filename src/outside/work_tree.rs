//! One commit of exactly the files of a change, on top of the branch that is checked out: without hooks or signing, and without what
//! else is staged.

use super::git::{GitError, Verb, around, entry, mode, refresh};
use super::world::World;
use crate::model::CommitIdentity;
use crate::tree::{File, Mode, RelPath};
use git2::build::TreeUpdateBuilder;
use git2::{
    ConfigLevel, FileMode, ObjectType, Oid, Reference, Repository, RepositoryState, Signature,
    Status, Time,
};
use std::path::{Path, PathBuf};

/// The git repository around a workspace.
pub struct WorkTree {
    repository: Repository,
    /// The workspace, from the top of the repository.
    below: PathBuf,
}

/// Who commits, and when.
#[derive(Clone, Debug)]
pub struct Committer {
    /// Who.
    pub identity: CommitIdentity,
    /// When, in seconds since 1970.
    pub time: i64,
}

/// Why nothing can be committed on top of what is checked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Hindrance {
    /// A commit would belong to no branch.
    #[error("the HEAD is detached: a commit would belong to no branch")]
    Detached,
    /// The branch has no commit yet.
    #[error("the branch has no commit yet")]
    Unborn,
    /// A merge, a rebase or the like is going on.
    #[error("git is in the middle of something: a merge, a rebase, a bisection")]
    Busy,
}

/// A file of a change: its path, and what it becomes; `None` where it goes.
pub type Changed<'a> = (&'a RelPath, Option<&'a File>);

impl WorkTree {
    /// The repository around `root`; `None` where there is none, or none with a work tree.
    ///
    /// # Errors
    /// There is one, and it cannot be read.
    pub fn around(root: &Path) -> Result<Option<Self>, GitError> {
        Ok(around(root)?.map(|(repository, below)| Self { repository, below }))
    }

    fn place(&self, path: &RelPath) -> PathBuf {
        self.below.join(path.as_str())
    }

    /// Why nothing can be committed here, if so.
    ///
    /// # Errors
    /// The repository cannot be read.
    pub fn hindrance(&self) -> Result<Option<Hindrance>, GitError> {
        if self.repository.state() != RepositoryState::Clean {
            return Ok(Some(Hindrance::Busy));
        }
        if self.repository.head_detached().verb("find the branch")? {
            return Ok(Some(Hindrance::Detached));
        }
        match self.repository.head() {
            Ok(_) => Ok(None),
            Err(error) if error.code() == git2::ErrorCode::UnbornBranch => {
                Ok(Some(Hindrance::Unborn))
            }
            Err(error) => Err(error).verb("find the branch"),
        }
    }

    /// Whether a file differs from the last commit, in the work tree or in the index.
    ///
    /// # Errors
    /// git cannot look.
    pub fn is_changed(&self, path: &RelPath) -> Result<bool, GitError> {
        match self.repository.status_file(&self.place(path)) {
            Ok(status) => Ok(status != Status::CURRENT),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(false),
            Err(error) => Err(error).verb("look for changes"),
        }
    }

    /// Who commits: the environment, then the repository's configuration, then the person's.
    pub fn identity(&self, world: &World) -> (Option<String>, Option<String>) {
        let known = super::git::identity(world);
        let local = |key: &str| {
            let config = self.repository.config().ok()?;
            let value = config.open_level(ConfigLevel::Local).ok()?.get_string(key);
            value
                .ok()
                .filter(|value| CommitIdentity::fault(value).is_none())
        };
        let says = |names: [&str; 2]| names.iter().any(|name| world.var(name).is_some());
        let one = |names, key, known: Option<String>| match known {
            known if says(names) => known,
            known => local(key).or(known),
        };
        let names = ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"];
        let emails = ["GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"];
        (
            one(names, "user.name", known.0),
            one(emails, "user.email", known.1),
        )
    }

    /// Whether there is a tag of this name.
    ///
    /// # Errors
    /// A name that no tag can have.
    pub fn has_tag(&self, name: &str) -> Result<bool, GitError> {
        let full = format!("refs/tags/{name}");
        if !Reference::is_valid_name(&full) {
            return Err(GitError {
                verb: "take this name for a tag",
                cause: format!("`{}` is none", name.escape_debug()),
            });
        }
        Ok(self.repository.find_reference(&full).is_ok())
    }

    /// Commits the files, which are in the work tree already, and nothing else. The index has them afterwards as they were
    /// committed; what else is staged stays so. Returns the commit's name.
    ///
    /// # Errors
    /// Anything that git refuses; then the branch has not moved.
    pub fn commit(
        &self,
        files: &[Changed<'_>],
        message: &str,
        committer: &Committer,
    ) -> Result<String, GitError> {
        let last = self
            .repository
            .head()
            .and_then(|head| head.peel_to_commit());
        let last = last.verb("find the last commit")?;
        let mut index = self.repository.index().verb("open the index")?;
        let mut update = TreeUpdateBuilder::new();
        for (path, file) in files {
            let place = self.place(path);
            index.conflict_remove(&place).ok();
            if let Some(file) = file {
                let id = self.stored(&place, file).verb("store a file")?;
                let kind = match file.mode {
                    Mode::Executable => FileMode::BlobExecutable,
                    Mode::Plain => FileMode::Blob,
                };
                update.upsert(place.to_string_lossy().as_ref(), id, kind);
                index
                    .add(&entry(&place, id, mode(file)))
                    .verb("add a file")?;
            } else {
                update.remove(place.to_string_lossy().as_ref());
                index.remove(&place, 0).ok();
            }
        }
        let tree = last.tree().verb("read the last commit")?;
        let tree = update.create_updated(&self.repository, &tree);
        let tree = tree.and_then(|id| self.repository.find_tree(id));
        let tree = tree.verb("write the tree")?;
        let signature = signature(committer)?;
        let made = self
            .repository
            .commit(
                Some("HEAD"),
                &signature,
                &signature,
                message,
                &tree,
                &[&last],
            )
            .verb("commit")?;
        index.write().verb("write the index")?;
        refresh(&self.repository).verb("refresh the index")?;
        Ok(made.to_string())
    }

    /// The object of a file. One with the line ends of another system is stored as git stores it, with the repository's filters.
    fn stored(&self, place: &Path, file: &File) -> Result<Oid, git2::Error> {
        match self.repository.workdir() {
            Some(top) if file.bytes.windows(2).any(|two| two == b"\r\n") => {
                self.repository.blob_path(&top.join(place))
            }
            _ => self.repository.blob(&file.bytes),
        }
    }

    /// Makes an annotated tag of a commit.
    ///
    /// # Errors
    /// There is one of this name; anything else that git refuses.
    pub fn tag(
        &self,
        name: &str,
        commit: &str,
        message: &str,
        committer: &Committer,
    ) -> Result<(), GitError> {
        let id = Oid::from_str(commit).verb("read the commit's name")?;
        let target = self
            .repository
            .find_object(id, Some(ObjectType::Commit))
            .verb("find the commit")?;
        let signature = signature(committer)?;
        self.repository
            .tag(name, &target, &signature, message, false)
            .map(drop)
            .verb("make the tag")
    }
}

fn signature(committer: &Committer) -> Result<Signature<'static>, GitError> {
    let CommitIdentity { name, email } = &committer.identity;
    Signature::new(name, email, &Time::new(committer.time, 0)).verb("sign as this person")
}
