//! The way of a change: stage, keep, journal, rename, confirm.

use super::journal::{Journal, Swap, Wanted};
use super::{Run, own};
use crate::disk::error::DiskError;
use crate::disk::step::{How, Replace, above};
use crate::tree::{Found, Mode, RelPath};
use std::collections::BTreeSet;
use std::io::ErrorKind;

/// How a change ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It is done, and on the disk.
    Done,
    /// Nothing was changed: these files are no longer what the plan was made from.
    Changed(Vec<RelPath>),
}

impl Run {
    /// Does what is wanted: all of it, or nothing. `interrupted` is asked before each file.
    ///
    /// # Errors
    /// The system refuses, or the run is interrupted. Then everything is as it was; where even putting back fails, the next run
    /// does it.
    pub fn apply(
        &self,
        wanted: &Wanted,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Applied, DiskError> {
        let tried = self.attempt(wanted, interrupted);
        if !matches!(tried, Ok(Applied::Done)) {
            // What failed is told; what is left is put back now or by the next run.
            let mut left = Vec::new();
            let put_back = self.put_back(&mut left);
            if tried.is_ok() {
                put_back?;
            }
        }
        tried
    }

    fn attempt(
        &self,
        wanted: &Wanted,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Applied, DiskError> {
        self.stage(wanted, interrupted)?;
        self.keep(wanted)?;
        let directories = self.missing_directories(wanted)?;
        let journal = Journal::new(wanted, directories);
        let changed = self.changed(wanted)?;
        if !changed.is_empty() {
            return Ok(Applied::Changed(changed));
        }
        self.write_journal(&journal)?;
        let mut changed = self.exchange(wanted, &journal, interrupted)?;
        if changed.is_empty() {
            changed = self.displaced_changed(wanted)?;
        }
        if !changed.is_empty() {
            return Ok(Applied::Changed(changed));
        }
        self.confirm()?;
        Ok(Applied::Done)
    }

    /// Writes everything that comes, beside what is there.
    fn stage(&self, wanted: &Wanted, interrupted: &dyn Fn() -> bool) -> Result<(), DiskError> {
        for directory in ["now", "now/stage", "now/undo", "now/after"] {
            self.root.make(&own(directory))?;
        }
        for (number, swap) in wanted.files.iter().enumerate() {
            let Swap {
                path,
                before,
                after,
            } = swap;
            if interrupted() {
                return Err(DiskError::Interrupted);
            }
            let Some(after) = after else { continue };
            let executable = after.mode == Mode::Executable;
            let bits = match before {
                Some(_) => Some(with_mode(self.root.bits(path)?, executable)),
                None => None,
            };
            let how = How {
                bits,
                executable,
                flush: true,
            };
            self.root
                .write(&own(&format!("now/stage/{number}")), &after.bytes, how)?;
            let copy = How {
                flush: false,
                ..how
            };
            self.root
                .write(&own(&format!("now/after/{number}")), &after.bytes, copy)?;
        }
        self.root.flush_above(&own("now/stage/0"))
    }

    /// Keeps what is replaced: the file itself under a second name, or a copy.
    fn keep(&self, wanted: &Wanted) -> Result<(), DiskError> {
        for (number, swap) in wanted.files.iter().enumerate() {
            let Swap { path, before, .. } = swap;
            let Some(before) = before else { continue };
            let undo = own(&format!("now/undo/{number}"));
            // A hard link shares its permissions with the file, and needs no room.
            if self.root.link(path, &undo)? {
                continue;
            }
            let how = How {
                bits: Some(self.root.bits(path)?),
                executable: before.mode == Mode::Executable,
                flush: true,
            };
            self.root.write(&undo, &before.bytes, how)?;
        }
        self.root.flush_above(&own("now/undo/0"))
    }

    fn missing_directories(&self, wanted: &Wanted) -> Result<Vec<RelPath>, DiskError> {
        let (made, going): (Vec<&Swap>, Vec<&Swap>) =
            wanted.files.iter().partition(|swap| swap.after.is_some());
        // A file that goes leaves its place to the directory.
        let going: BTreeSet<&RelPath> = going.into_iter().map(|swap| &swap.path).collect();
        let wanted: BTreeSet<RelPath> = made.iter().flat_map(|swap| above(&swap.path)).collect();
        let mut missing = Vec::new();
        for directory in wanted {
            if going.contains(&directory) || !self.root.is_there(&directory)? {
                missing.push(directory);
            }
        }
        Ok(missing)
    }

    /// The inputs that are no longer what they were.
    fn changed(&self, wanted: &Wanted) -> Result<Vec<RelPath>, DiskError> {
        let mut changed = Vec::new();
        for (path, found) in &wanted.inputs {
            if self.root.look(path)? != *found {
                changed.push(path.clone());
            }
        }
        Ok(changed)
    }

    fn write_journal(&self, journal: &Journal) -> Result<(), DiskError> {
        let text = serde_json::to_vec(journal).map_err(std::io::Error::other);
        let (new, place) = (own("now/journal.new"), own("now/journal.json"));
        let text = self.root.named(text, "write", &place)?;
        let how = How {
            bits: None,
            executable: false,
            flush: true,
        };
        self.root.write(&new, &text, how)?;
        self.root.rename(&new, &place, Replace::No)?;
        self.root.flush_above(&place)?;
        self.root.flush_above(&own("now"))
    }

    /// The part that is seen: what goes, goes; then each file comes by one rename. What it displaces is put where it was staged, so
    /// that nothing is lost that somebody saves at this very moment. A path where something came or went meanwhile ends it.
    fn exchange(
        &self,
        wanted: &Wanted,
        journal: &Journal,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Vec<RelPath>, DiskError> {
        let files = wanted.files.iter().enumerate();
        let (coming, going): (Vec<_>, Vec<_>) = files.partition(|(_, swap)| swap.after.is_some());
        let step = |number: usize, swap: &Swap| {
            if interrupted() {
                return Err(DiskError::Interrupted);
            }
            let (path, staged) = (&swap.path, own(&format!("now/stage/{number}")));
            let renamed = match (&swap.before, &swap.after) {
                (_, None) => self.root.rename(path, &staged, Replace::No),
                (Some(_), _) => self.root.rename(&staged, path, Replace::Exchange),
                (None, _) => self.root.rename(&staged, path, Replace::No),
            };
            match renamed {
                Err(DiskError::Io { source, .. })
                    if matches!(
                        source.kind(),
                        ErrorKind::AlreadyExists | ErrorKind::NotFound
                    ) =>
                {
                    Ok(Some(path.clone()))
                }
                other => other.map(|()| None),
            }
        };
        for (number, swap) in going {
            if let Some(changed) = step(number, swap)? {
                return Ok(vec![changed]);
            }
            self.root.prune_above(&swap.path)?;
        }
        for directory in &journal.directories {
            // A directory that was there may have gone with the last file in it.
            self.root.make_above(directory)?;
            self.root.make(directory)?;
        }
        for (number, swap) in coming {
            self.root.make_above(&swap.path)?;
            if let Some(changed) = step(number, swap)? {
                return Ok(vec![changed]);
            }
        }
        self.flush_parents(wanted.files.iter().map(|swap| &swap.path))?;
        Ok(Vec::new())
    }

    /// What was displaced and is not what the plan was made from: it was saved after the inputs had been read again.
    fn displaced_changed(&self, wanted: &Wanted) -> Result<Vec<RelPath>, DiskError> {
        let mut changed = Vec::new();
        for (number, swap) in wanted.files.iter().enumerate() {
            let Some(before) = &swap.before else { continue };
            match self.root.look(&own(&format!("now/stage/{number}")))? {
                // The file system could not exchange them.
                Found::Absent => {}
                Found::File(file) if file == *before => {}
                _ => changed.push(swap.path.clone()),
            }
        }
        Ok(changed)
    }

    /// Puts the names of all these files on the disk.
    pub(super) fn flush_parents<'a>(
        &self,
        paths: impl Iterator<Item = &'a RelPath>,
    ) -> Result<(), DiskError> {
        let mut flushed = BTreeSet::new();
        for path in paths {
            for one in std::iter::once(path.clone()).chain(above(path)) {
                if flushed.insert(one.parent().unwrap_or_default().to_owned()) {
                    self.root.flush_above(&one)?;
                }
            }
        }
        Ok(())
    }

    /// One rename confirms: from then on the change stands.
    fn confirm(&self) -> Result<(), DiskError> {
        let (now, last, before) = (own("now"), own("last"), own("before"));
        if self.root.is_there(&last)? {
            self.root.rename(&last, &before, Replace::No)?;
        }
        self.root.rename(&now, &last, Replace::No)?;
        // It stands; what cannot be cleaned up now is cleaned up by the next run.
        self.root.flush_above(&last).ok();
        self.root.remove_all(&own("last/stage")).ok();
        self.root.remove_all(&before).ok();
        Ok(())
    }
}

/// Permissions with those to execute set or cleared.
fn with_mode(bits: u32, executable: bool) -> u32 {
    if executable {
        bits | 0o100 | ((bits & 0o044) >> 2)
    } else {
        bits & !0o111
    }
}
