//! Writing a project into a directory that holds other things: what is there stays, or is replaced where that was said. All is written, or
//! nothing. No link is followed.

use super::write::{create, link};
use crate::disk::error::{Context, DiskError};
use crate::expand::{Entry, Staged, StagedFile};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, ErrorKind};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// What becomes of files that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// They stay.
    Kept,
    /// They are replaced.
    Replaced,
}

/// What stands in the way of a file, by path.
pub type Before = BTreeMap<String, Option<StagedFile>>;

/// What stands in a directory where files of a project would go: the file, or nothing where it is something that is read by nobody.
///
/// # Errors
/// Something that cannot be read, a link or a file where a directory is needed, a directory where a file is needed.
pub fn look_into(root: &Path, staged: &Staged) -> Result<Before, DiskError> {
    let mut before = Before::new();
    for (path, entry) in staged.iter() {
        let place = root.join(path);
        let metadata = match fs::symlink_metadata(&place) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error).context("look at", &place),
        };
        match entry {
            Entry::Directory if metadata.is_dir() => {}
            Entry::Directory => {
                let why = if metadata.is_symlink() {
                    "a link stands there, and none is followed"
                } else {
                    "something else stands there"
                };
                return Err(Error::other(why)).context("make the directory", &place);
            }
            Entry::File(_) | Entry::Link(_) if metadata.is_dir() => {
                return Err(Error::other("a directory stands there")).context("write", &place);
            }
            Entry::File(_) | Entry::Link(_) if metadata.is_file() => {
                let bytes = fs::read(&place).context("read", &place)?;
                let mode = metadata.permissions().mode() & 0o777;
                before.insert(path.to_owned(), Some(StagedFile { bytes, mode }));
            }
            Entry::File(_) | Entry::Link(_) => {
                before.insert(path.to_owned(), None);
            }
        }
    }
    Ok(before)
}

/// Writes a project into a directory. `before` is what was found there: what has changed since stops the run. `last` is done when all is
/// written.
///
/// # Errors
/// The system refuses, something changed meanwhile, an interruption, or what `last` says; then everything is as it was.
pub fn write_into(
    root: &Path,
    staged: &Staged,
    (before, existing): (&Before, Existing),
    interrupted: &dyn Fn() -> bool,
    last: &dyn Fn() -> Result<(), DiskError>,
) -> Result<(), DiskError> {
    if look_into(root, staged)? != *before {
        return Err(Error::other("it was changed meanwhile")).context("write into", root);
    }
    let mut done = Done::default();
    for (path, entry) in staged.iter() {
        let place = root.join(path);
        let written = match entry {
            _ if interrupted() => Err(DiskError::Interrupted),
            Entry::Directory => done.directory(&place),
            _ if before.contains_key(path) && existing == Existing::Kept => Ok(()),
            Entry::File(file) => done.put(&place, || create(&place, file)),
            Entry::Link(target) => done.put(&place, || link(&place, target)),
        };
        if let Err(error) = written {
            done.undo();
            return Err(error);
        }
    }
    if let Err(error) = last() {
        done.undo();
        return Err(error);
    }
    done.settle();
    Ok(())
}

/// What was done, to be undone.
#[derive(Default)]
struct Done {
    /// Files and directories, in the order in which they were made.
    made: Vec<(PathBuf, Made)>,
}

enum Made {
    Directory,
    File,
    /// What was there waits here.
    Instead(PathBuf),
}

impl Done {
    fn directory(&mut self, place: &Path) -> Result<(), DiskError> {
        match fs::create_dir(place) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            other => {
                other.context("make the directory", place)?;
                self.made.push((place.to_owned(), Made::Directory));
                Ok(())
            }
        }
    }

    /// Makes something in the place of what may be there.
    fn put(
        &mut self,
        place: &Path,
        write: impl FnOnce() -> Result<(), DiskError>,
    ) -> Result<(), DiskError> {
        let mut made = Made::File;
        if fs::symlink_metadata(place).is_ok() {
            let name = place.file_name().unwrap_or_default().to_string_lossy();
            let aside = place.with_file_name(format!(".{name}.floxwright-old"));
            if fs::symlink_metadata(&aside).is_ok() {
                return Err(DiskError::Exists(aside));
            }
            fs::rename(place, &aside).context("put aside", place)?;
            made = Made::Instead(aside);
        }
        self.made.push((place.to_owned(), made));
        write()
    }

    /// Takes everything back, the last first. What cannot be taken back stays.
    fn undo(self) {
        for (place, made) in self.made.into_iter().rev() {
            let _ = match made {
                Made::Directory => fs::remove_dir(&place),
                Made::File => fs::remove_file(&place),
                Made::Instead(aside) => fs::rename(&aside, &place),
            };
        }
    }

    /// What was put aside is no longer needed.
    fn settle(self) {
        for (_, made) in self.made {
            if let Made::Instead(aside) = made {
                let _ = fs::remove_file(&aside);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    fn staged(files: &[(&str, &str)]) -> Staged {
        let mut staged = Staged::new();
        for (path, text) in files {
            let bytes = text.as_bytes().to_vec();
            staged
                .insert_file(path, StagedFile { bytes, mode: 0o640 })
                .unwrap();
        }
        staged
    }

    fn write(root: &Path, staged: &Staged, existing: Existing) -> Result<(), DiskError> {
        let before = look_into(root, staged)?;
        write_into(root, staged, (&before, existing), &|| false, &|| Ok(()))
    }

    #[test]
    fn what_is_there_stays_or_is_replaced() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        let text = |path: &str| fs::read_to_string(root.join(path)).unwrap();
        fs::write(root.join("a"), "old").unwrap();
        symlink("nowhere", root.join("c")).unwrap();
        let new = staged(&[("a", "new"), ("b/x", "x"), ("c", "c")]);
        write(root, &new, Existing::Kept).unwrap();
        assert_eq!((text("a"), text("b/x")), ("old".into(), "x".into()));
        assert!(fs::symlink_metadata(root.join("c")).unwrap().is_symlink());
        write(root, &new, Existing::Replaced).unwrap();
        assert_eq!((text("a"), text("c")), ("new".into(), "c".into()));
        assert_eq!(fs::read_dir(root).unwrap().count(), 3);
        assert!(!root.join("nowhere").exists());
    }

    #[test]
    fn nothing_is_written_when_something_fails() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        fs::write(root.join("b"), "old").unwrap();
        // What is to be put aside has no place.
        fs::write(root.join(".z.floxwright-old"), "").unwrap();
        fs::write(root.join("z"), "z").unwrap();
        let new = staged(&[("a/x", "x"), ("b", "new"), ("z", "new")]);
        assert!(write(root, &new, Existing::Replaced).is_err());
        assert_eq!(fs::read_to_string(root.join("b")).unwrap(), "old");
        assert!(!root.join("a").exists());
    }

    #[test]
    fn no_link_is_followed() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        fs::create_dir(root.join("elsewhere")).unwrap();
        symlink("elsewhere", root.join("a")).unwrap();
        for existing in [Existing::Kept, Existing::Replaced] {
            assert!(write(root, &staged(&[("a/x", "x")]), existing).is_err());
        }
        assert_eq!(fs::read_dir(root.join("elsewhere")).unwrap().count(), 0);
    }
}
