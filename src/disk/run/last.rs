//! The run that was confirmed last, for whoever undoes it.

use super::journal::{Seal, Swap};
use super::{Run, own};
use crate::disk::error::DiskError;
use crate::disk::step::How;
use crate::tree::{File, Found, RelPath};

/// What the last run did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// The command, as a person would type it.
    pub command: String,
    /// What the command wanted to find again.
    pub note: serde_json::Value,
    /// Whether the conflicts that it left are settled.
    pub is_settled: bool,
    /// What it did with each file.
    pub files: Vec<Swap>,
}

const SETTLED: &str = "last/settled";

impl Run {
    /// What the last run did; `None` where there was none.
    ///
    /// # Errors
    /// What it kept cannot be read, or is no longer what it kept.
    pub fn last(&self) -> Result<Option<Last>, DiskError> {
        let Some(journal) = self.journal("last")? else {
            return Ok(None);
        };
        let mut files = Vec::new();
        for (number, entry) in journal.files.into_iter().enumerate() {
            files.push(Swap {
                before: self.kept(&own(&format!("last/undo/{number}")), entry.before.as_ref())?,
                after: self.kept(&own(&format!("last/after/{number}")), entry.after.as_ref())?,
                path: entry.path,
            });
        }
        Ok(Some(Last {
            command: journal.command,
            note: journal.note,
            is_settled: self.root.is_there(&own(SETTLED))?,
            files,
        }))
    }

    fn kept(&self, place: &RelPath, seal: Option<&Seal>) -> Result<Option<File>, DiskError> {
        let Some(seal) = seal else { return Ok(None) };
        match self.root.look(place)? {
            Found::File(file) if Seal::of(&file) == *seal => Ok(Some(file)),
            _ => {
                let damaged = std::io::Error::other("it is not what was kept there");
                self.root.named(Err(damaged), "use", place)
            }
        }
    }

    /// Remembers that the conflicts of the last run are settled.
    ///
    /// # Errors
    /// The system refuses.
    pub fn settle(&self) -> Result<(), DiskError> {
        let place = own(SETTLED);
        if self.root.is_there(&place)? {
            return Ok(());
        }
        let how = How {
            bits: None,
            executable: false,
            flush: true,
        };
        self.root.write(&place, b"", how)
    }
}
