//! Making a new repository: everything is prepared in a directory beside the target, then renamed once. The target is absent
//! or complete at every moment.
//!
//! The directory holds a locked file, so that what a killed run left behind is known from what a running one is using. The files
//! are not flushed one by one: against a kill the rename is enough, and a whole new tree is cheap to make again after a power
//! loss.

use super::beside::beside;
use super::error::{Context, DiskError};
use crate::tree::{Mode, RelPath, Tree};
use rustix::fs::{CWD, RenameFlags, renameat_with};
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often, and after how long, a run tries to have its turn.
const TURNS: usize = 100;
const TURN: Duration = Duration::from_millis(10);

/// The locked file in the staging directory.
const LOCK: &str = "lock";

/// A prepared repository on its way to its target. Dropped before [`Staging::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    directory: PathBuf,
    /// Directories above the target that had to be made, outermost first.
    made_parents: Vec<PathBuf>,
    /// Keeps the lock until the staging is gone.
    _lock: fs::File,
    /// Whether the staging directory is gone already.
    finished: bool,
}

impl Staging {
    /// Begins the way to `target`, an absolute path. Sweeps what a killed run left.
    ///
    /// # Errors
    /// Another run is on the same way; a directory that cannot be made.
    pub fn begin(target: &Path) -> Result<Self, DiskError> {
        let made_parents = make_parents(target.parent().unwrap_or(target))?;
        let directory = beside(target);
        match Self::claim(&directory) {
            Ok(lock) => Ok(Self {
                target: target.to_owned(),
                directory,
                made_parents,
                _lock: lock,
                finished: false,
            }),
            Err(error) => {
                remove_made(&made_parents);
                Err(error)
            }
        }
    }

    /// Makes the staging directory and locks it; a leftover that nobody locks is removed first.
    fn claim(directory: &Path) -> Result<fs::File, DiskError> {
        let _turn = turn(directory);
        if is_at_work(directory) {
            return Err(DiskError::Locked(directory.to_owned()));
        }
        if fs::symlink_metadata(directory).is_ok() {
            fs::remove_dir_all(directory).context("remove the leftover", directory)?;
        }
        match fs::create_dir(directory) {
            // Another run was quicker.
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(DiskError::Locked(directory.to_owned()));
            }
            other => other.context("make the directory", directory)?,
        }
        let furnished = furnish(directory);
        if let Err(DiskError::Io { .. }) = &furnished {
            let _ = fs::remove_dir_all(directory);
        }
        furnished
    }

    /// Removes what a killed run left on the way to `target`, which stands by now. What cannot be removed stays.
    pub fn sweep(target: &Path) {
        let directory = beside(target);
        let _turn = turn(&directory);
        if fs::symlink_metadata(&directory).is_ok() && !is_at_work(&directory) {
            let _ = fs::remove_dir_all(&directory);
        }
    }

    /// Where the repository is being prepared.
    pub fn root(&self) -> PathBuf {
        self.directory.join("tree")
    }

    /// Writes the files. `interrupted` is asked before each of them.
    ///
    /// # Errors
    /// A file that cannot be written, or an interruption.
    pub fn write(&self, tree: &Tree, interrupted: &dyn Fn() -> bool) -> Result<(), DiskError> {
        for (path, file) in tree.iter() {
            if interrupted() {
                return Err(DiskError::Interrupted);
            }
            self.write_one(path, &file.bytes, file.mode)?;
        }
        Ok(())
    }

    fn write_one(&self, path: &RelPath, bytes: &[u8], mode: Mode) -> Result<(), DiskError> {
        let place = self.root().join(path.as_str());
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent).context("make the directory", parent)?;
        }
        let bits = if mode == Mode::Executable {
            0o777
        } else {
            0o666
        };
        let mut options = fs::OpenOptions::new();
        let mut file = options
            .write(true)
            .create_new(true)
            .mode(bits)
            .open(&place)
            .context("write", &place)?;
        file.write_all(bytes).context("write", &place)
    }

    /// Removes a directory of the prepared repository, if it is there.
    ///
    /// # Errors
    /// The system refuses.
    pub fn forget(&self, directory: &str) -> Result<(), DiskError> {
        let place = self.root().join(directory);
        match fs::remove_dir_all(&place) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            other => other.context("remove", &place),
        }
    }

    /// Whether something can be written here at all: git's library does not say why it could not write.
    ///
    /// # Errors
    /// What the system says.
    pub fn try_out(&self) -> Result<(), DiskError> {
        let place = self.directory.join("try");
        let tried = fs::write(&place, vec![0; 64 * 1024]).context("write", &place);
        let _ = fs::remove_file(&place);
        tried
    }

    /// Removes what lies at the top of the prepared repository and is no part of it: git's library tries out there what the
    /// file system can do.
    ///
    /// # Errors
    /// The system refuses.
    pub fn keep_only(&self, tree: &Tree) -> Result<(), DiskError> {
        let root = self.root();
        let ours = |name: &str| {
            name == ".git"
                || tree
                    .paths()
                    .any(|path| path.components().next() == Some(name))
        };
        for entry in fs::read_dir(&root).context("read", &root)? {
            let place = entry.context("read", &root)?.path();
            let name = place.file_name().unwrap_or_default().to_string_lossy();
            if !ours(&name) {
                fs::remove_file(&place).context("remove", &place)?;
            }
        }
        Ok(())
    }

    /// Renames the repository to its target, without replacing anything but an empty directory.
    ///
    /// # Errors
    /// Something stands at the target by now; the system refuses.
    pub fn finish(mut self) -> Result<(), DiskError> {
        let tree = self.root();
        let renamed = match renameat_with(CWD, &tree, CWD, &self.target, RenameFlags::NOREPLACE) {
            // A directory that is there can be replaced when it is empty; rename itself refuses any other.
            Err(rustix::io::Errno::EXIST | rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {
                self.replace_empty(&tree)
            }
            other => other
                .map_err(std::io::Error::from)
                .context("make", &self.target),
        };
        renamed?;
        self.made_parents.clear();
        let _ = fs::remove_dir_all(&self.directory);
        self.finished = true;
        Ok(())
    }

    fn replace_empty(&self, tree: &Path) -> Result<(), DiskError> {
        match fs::symlink_metadata(&self.target) {
            Ok(metadata) if !metadata.is_dir() => {
                return Err(DiskError::Exists(self.target.clone()));
            }
            _ => {}
        }
        fs::rename(tree, &self.target).or_else(|error| match error.kind() {
            std::io::ErrorKind::DirectoryNotEmpty | std::io::ErrorKind::AlreadyExists => {
                Err(DiskError::Exists(self.target.clone()))
            }
            _ => Err(error).context("make", &self.target),
        })
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_dir_all(&self.directory);
            remove_made(&self.made_parents);
        }
    }
}

