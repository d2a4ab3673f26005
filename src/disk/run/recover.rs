//! Putting back what a run left that did not come to its end.

use super::journal::{Entry, Journal, SCHEMA, Seal};
use super::{Run, own};
use crate::disk::error::DiskError;
use crate::disk::step::{How, Replace};
use crate::tree::{Found, Mode, RelPath};

impl Run {
    /// Puts everything back, if a run did not come to its end.
    pub(super) fn recover(&mut self) -> Result<(), DiskError> {
        let was_at_work = self.root.is_there(&own("now/journal.json"))?;
        let mut left = Vec::new();
        self.put_back(&mut left)?;
        // A change stands without what follows it.
        let _ = self.follow();
        self.root.remove_all(&own("last/stage"))?;
        self.recovered = was_at_work;
        self.left = left;
        Ok(())
    }

    /// Undoes the run that has not been confirmed. What somebody changed since is left as it is, and named in `left`.
    pub(super) fn put_back(&self, left: &mut Vec<RelPath>) -> Result<(), DiskError> {
        let (now, last, before) = (own("now"), own("last"), own("before"));
        if self.root.is_there(&now)? {
            if let Some(journal) = self.journal("now")? {
                self.restore(&journal, left)?;
                // Without its journal there is nothing to restore any more, even if the rest cannot be removed.
                self.root.unlink(&own("now/journal.json"))?;
                self.root.flush_above(&own("now/journal.json"))?;
            }
            self.root.remove_all(&now)?;
        }
        if self.root.is_there(&before)? {
            if self.root.is_there(&last)? {
                self.root.remove_all(&before)?;
            } else {
                self.root.rename(&before, &last, Replace::No)?;
            }
        }
        Ok(())
    }

    /// The journal in one of the run's directories.
    pub(super) fn journal(&self, directory: &str) -> Result<Option<Journal>, DiskError> {
        let path = own(&format!("{directory}/journal.json"));
        let found = self.root.look(&path)?;
        let Found::File(file) = found else {
            return Ok(None);
        };
        let journal = serde_json::from_slice::<Journal>(&file.bytes).map_err(std::io::Error::from);
        let journal = self.root.named(journal, "understand", &path)?;
        if journal.schema != SCHEMA {
            let newer = std::io::Error::other("it was written by another version of floxwright");
            return self.root.named(Err(newer), "understand", &path);
        }
        Ok(Some(journal))
    }

    fn restore(&self, journal: &Journal, left: &mut Vec<RelPath>) -> Result<(), DiskError> {
        let entries = journal.files.iter().enumerate();
        let (returning, coming): (Vec<_>, Vec<_>) =
            entries.partition(|(_, entry)| entry.before.is_some());
        for (_, entry) in coming {
            match self.stands(entry)? {
                Stands::After => {
                    self.root.unlink(&entry.path)?;
                }
                Stands::Before => {}
                Stands::Changed => left.push(entry.path.clone()),
            }
        }
        for directory in journal.directories.iter().rev() {
            self.root.remove_empty(directory)?;
        }
        for (number, entry) in returning {
            match self.stands(entry)? {
                Stands::After => self.bring_back(number, entry)?,
                Stands::Before => {}
                Stands::Changed => left.push(entry.path.clone()),
            }
        }
        self.flush_parents(journal.files.iter().map(|entry| &entry.path))
    }

    /// Puts back what the run displaced, which is the latest that anybody saved there; else a copy of the kept file, which stays
    /// until all is done.
    fn bring_back(&self, number: usize, entry: &Entry) -> Result<(), DiskError> {
        let displaced = own(&format!("now/stage/{number}"));
        if let Found::File(file) = self.root.look(&displaced)?
            && entry.after.as_ref() != Some(&Seal::of(&file))
        {
            self.root.make_above(&entry.path)?;
            return self.root.rename(&displaced, &entry.path, Replace::Yes);
        }
        let undo = own(&format!("now/undo/{number}"));
        let back = own(&format!("now/back-{number}"));
        self.root.make_above(&entry.path)?;
        self.root.unlink(&back)?;
        if !self.root.link(&undo, &back)? {
            let Found::File(file) = self.root.look(&undo)? else {
                let lost = std::io::Error::from(std::io::ErrorKind::NotFound);
                return self.root.named(Err(lost), "bring back", &undo);
            };
            let how = How {
                bits: Some(self.root.bits(&undo)?),
                executable: file.mode == Mode::Executable,
                flush: true,
            };
            self.root.write(&back, &file.bytes, how)?;
        }
        self.root.rename(&back, &entry.path, Replace::Yes)
    }

    fn stands(&self, entry: &Entry) -> Result<Stands, DiskError> {
        let found = self.root.look(&entry.path)?;
        let seal = match &found {
            Found::File(file) => Some(Seal::of(file)),
            Found::Absent => None,
            // What has not come yet has left what was in its way.
            Found::Behind(..) | Found::Other(_) if entry.before.is_none() => {
                return Ok(Stands::Before);
            }
            Found::Behind(..) | Found::Other(_) => return Ok(Stands::Changed),
        };
        Ok(if seal == entry.before {
            Stands::Before
        } else if seal == entry.after {
            Stands::After
        } else {
            Stands::Changed
        })
    }
}

/// What stands where a run was at work.
enum Stands {
    /// What was there before it.
    Before,
    /// What it made.
    After,
    /// Something else.
    Changed,
}
