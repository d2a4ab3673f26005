//! Reading a template: what it may hold, and how much.

use crate::disk::error::{Context, DiskError};
use crate::expand::{DEEPEST, MOST_BYTES, MOST_ENTRIES, Staged, StagedFile};
use crate::parallel::{in_parallel, processors};
use std::fs::{self, DirEntry, FileType};
use std::io::{Error, ErrorKind, Read};
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

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
        files: Vec::new(),
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
    reader.read()
}

struct Reader<'a> {
    root: &'a Path,
    git_files: GitFiles,
    links: Links,
    staged: Staged,
    /// The files that are still to be read, each with its path below the root.
    files: Vec<(PathBuf, String)>,
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
        if kind.is_file() {
            self.files.push((place, path));
            return Ok(None);
        }
        if !kind.is_dir() {
            return Err(invalid(special(kind))).context("take", &place);
        }
        let added = self.staged.insert_directory(&path);
        added.map_err(Error::other).context("take", &place)?;
        Ok(Some((place, format!("{path}/"))))
    }

    /// Reads the files, by several threads.
    fn read(mut self) -> Result<Staged, DiskError> {
        let left = AtomicU64::new(MOST_BYTES);
        let read = in_parallel(&self.files, processors(), |(place, _)| file(place, &left));
        for (read, (place, path)) in read.into_iter().zip(&self.files) {
            let Some(file) = read? else {
                return Err(invalid("it holds more than 2 GiB")).context("take", self.root);
            };
            let added = self.staged.insert_file(path, file);
            added.map_err(Error::other).context("take", place)?;
        }
        Ok(self.staged)
    }

    fn refuse_too_much(&self, path: &str) -> Result<(), DiskError> {
        if self.staged.len() + self.files.len() >= MOST_ENTRIES {
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

/// One file, as long as it was when it was opened; nothing if it is larger than what is left, of which it takes its part.
fn file(place: &Path, left: &AtomicU64) -> Result<Option<StagedFile>, DiskError> {
    let file = fs::File::open(place).context("read", place)?;
    let metadata = file.metadata().context("read", place)?;
    let size = metadata.len();
    let order = Ordering::Relaxed;
    let taken = left.fetch_update(order, order, |left| left.checked_sub(size));
    if taken.is_err() {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    file.take(size)
        .read_to_end(&mut bytes)
        .context("read", place)?;
    let mode = metadata.permissions().mode() & 0o777;
    Ok(Some(StagedFile { bytes, mode }))
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
