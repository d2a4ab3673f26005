//! A repository's directory: every path is opened beneath it, one component after the other, and no link is followed.

use super::error::{Context, DiskError};
use super::gate::Gate;
use super::read::LARGEST;
use crate::tree::{File, Found, Kind, Mode, RelPath};
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::fs::{self, AtFlags, CWD, FileType, Mode as Bits, OFlags};
use rustix::io::Errno;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

const DIRECTORY: OFlags = OFlags::DIRECTORY
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC)
    .union(OFlags::RDONLY);

/// An open directory that holds a repository.
#[derive(Debug)]
pub struct Root {
    pub(super) path: PathBuf,
    fd: OwnedFd,
    pub(super) gate: Gate,
}

/// The directory that holds a path, or what is there instead of it.
pub(super) enum Parent<'a> {
    /// The open directory.
    Open(Held<'a>),
    /// There is none.
    Absent,
    /// Something on the way is no directory.
    Blocked(RelPath, Kind),
}

/// A directory: the root itself, or one that was opened.
pub(super) enum Held<'a> {
    Root(BorrowedFd<'a>),
    Own(OwnedFd),
}

impl AsFd for Held<'_> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Self::Root(fd) => *fd,
            Self::Own(fd) => fd.as_fd(),
        }
    }
}

impl Root {
    /// Opens the directory.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    pub fn open(path: &Path) -> Result<Self, DiskError> {
        let flags = OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::RDONLY;
        let fd = fs::openat(CWD, path, flags, Bits::empty())
            .map_err(io::Error::from)
            .context("open", path)?;
        Ok(Self {
            path: path.to_owned(),
            fd,
            gate: Gate::default(),
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds what was tried, and with which path of the repository, to an error.
    pub(super) fn named<T>(
        &self,
        result: Result<T, impl Into<io::Error>>,
        verb: &'static str,
        path: &RelPath,
    ) -> Result<T, DiskError> {
        result
            .map_err(Into::into)
            .context(verb, &self.path.join(path.as_str()))
    }

    /// The directory that holds `path`.
    pub(super) fn parent(&self, path: &RelPath) -> Result<Parent<'_>, DiskError> {
        let Some(above) = path.parent() else {
            return Ok(Parent::Open(Held::Root(self.fd.as_fd())));
        };
        let mut held = Held::Root(self.fd.as_fd());
        let mut end = 0;
        for name in above.split('/') {
            end += name.len();
            match fs::openat(&held, name, DIRECTORY, Bits::empty()) {
                Ok(fd) => held = Held::Own(fd),
                Err(Errno::NOENT) => return Ok(Parent::Absent),
                Err(Errno::NOTDIR | Errno::LOOP | Errno::MLINK) => {
                    let by = above.get(..end).unwrap_or(above).parse();
                    let by: RelPath = self.named(by.map_err(io::Error::other), "read", path)?;
                    let stat = fs::statat(&held, name, AtFlags::SYMLINK_NOFOLLOW);
                    let kind = stat.map(|stat| kind(FileType::from_raw_mode(stat.st_mode)));
                    return Ok(Parent::Blocked(by, kind.unwrap_or(Kind::Link)));
                }
                Err(error) => return self.named(Err(error), "open", path),
            }
            end += 1;
        }
        Ok(Parent::Open(held))
    }

    /// What stands at `path`.
    ///
    /// # Errors
    /// It cannot be read, or is a file of more than 64 MiB.
    pub fn look(&self, path: &RelPath) -> Result<Found, DiskError> {
        let held = match self.parent(path)? {
            Parent::Open(held) => held,
            Parent::Absent => return Ok(Found::Absent),
            Parent::Blocked(by, kind) => return Ok(Found::Behind(by, kind)),
        };
        // A pipe must not be waited for.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
        let fd = match fs::openat(&held, path.name(), flags, Bits::empty()) {
            Ok(fd) => fd,
            Err(Errno::NOENT) => return Ok(Found::Absent),
            Err(Errno::LOOP | Errno::MLINK) => return Ok(Found::Other(Kind::Link)),
            Err(Errno::NXIO | Errno::NODEV) => return Ok(Found::Other(Kind::Special)),
            Err(error) => return self.named(Err(error), "read", path),
        };
        let stat = self.named(fs::fstat(&fd), "read", path)?;
        let file_type = FileType::from_raw_mode(stat.st_mode);
        if file_type != FileType::RegularFile {
            return Ok(Found::Other(kind(file_type)));
        }
        let mut bytes = Vec::with_capacity(
            usize::try_from(stat.st_size)
                .unwrap_or_default()
                .min(1 << 20),
        );
        let read = std::fs::File::from(fd)
            .take(LARGEST)
            .read_to_end(&mut bytes);
        self.named(read, "read", path)?;
        if bytes.len() as u64 == LARGEST {
            let large = io::Error::new(io::ErrorKind::InvalidData, "it has more than 64 MiB");
            return self.named(Err(large), "read", path);
        }
        let mode = if stat.st_mode & 0o100 == 0 {
            Mode::Plain
        } else {
            Mode::Executable
        };
        Ok(Found::File(File { bytes, mode }))
    }

    /// The paths of all regular files below a directory of the repository, sorted; none where there is no such directory.
    ///
    /// # Errors
    /// A directory that cannot be read.
    pub fn files_below(&self, directory: &RelPath) -> Result<Vec<RelPath>, DiskError> {
        let (mut open, mut found) = (vec![directory.clone()], Vec::new());
        while let Some(directory) = open.pop() {
            let Parent::Open(held) = self.parent(&directory)? else {
                continue;
            };
            let fd = match fs::openat(&held, directory.name(), DIRECTORY, Bits::empty()) {
                Ok(fd) => fd,
                Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP | Errno::MLINK) => continue,
                Err(error) => return self.named(Err(error), "read", &directory),
            };
            for entry in self.named(fs::Dir::new(fd), "read", &directory)? {
                let entry = self.named(entry, "read", &directory)?;
                let name = entry.file_name().to_string_lossy();
                // A name that is none inside a repository is nothing of ours.
                let Ok(path) = format!("{directory}/{name}").parse::<RelPath>() else {
                    continue;
                };
                match self.file_type(&entry, &path)? {
                    FileType::Directory => open.push(path),
                    FileType::RegularFile => found.push(path),
                    _ => {}
                }
            }
        }
        found.sort();
        Ok(found)
    }

