//! Writing a plan into a directory that is not a workspace: all of it, or nothing.

use super::error::{Context, DiskError};
use super::write::write_file;
use crate::plan::{Change, Plan};
use std::fs;
use std::path::{Path, PathBuf};

/// Writes what a plan says below `root`. When something fails, or a file is no longer what the plan was made against,
/// everything is as it was.
///
/// # Errors
/// The system refuses, a link leads elsewhere, or a file was changed meanwhile.
pub fn write_plan(root: &Path, plan: &Plan) -> Result<(), DiskError> {
    let mut done = Done::default();
    for (path, change) in plan.iter() {
        let place = root.join(path.as_str());
        if let Err(error) = no_links(root, &place).and_then(|()| done.one(&place, change)) {
            done.undo();
            return Err(error);
        }
    }
    Ok(())
}

/// What was done, to be undone.
#[derive(Default)]
struct Done {
    made: Vec<PathBuf>,
    directories: Vec<PathBuf>,
    before: Vec<(PathBuf, Vec<u8>)>,
}

impl Done {
    fn one(&mut self, place: &Path, change: &Change) -> Result<(), DiskError> {
        let after = match change {
            Change::Create(after) => {
                if fs::symlink_metadata(place).is_ok() {
                    return Err(DiskError::Exists(place.to_owned()));
                }
                self.make_parents(place)?;
                self.made.push(place.to_owned());
                Some(after)
            }
            Change::Replace { before, after } => {
                self.is_still(place, &before.bytes)?;
                Some(after)
            }
            Change::Remove(before) => {
                self.is_still(place, &before.bytes)?;
                None
            }
        };
        match after {
            Some(after) => write_file(place, &after.bytes),
            None => fs::remove_file(place).context("remove", place),
        }
    }

    /// Whether a file is what the plan was made against; remembers it.
    fn is_still(&mut self, place: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        let found = fs::read(place).context("read", place)?;
        if found != bytes {
            let changed = std::io::Error::other("it was changed meanwhile");
            return Err(changed).context("replace", place);
        }
        self.before.push((place.to_owned(), found));
        Ok(())
    }

    fn make_parents(&mut self, place: &Path) -> Result<(), DiskError> {
        let missing: Vec<&Path> = place
            .ancestors()
            .skip(1)
            .take_while(|directory| fs::symlink_metadata(directory).is_err())
            .collect();
        for directory in missing.into_iter().rev() {
            fs::create_dir(directory).context("make the directory", directory)?;
            self.directories.push(directory.to_owned());
        }
        Ok(())
    }

    fn undo(self) {
        for place in self.made {
            let _ = fs::remove_file(place);
        }
        for directory in self.directories.iter().rev() {
            let _ = fs::remove_dir(directory);
        }
        for (place, bytes) in self.before {
            let _ = write_file(&place, &bytes);
        }
    }
}

/// No directory between the root and a place is a link.
fn no_links(root: &Path, place: &Path) -> Result<(), DiskError> {
    let between = place
        .ancestors()
        .take_while(|directory| *directory != root && directory.starts_with(root));
    for path in between {
        let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
        if is_link {
            let link = std::io::Error::other("it is a link");
            return Err(link).context("write through", path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Tree;

    #[test]
    fn all_is_written_or_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        fs::write(root.join("list"), "one\n").unwrap();
        let before = Tree::from_fixture("//- list\none\n").unwrap();
        let after = Tree::from_fixture("//- list\none\ntwo\n//- new/deep/file\nx\n").unwrap();
        let plan = Plan::between(&before, &after);
        write_plan(root, &plan).unwrap();
        assert_eq!(crate::disk::read_tree(root).unwrap(), after);

        // Now the list has changed, so nothing more is made, and what is there stays.
        let more = Tree::from_fixture("//- a/file\nx\n//- list\none\n3\n").unwrap();
        let error = write_plan(root, &Plan::between(&before, &more)).unwrap_err();
        assert!(error.to_string().contains("cannot replace"), "{error}");
        assert_eq!(crate::disk::read_tree(root).unwrap(), after);
        assert!(!root.join("a").exists());

        std::os::unix::fs::symlink("new", root.join("link")).unwrap();
        let through = Tree::from_fixture("//- link/file\nx\n").unwrap();
        assert!(write_plan(root, &Plan::between(&Tree::new(), &through)).is_err());
    }
}
