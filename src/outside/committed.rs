//! What git has of the files of a repository: what is in its last commit comes back, whatever becomes of the file.

use super::git::{GitError, around};
use crate::reconcile::same;
use crate::tree::{File, Mode, RelPath};
use git2::{Oid, Repository};
use std::path::{Path, PathBuf};

/// The last commit of the repository around a place.
pub struct Committed {
    repository: Repository,
    /// The tree of the commit; `None` where nothing is committed yet.
    tree: Option<Oid>,
    /// The place, from the top of the repository.
    below: PathBuf,
}

impl Committed {
    /// The last commit around `root`; `None` where there is no git repository with files.
    ///
    /// # Errors
    /// There is one, and it cannot be read.
    pub fn around(root: &Path) -> Result<Option<Self>, GitError> {
        let Some((repository, below)) = around(root)? else {
            return Ok(None);
        };
        let head = repository.head().and_then(|head| head.peel_to_tree());
        let tree = head.ok().map(|tree| tree.id());
        Ok(Some(Self {
            repository,
            tree,
            below,
        }))
    }

    /// Whether the commit has a file as it is, line ends aside.
    pub fn has(&self, path: &RelPath, file: &File) -> bool {
        self.file(path)
            .is_some_and(|committed| same(&committed, file))
    }

    fn file(&self, path: &RelPath) -> Option<File> {
        let tree = self.repository.find_tree(self.tree?).ok()?;
        let entry = tree.get_path(&self.below.join(path.as_str())).ok()?;
        let blob = self.repository.find_blob(entry.id()).ok()?;
        let mode = match entry.filemode() {
            0o100_755 => Mode::Executable,
            0o100_644 | 0o100_664 => Mode::Plain,
            _ => return None,
        };
        Some(File {
            bytes: blob.content().to_vec(),
            mode,
        })
    }
}
