//! Trees of repositories on servers: fetched by the `git` program into one bare repository, and read from there without a work tree, so
//! that no filter, hook or link of theirs does anything.

use super::git::{GitError, Verb};
use super::git_program::{Amount, GitProgram, RemoteError};
use super::world::World;
use crate::tree::{File, Mode, RelPath, Tree};
use data_encoding::HEXLOWER;
use git2::{ObjectType, Oid, Repository, TreeEntry, TreeWalkMode, TreeWalkResult};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The most files that a tree may have.
const MOST: usize = 10_000;

/// The most bytes that the files of a tree may have together.
const LARGEST: usize = 64 << 20;

/// A bare repository that holds what was fetched.
pub struct GitStore<'a> {
    path: PathBuf,
    patience: Duration,
    world: &'a World,
}

impl<'a> GitStore<'a> {
    /// The store at a path, which need not be there; `patience` is how long a server may be silent.
    pub fn new(path: &Path, patience: Duration, world: &'a World) -> Self {
        Self {
            path: path.to_owned(),
            patience,
            world,
        }
    }

    /// Fetches a commit, alone where the server gives it alone. Nobody is asked for a password.
    ///
    /// # Errors
    /// git cannot be started, does not get there, is asked for a password, or takes too long.
    pub fn fetch(&self, address: &str, commit: &str) -> Result<(), RemoteError> {
        let git = GitProgram::new(self.world, address, self.patience);
        let store = self.path.to_string_lossy();
        git.here(
            None,
            &["init", "--quiet", "--bare", "--template=", "--", &store],
        )?;
        if address.starts_with("git:") {
            // git itself waits for ever for the first word of such a server.
            git.there(None, &["ls-remote", "--", address, "HEAD"], Amount::List)?;
        }
        let fetch = |what: &[&str]| {
            let fetch = ["--git-dir", &store, "fetch", "--quiet", "--no-tags"];
            let words = [&fetch[..], &["--no-write-fetch-head"], what].concat();
            git.there(None, &words, Amount::Files).map(drop)
        };
        match fetch(&["--depth", "1", "--", address, commit]) {
            // Some servers give branches and tags only.
            Err(RemoteError::Refused(_)) => {
                let [heads, tags] = ["heads", "tags"].map(|kind| all(kind, address));
                fetch(&["--", address, &heads, &tags])
            }
            other => other,
        }
    }

    /// The names of what stands directly in a directory of a commit; `None` where the commit was not fetched.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn names(&self, commit: &str, below: &str) -> Result<Option<BTreeSet<String>>, GitError> {
        let Some((store, root)) = self.directory(commit, below)? else {
            return Ok(None);
        };
        let root = store.find_tree(root).verb("read the directory")?;
        let names = root
            .iter()
            .filter_map(|entry| Some(entry.name().ok()?.to_owned()));
        Ok(Some(names.collect()))
    }

    /// The store, and a directory of a commit in it; `None` where the commit was not fetched.
    fn directory(&self, commit: &str, below: &str) -> Result<Option<(Repository, Oid)>, GitError> {
        let Ok(store) = Repository::open_bare(&self.path) else {
            return Ok(None);
        };
        let found = Oid::from_str(commit).and_then(|id| store.find_commit(id));
        let Ok(mut id) = found.map(|commit| commit.tree_id()) else {
            return Ok(None);
        };
        if !below.is_empty() {
            let root = store.find_tree(id).verb("read the commit")?;
            id = root
                .get_path(Path::new(below))
                .verb("find the directory")?
                .id();
        }
        Ok(Some((store, id)))
    }

    /// The files at a commit below a directory; `None` where the commit was not fetched.
    ///
    /// # Errors
    /// What cannot be read; links, other repositories, and trees that are too large.
    pub fn tree(&self, commit: &str, below: &str) -> Result<Option<Tree>, GitError> {
        let Some((store, root)) = self.directory(commit, below)? else {
            return Ok(None);
        };
        let root = store.find_tree(root).verb("read the directory")?;
        let mut reading = Reading::default();
        let walked = root.walk(TreeWalkMode::PreOrder, |folder, entry| {
            match reading.add((folder, entry), &store) {
                Ok(()) => TreeWalkResult::Ok,
                Err(error) => {
                    reading.fault = Some(error);
                    TreeWalkResult::Abort
                }
            }
        });
        if let Some(fault) = reading.fault {
            return Err(fault);
        }
        walked.verb("read the files")?;
        Ok(Some(reading.tree))
    }
}

/// What fetches all branches or tags of a repository: each repository's have a place of their own in the store.
fn all(kind: &str, address: &str) -> String {
    let repository = HEXLOWER.encode(&Sha256::digest(address));
    format!("+refs/{kind}/*:refs/of/{repository}/{kind}/*")
}

/// What was read of a tree so far.
#[derive(Default)]
struct Reading {
    tree: Tree,
    bytes: usize,
    fault: Option<GitError>,
}

impl Reading {
    fn add(
        &mut self,
        (folder, entry): (&str, &TreeEntry<'_>),
        store: &Repository,
    ) -> Result<(), GitError> {
        let refused = |cause: String| GitError {
            verb: "take its files",
            cause,
        };
        let shown = format!("{folder}{}", entry.name().unwrap_or("?"));
        let mode = match (entry.kind(), entry.filemode()) {
            (Some(ObjectType::Tree), _) => return Ok(()),
            (Some(ObjectType::Blob), 0o100_755) => Mode::Executable,
            (Some(ObjectType::Blob), 0o100_644 | 0o100_664) => Mode::Plain,
            _ => return Err(refused(format!("`{shown}` is no plain file"))),
        };
        let path: RelPath = shown
            .parse()
            .map_err(|error| refused(format!("`{}`: {error}", shown.escape_debug())))?;
        let blob = store.find_blob(entry.id()).verb("read a file")?;
        self.bytes = self.bytes.saturating_add(blob.size());
        if self.bytes > LARGEST || self.tree.len() >= MOST {
            return Err(refused(format!(
                "there are more than {MOST} files or {LARGEST} bytes"
            )));
        }
        let file = File {
            bytes: blob.content().to_vec(),
            mode,
        };
        self.tree.insert(path, file);
        Ok(())
    }
}
