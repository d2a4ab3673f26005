//! Reading a template: what it may hold, and how much.

use crate::disk::error::{Context, DiskError};
use crate::expand::{Staged, StagedFile};
use std::fs::{self, DirEntry, FileType};
use std::io::{Error, ErrorKind, Read};
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// The most files and directories.
const MOST_ENTRIES: usize = 200_000;

/// The most bytes, of all files together.
const MOST_BYTES: u64 = 2 << 30;

/// The most directories one inside the other.
const DEEPEST: usize = 100;

/// What becomes of a file `.git`, which ties a directory to a repository elsewhere. A directory of this name never counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GitFiles {
    /// It is a file like others.
    Kept,
    /// It is left out.
    LeftOut,
}

/// What becomes of symbolic links. None is ever followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// They are taken as links.
    Kept,
    /// They are left out, and noted.
    LeftOut,
}

/// Everything below a directory.
///
/// # Errors
/// A directory or file that cannot be read, devices, pipes and sockets, and more than a template can hold.
pub fn read_staged(root: &Path, git_files: GitFiles, links: Links) -> Result<Staged, DiskError> {
    fs::read_dir(root).context("read", root)?;
    let mut reader = Reader {
        root,
        git_files,
        links,
        staged: Staged::new(),
        bytes: 0,
    };
    let mut open = vec![(root.to_owned(), String::new())];
    while let Some((directory, prefix)) = open.pop() {
        let entries = fs::read_dir(&directory).context("read", &directory)?;
        let mut entries: Vec<DirEntry> = entries
            .collect::<Result<_, _>>()
            .context("read", &directory)?;
        entries.sort_by_key(DirEntry::file_name);
        for entry in entries {
            open.extend(reader.entry(&entry, &prefix)?);
        }
    }
    Ok(reader.staged)
}

struct Reader<'a> {
    root: &'a Path,
    git_files: GitFiles,
    links: Links,
    staged: Staged,
    bytes: u64,
}

impl Reader<'_> {
    /// Takes one entry up; a directory is given back, to be read in turn.
    fn entry(
        &mut self,
        entry: &DirEntry,
        prefix: &str,
    ) -> Result<Option<(PathBuf, String)>, DiskError> {
        let place = entry.path();
        let kind = entry.file_type().context("read", &place)?;
        let name = entry.file_name().into_string().map_err(|name| {
            let shown = name.to_string_lossy();
            Error::new(
                ErrorKind::InvalidData,
                format!("the name `{shown}` is not UTF-8"),
            )
        });
        let name = name.context("take", &place)?;
        let path = format!("{prefix}{name}");
        if name == ".git" && (kind.is_dir() || self.git_files == GitFiles::LeftOut) {
            return Ok(None);
        }
        self.refuse_too_much(&path)?;
        if kind.is_symlink() {
            let target = fs::read_link(&place).context("read", &place)?;
            let target = target.to_string_lossy();
            if self.links == Links::LeftOut {
                let why = format!("it is a link to `{target}`");
                self.staged.leave_out(path, why);
                return Ok(None);
            }
            let added = self.staged.insert_link(&path, target);
            added.map_err(Error::other).context("take", &place)?;
            return Ok(None);
        }
        let added = if kind.is_dir() {
            self.staged.insert_directory(&path)
        } else if kind.is_file() {
            let file = self.file(&place)?;
            self.staged.insert_file(&path, file)
        } else {
            return Err(invalid(special(kind))).context("take", &place);
        };
        added.map_err(Error::other).context("take", &place)?;
        Ok(kind.is_dir().then(|| (place, format!("{path}/"))))
    }

    fn file(&mut self, place: &Path) -> Result<StagedFile, DiskError> {
        let file = fs::File::open(place).context("read", place)?;
        let metadata = file.metadata().context("read", place)?;
        let left = MOST_BYTES - self.bytes;
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(left)).unwrap_or(0));
        file.take(left + 1)
            .read_to_end(&mut bytes)
            .context("read", place)?;
        self.bytes += bytes.len() as u64;
        if self.bytes > MOST_BYTES {
            return Err(invalid("it holds more than 2 GiB")).context("take", self.root);
        }
        Ok(StagedFile {
            bytes,
            mode: metadata.permissions().mode() & 0o777,
        })
    }

    fn refuse_too_much(&self, path: &str) -> Result<(), DiskError> {
        if self.staged.len() >= MOST_ENTRIES {
            let many = "it holds more than 200000 files and directories";
            return Err(invalid(many)).context("take", self.root);
        }
        if path.matches('/').count() >= DEEPEST {
            let deep = "it holds more than 100 directories one inside the other";
            return Err(invalid(deep)).context("take", self.root);
        }
        Ok(())
    }
}

fn invalid(why: &str) -> Error {
    Error::new(ErrorKind::InvalidData, why)
}

fn special(kind: FileType) -> &'static str {
    if kind.is_fifo() {
        "it is a pipe"
    } else if kind.is_socket() {
        "it is a socket"
    } else {
        "it is a device"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn files_with_their_bits_and_empty_directories_are_read() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        for path in [".git", "a/.git", "empty"] {
            fs::create_dir_all(root.join(path)).unwrap();
        }
        for (path, mode) in [("a/run", 0o755), ("secret", 0o600), ("b.git", 0o644)] {
            fs::write(root.join(path), path).unwrap();
            fs::set_permissions(root.join(path), fs::Permissions::from_mode(mode)).unwrap();
        }
        fs::create_dir(root.join("sub")).unwrap();
        fs::write(root.join("sub/.git"), "gitdir: elsewhere").unwrap();
        symlink("/etc/passwd", root.join("link")).unwrap();
        let staged = read_staged(root, GitFiles::LeftOut, Links::LeftOut).unwrap();
        let paths: Vec<&str> = staged.iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["a", "a/run", "b.git", "empty", "secret", "sub"]);
        assert_eq!(staged.file("a/run").unwrap().mode, 0o755);
        assert_eq!(staged.file("secret").unwrap().mode, 0o600);
        assert_eq!(staged.left_out()[0].why, "it is a link to `/etc/passwd`");
        let kept = read_staged(root, GitFiles::Kept, Links::Kept).unwrap();
        assert!(kept.file("sub/.git").is_some());
        assert_eq!(kept.links().collect::<Vec<_>>(), [("link", "/etc/passwd")]);
    }

    #[test]
    fn what_is_no_file_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(directory.path().join("s")).unwrap();
        let error = read_staged(directory.path(), GitFiles::Kept, Links::Kept).unwrap_err();
        assert!(error.to_string().contains("cannot take"), "{error}");
        assert!(read_staged(Path::new("/nowhere"), GitFiles::Kept, Links::Kept).is_err());
    }

    #[test]
    fn what_is_too_deep_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let deep = "d/".repeat(DEEPEST + 2);
        fs::create_dir_all(directory.path().join(deep)).unwrap();
        assert!(read_staged(directory.path(), GitFiles::Kept, Links::Kept).is_err());
    }
}
