//! Trees of repositories on servers: fetched by the `git` program into one bare repository, and read from there without a work tree, so
//! that no filter, hook or link of theirs does anything.
#![expect(clippy::disallowed_methods, reason = "this module starts a program")]

use super::git::{GitError, Verb};
use super::git_remote::{RemoteError, complaint};
use super::world::World;
use crate::tree::{File, Mode, RelPath, Tree};
use git2::{ObjectType, Oid, Repository, TreeEntry, TreeWalkMode, TreeWalkResult};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
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
    /// git cannot be started, or does not get there.
    pub fn fetch(&self, address: &str, commit: &str) -> Result<(), RemoteError> {
        let store = self.path.display().to_string();
        git(
            self.world,
            &["init", "--quiet", "--bare", "--template=", "--", &store],
        )?;
        let slow = format!("http.lowSpeedTime={}", self.patience.as_secs().max(1));
        let patient = ["-c", "http.lowSpeedLimit=1", "-c", &slow];
        let place = ["-c", "gc.auto=0", "--git-dir", &store];
        let fetch = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head"];
        let alone = ["--depth", "1", "--", address, commit];
        let fetched = git(self.world, &[&patient, &place, &fetch, &alone[..]].concat());
        fetched.or_else(|_| {
            // Some servers give branches and tags only.
            let all = ["--", address, "refs/heads/*", "refs/tags/*"];
            git(self.world, &[&patient, &place, &fetch, &all[..]].concat())
        })
    }

    /// The files at a commit below a directory; `None` where the commit was not fetched.
    ///
    /// # Errors
    /// What cannot be read; links, other repositories, and trees that are too large.
    pub fn tree(&self, commit: &str, below: &str) -> Result<Option<Tree>, GitError> {
        let found = Repository::open_bare(&self.path).ok().and_then(|store| {
            let id = Oid::from_str(commit).ok()?;
            store.find_commit(id).ok()?.tree_id().into()
        });
        let Some(id) = found else { return Ok(None) };
        let store = Repository::open_bare(&self.path).verb("open its store")?;
        let mut root = store.find_tree(id).verb("read the commit")?;
        if !below.is_empty() {
            let entry = root.get_path(Path::new(below)).verb("find the directory")?;
            root = store.find_tree(entry.id()).verb("read the directory")?;
        }
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

/// Runs git, in no repository but the one that is named.
fn git(world: &World, words: &[&str]) -> Result<(), RemoteError> {
    let output = Command::new("git")
        .args(words)
        .env_clear()
        .envs(&world.env)
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .current_dir(&world.cwd)
        .stdin(Stdio::null())
        .output()
        .map_err(RemoteError::Start)?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(RemoteError::Refused(complaint(&said)))
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