    /// The files below a directory of the repository, sorted; `None` where it, or a directory in it, is empty or holds anything else,
    /// be it a name that no path has.
    ///
    /// # Errors
    /// A directory that cannot be read.
    pub fn contents(&self, directory: &RelPath) -> Result<Option<Vec<RelPath>>, DiskError> {
        let (mut open, mut found) = (vec![directory.clone()], Vec::new());
        while let Some(directory) = open.pop() {
            let held = self.held(&directory)?;
            let fd = fs::openat(&held, directory.name(), DIRECTORY, Bits::empty());
            let fd = self.named(fd, "read", &directory)?;
            let mut is_empty = true;
            for entry in self.named(fs::Dir::new(fd), "read", &directory)? {
                let entry = self.named(entry, "read", &directory)?;
                let name = match entry.file_name().to_str() {
                    Ok("." | "..") => continue,
                    Ok(name) => format!("{directory}/{name}").parse::<RelPath>(),
                    Err(_) => return Ok(None),
                };
                let Ok(path) = name else { return Ok(None) };
                is_empty = false;
                match self.file_type(&entry, &path)? {
                    FileType::Directory => open.push(path),
                    FileType::RegularFile => found.push(path),
                    _ => return Ok(None),
                }
            }
            if is_empty {
                return Ok(None);
            }
        }
        found.sort();
        Ok(Some(found))
    }

    /// What stands directly in a directory of the repository, sorted; `None` means the repository itself. Names that are none inside
    /// a repository are left out.
    ///
    /// # Errors
    /// A directory that cannot be read.
    pub fn entries(&self, directory: Option<&RelPath>) -> Result<Vec<(RelPath, Kind)>, DiskError> {
        // The directory is held as the parent of any name in it.
        let inside = |name: &str| match directory {
            Some(directory) => format!("{directory}/{name}").parse::<RelPath>(),
            None => name.parse(),
        };
        let Ok(probe) = inside("entry") else {
            return Ok(Vec::new());
        };
        let Parent::Open(held) = self.parent(&probe)? else {
            return Ok(Vec::new());
        };
        let fd = fs::openat(&held, ".", DIRECTORY, Bits::empty());
        let fd = self.named(fd, "read", &probe)?;
        let mut found = Vec::new();
        for entry in self.named(fs::Dir::new(fd), "read", &probe)? {
            let entry = self.named(entry, "read", &probe)?;
            let name = entry.file_name().to_string_lossy();
            if let Ok(path) = inside(&name) {
                let kind = kind(self.file_type(&entry, &path)?);
                found.push((path, kind));
            }
        }
        found.sort();
        Ok(found)
    }

    /// Some file systems do not tell the type with the name.
    fn file_type(&self, entry: &fs::DirEntry, path: &RelPath) -> Result<FileType, DiskError> {
        match (entry.file_type(), self.parent(path)?) {
            (FileType::Unknown, Parent::Open(held)) => {
                let stat = fs::statat(&held, path.name(), AtFlags::SYMLINK_NOFOLLOW);
                Ok(FileType::from_raw_mode(
                    self.named(stat, "read", path)?.st_mode,
                ))
            }
            (known, _) => Ok(known),
        }
    }
}

fn kind(file_type: FileType) -> Kind {
    match file_type {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Directory,
        FileType::Symlink => Kind::Link,
        _ => Kind::Special,
    }
}