/// Runs look for leftovers one after the other: one that has only just made its directory has no lock in it yet. Where the
/// directory above cannot be locked, or somebody else holds it, they take their chances.
fn turn(directory: &Path) -> Option<fs::File> {
    let above = fs::File::open(directory.parent()?).ok()?;
    for _ in 0..TURNS {
        match above.try_lock() {
            Ok(()) => return Some(above),
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(TURN),
            Err(fs::TryLockError::Error(_)) => return None,
        }
    }
    None
}

/// Whether a run is at work in a staging directory.
fn is_at_work(directory: &Path) -> bool {
    let lock = fs::File::open(directory.join(LOCK));
    lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(fs::TryLockError::WouldBlock)))
}

/// The lock and the directory for the repository.
fn furnish(directory: &Path) -> Result<fs::File, DiskError> {
    let path = directory.join(LOCK);
    let lock = fs::File::create(&path).context("write", &path)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(fs::TryLockError::WouldBlock) => return Err(DiskError::Locked(directory.to_owned())),
        Err(fs::TryLockError::Error(error)) => return Err(error).context("lock", &path),
    }
    let tree = directory.join("tree");
    fs::create_dir(&tree).context("make the directory", &tree)?;
    Ok(lock)
}

/// Makes the directories that are missing; returns them, outermost first.
fn make_parents(parent: &Path) -> Result<Vec<PathBuf>, DiskError> {
    let missing: Vec<PathBuf> = parent
        .ancestors()
        .take_while(|ancestor| fs::symlink_metadata(ancestor).is_err())
        .map(Path::to_owned)
        .collect();
    let mut made = Vec::new();
    for directory in missing.into_iter().rev() {
        if let Err(error) = fs::create_dir(&directory).context("make the directory", &directory) {
            remove_made(&made);
            return Err(error);
        }
        made.push(directory);
    }
    Ok(made)
}

fn remove_made(made: &[PathBuf]) {
    for directory in made.iter().rev() {
        let _ = fs::remove_dir(directory);
    }
}
