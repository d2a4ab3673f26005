//! The single steps by which a repository changes; each passes the gate, and none follows a link.

use super::error::DiskError;
use super::root::{Held, Parent, Root};
use crate::tree::RelPath;
use rustix::fs::{self, AtFlags, Mode as Bits, OFlags, RenameFlags};
use rustix::io::Errno;
use std::io::{self, Write};

/// What a rename does with what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Replace {
    /// It is gone.
    Yes,
    /// The rename fails.
    No,
    /// The two change places; where the file system cannot do that, it is gone.
    Exchange,
}

/// How a file is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct How {
    /// Permissions; `None` leaves those that the process gives to new files, with those to execute where `executable`.
    pub(super) bits: Option<u32>,
    pub(super) executable: bool,
    /// Whether the bytes have to be on the disk before the next step.
    pub(super) flush: bool,
}

impl Root {
    fn step<T>(
        &self,
        verb: &'static str,
        path: &RelPath,
        run: impl FnOnce() -> Result<T, io::Error>,
    ) -> Result<T, DiskError> {
        self.named(self.gate.pass(verb).and_then(|()| run()), verb, path)
    }

    /// The directory that holds `path`; it has to be there.
    pub(super) fn held(&self, path: &RelPath) -> Result<Held<'_>, DiskError> {
        let error = match self.parent(path)? {
            Parent::Open(held) => return Ok(held),
            Parent::Absent => io::Error::from(io::ErrorKind::NotFound),
            Parent::Blocked(by, kind) => io::Error::new(
                io::ErrorKind::NotADirectory,
                format!("`{by}` is {}", kind.name()),
            ),
        };
        self.named(Err(error), "reach", path)
    }

    /// Makes the directories above `path` that are missing.
    pub(super) fn make_above(&self, path: &RelPath) -> Result<(), DiskError> {
        for above in above(path).into_iter().rev() {
            let held = self.held(&above)?;
            match fs::statat(&held, above.name(), AtFlags::SYMLINK_NOFOLLOW) {
                Ok(_) => {}
                Err(_) => self.make(&above)?,
            }
        }
        Ok(())
    }

    /// Makes a directory, if nothing is there.
    pub(super) fn make(&self, path: &RelPath) -> Result<(), DiskError> {
        let held = self.held(path)?;
        self.step("make the directory", path, || {
            match fs::mkdirat(&held, path.name(), Bits::from_raw_mode(0o777)) {
                Err(Errno::EXIST) => Ok(()),
                other => other.map_err(Into::into),
            }
        })
    }

    /// Writes a file that is not there yet.
    pub(super) fn write(&self, path: &RelPath, bytes: &[u8], how: How) -> Result<(), DiskError> {
        let held = self.held(path)?;
        let flags =
            OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let bits = if how.executable { 0o777 } else { 0o666 };
        let mut file = self.step("write", path, || {
            let fd = fs::openat(&held, path.name(), flags, Bits::from_raw_mode(bits))?;
            Ok(std::fs::File::from(fd))
        })?;
        self.step("write", path, || {
            file.write_all(bytes)?;
            if let Some(bits) = how.bits {
                fs::fchmod(&file, Bits::from_raw_mode(bits))?;
            }
            Ok(())
        })?;
        if how.flush {
            self.step("flush", path, || file.sync_all())?;
        }
        Ok(())
    }

    /// Makes a link where nothing stands.
    pub(super) fn symlink(&self, target: &str, path: &RelPath) -> Result<(), DiskError> {
        let held = self.held(path)?;
        self.step("make the link", path, || {
            fs::symlinkat(target, &held, path.name()).map_err(Into::into)
        })
    }

    /// Permissions of a regular file.
    pub(super) fn bits(&self, path: &RelPath) -> Result<u32, DiskError> {
        let held = self.held(path)?;
        let stat = fs::statat(&held, path.name(), AtFlags::SYMLINK_NOFOLLOW);
        Ok(self.named(stat, "look at", path)?.st_mode & 0o777)
    }

    /// Gives a file a second name. Where the file system has no such thing, `false`.
    pub(super) fn link(&self, from: &RelPath, to: &RelPath) -> Result<bool, DiskError> {
        let (old, new) = (self.held(from)?, self.held(to)?);
        self.step("keep", from, || {
            match fs::linkat(&old, from.name(), &new, to.name(), AtFlags::empty()) {
                Err(
                    Errno::PERM
                    | Errno::OPNOTSUPP
                    | Errno::XDEV
                    | Errno::MLINK
                    | Errno::ACCESS
                    | Errno::NOSYS,
                ) => Ok(false),
                other => other.map(|()| true).map_err(Into::into),
            }
        })
    }

    /// Renames a file or a directory.
    pub(super) fn rename(
        &self,
        from: &RelPath,
        to: &RelPath,
        replace: Replace,
    ) -> Result<(), DiskError> {
        let (old, new) = (self.held(from)?, self.held(to)?);
        self.step("replace", to, || {
            let flags = match replace {
                Replace::Yes => RenameFlags::empty(),
                Replace::No => RenameFlags::NOREPLACE,
                Replace::Exchange => RenameFlags::EXCHANGE,
            };
            match fs::renameat_with(&old, from.name(), &new, to.name(), flags) {
                // The file system knows no such flag; that nothing is there has been looked at.
                Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {
                    fs::renameat(&old, from.name(), &new, to.name()).map_err(Into::into)
                }
                other => other.map_err(Into::into),
            }
        })
    }

    /// Removes a file; whether there was one.
    pub(super) fn unlink(&self, path: &RelPath) -> Result<bool, DiskError> {
        let held = match self.parent(path)? {
            Parent::Open(held) => held,
            Parent::Absent | Parent::Blocked(..) => return Ok(false),
        };
        self.step("remove", path, || {
            match fs::unlinkat(&held, path.name(), AtFlags::empty()) {
                Err(Errno::NOENT) => Ok(false),
                other => other.map(|()| true).map_err(Into::into),
            }
        })
    }

    /// Removes a directory if it is empty; whether it went.
    pub(super) fn remove_empty(&self, path: &RelPath) -> Result<bool, DiskError> {
        let Parent::Open(held) = self.parent(path)? else {
            return Ok(false);
        };
        self.step("remove", path, || {
            match fs::unlinkat(&held, path.name(), AtFlags::REMOVEDIR) {
                Err(Errno::NOENT | Errno::NOTEMPTY | Errno::EXIST | Errno::NOTDIR) => Ok(false),
                other => other.map(|()| true).map_err(Into::into),
            }
        })
    }

    /// Removes the directories above `path` that are empty, from the innermost on.
    pub(super) fn prune_above(&self, path: &RelPath) -> Result<(), DiskError> {
        for directory in above(path) {
            if !self.remove_empty(&directory)? {
                break;
            }
        }
        Ok(())
    }

    /// Removes a directory with the files in it; it need not be there.
    pub(super) fn remove_all(&self, directory: &RelPath) -> Result<(), DiskError> {
        let files = self.files_below(directory)?;
        let mut directories: Vec<RelPath> = files.iter().flat_map(above).collect();
        for name in ["stage", "undo", "after"] {
            directories.extend(format!("{directory}/{name}").parse::<RelPath>());
        }
        for file in &files {
            self.unlink(file)?;
        }
        directories.push(directory.clone());
        directories.retain(|path| path.as_str().starts_with(directory.as_str()));
        directories.sort();
        directories.dedup();
        for path in directories.iter().rev() {
            self.remove_empty(path)?;
        }
        Ok(())
    }

    /// Puts the names in the directory that holds `path` on the disk.
    pub(super) fn flush_above(&self, path: &RelPath) -> Result<(), DiskError> {
        let held = match self.parent(path)? {
            Parent::Open(held) => held,
            Parent::Absent | Parent::Blocked(..) => return Ok(()),
        };
        self.step("flush", path, || match fs::fsync(&held) {
            // Some file systems do not flush directories.
            Err(Errno::INVAL | Errno::OPNOTSUPP) => Ok(()),
            other => other.map_err(Into::into),
        })
    }

    /// Takes a lock for as long as the returned file is open; the file is made if it is not there.
    pub(super) fn lock(&self, path: &RelPath) -> Result<std::fs::File, DiskError> {
        let held = self.held(path)?;
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = self.step("lock", path, || {
            let fd = fs::openat(&held, path.name(), flags, Bits::from_raw_mode(0o666))?;
            Ok(std::fs::File::from(fd))
        })?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(std::fs::TryLockError::WouldBlock) => Err(DiskError::Busy(self.path.clone())),
            Err(std::fs::TryLockError::Error(error)) => self.named(Err(error), "lock", path),
        }
    }

    /// Whether there is anything at `path`.
    pub(super) fn is_there(&self, path: &RelPath) -> Result<bool, DiskError> {
        let Parent::Open(held) = self.parent(path)? else {
            return Ok(false);
        };
        match fs::statat(&held, path.name(), AtFlags::SYMLINK_NOFOLLOW) {
            Ok(_) => Ok(true),
            Err(Errno::NOENT) => Ok(false),
            Err(error) => self.named(Err(error), "look at", path),
        }
    }
}

/// The directories above a path, innermost first.
pub(super) fn above(path: &RelPath) -> Vec<RelPath> {
    let parents = std::iter::successors(path.parent(), |path| {
        path.rsplit_once('/').map(|(parent, _)| parent)
    });
    parents.filter_map(|parent| parent.parse().ok()).collect()
}
