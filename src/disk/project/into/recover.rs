//! Putting back what a run wrote that did not come to its end; or ending it, where only that is left to do.

use super::journal::{Outline, Piece, Seal, beside, own, read};
use super::{DONE, GIT, Into, OUTLINE, REPOSITORY, SEALS, WORK, git, work};
use crate::disk::error::{Context, DiskError};
use crate::disk::root::Root;
use crate::disk::step::Replace;
use crate::tree::{Found, Kind, RelPath};
use std::fs;
use std::io::{Error, ErrorKind};
use std::path::Path;

/// What was done about a run that was killed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// Whether everything that it had to write stands; else everything is as it was before.
    pub stands: bool,
    /// What somebody changed since, and was left as it is; with what stood there before the run, if anything did.
    pub left: Vec<(RelPath, Option<RelPath>)>,
}

/// Puts right what a killed run left in a directory; `None` where there is nothing of the kind.
///
/// # Errors
/// Another run is at work there; the system refuses.
pub fn recover_into(path: &Path) -> Result<Option<Recovered>, DiskError> {
    if !matches!(fs::symlink_metadata(path.join(WORK)), Ok(found) if found.is_dir()) {
        return Ok(None);
    }
    Into::begin(path)?.recover()
}

impl Into {
    /// Puts right what a killed run left; `None` where there is nothing, or nothing that was to be seen.
    pub(super) fn recover(&self) -> Result<Option<Recovered>, DiskError> {
        let root = &self.root;
        let work = work();
        match root.look(&work)? {
            Found::Absent => return Ok(None),
            Found::Other(Kind::Directory) => {}
            _ => {
                let other = Error::other("something stands there that is none of floxwright's");
                return root.named(Err(other), "use", &work);
            }
        }
        if let Some(outline) = Outline::read(root, DONE)? {
            self.settle(&outline)?;
            return Ok(None);
        }
        let Some(outline) = Outline::read(root, OUTLINE)? else {
            self.clear()?;
            return Ok(None);
        };
        if is_all_placed(root, &outline)? {
            self.repository_comes(&outline)?;
            self.confirmed()?;
            self.settle(&outline)?;
            return Ok(Some(Recovered {
                stands: true,
                left: Vec::new(),
            }));
        }
        self.take_back(&outline).map(Some)
    }

    /// Puts everything back as it was.
    pub(super) fn take_back(&self, outline: &Outline) -> Result<Recovered, DiskError> {
        let root = &self.root;
        let mut recovered = Recovered {
            stands: false,
            left: Vec::new(),
        };
        let seals: Vec<Seal> = read(root, SEALS)?.unwrap_or_default();
        for (number, piece) in outline.pieces.iter().enumerate().rev() {
            let returned = Returned::of(root, (number, piece), seals.get(number))?;
            returned.put_back(root, (number, piece), &mut recovered)?;
        }
        for directory in outline.directories.iter().rev() {
            root.remove_empty(directory)?;
        }
        self.clear()?;
        Ok(recovered)
    }

    /// Everything stands: what was replaced is no longer needed.
    pub(super) fn settle(&self, outline: &Outline) -> Result<(), DiskError> {
        for (number, piece) in outline.pieces.iter().enumerate() {
            if piece.replaces {
                self.root.unlink(&beside(piece, number, "old"))?;
            }
        }
        self.clear()
    }

    /// Removes what the run had for itself.
    pub(super) fn clear(&self) -> Result<(), DiskError> {
        let place = self.root.path.join(WORK);
        let passed = self.root.gate.pass("remove");
        let removed = passed.and_then(|()| match fs::remove_dir_all(&place) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            other => other,
        });
        removed.context("remove", &place)
    }
}

/// Whether only the confirmation is missing.
fn is_all_placed(root: &Root, outline: &Outline) -> Result<bool, DiskError> {
    if !root.is_there(&own(SEALS))? {
        return Ok(false);
    }
    for (number, piece) in outline.pieces.iter().enumerate() {
        let waits = root.is_there(&beside(piece, number, "new"))?;
        let old = !piece.replaces || root.is_there(&beside(piece, number, "old"))?;
        if waits || !old || !root.is_there(&piece.path)? {
            return Ok(false);
        }
    }
    Ok(!outline.repository
        || root.is_there(&own(&format!("{REPOSITORY}/{GIT}")))?
        || root.is_there(&git())?)
}

/// What becomes of a piece that is taken back.
enum Returned {
    /// It did not come: what was there is in its place, or is put aside.
    NotCome,
    /// It came, and goes again.
    Came,
    /// It came, and is gone.
    Gone,
    /// Somebody changed it.
    Changed,
}

impl Returned {
    fn of(
        root: &Root,
        (number, piece): (usize, &Piece),
        seal: Option<&Seal>,
    ) -> Result<Self, DiskError> {
        if seal.is_none() || root.is_there(&beside(piece, number, "new"))? {
            return Ok(Self::NotCome);
        }
        let found = Seal::of(root, &piece.path)?;
        Ok(match found {
            None => Self::Gone,
            Some(found) if Some(&found) == seal => Self::Came,
            // What was put aside is back already.
            Some(_) if piece.replaces && !root.is_there(&beside(piece, number, "old"))? => {
                Self::NotCome
            }
            Some(_) => Self::Changed,
        })
    }

    fn put_back(
        &self,
        root: &Root,
        (number, piece): (usize, &Piece),
        recovered: &mut Recovered,
    ) -> Result<(), DiskError> {
        let (new, old) = (beside(piece, number, "new"), beside(piece, number, "old"));
        let is_aside = piece.replaces && root.is_there(&old)?;
        match self {
            Self::Came if is_aside => return root.rename(&old, &piece.path, Replace::Yes),
            Self::Came => {
                root.unlink(&piece.path)?;
            }
            Self::Changed => {
                let left = (piece.path.clone(), is_aside.then_some(old));
                recovered.left.push(left);
            }
            Self::NotCome | Self::Gone => {
                root.unlink(&new)?;
                if is_aside && root.is_there(&piece.path)? {
                    // Somebody saved it while it was put aside.
                    recovered.left.push((piece.path.clone(), Some(old)));
                } else if is_aside {
                    return root.rename(&old, &piece.path, Replace::No);
                }
            }
        }
        Ok(())
    }
}
