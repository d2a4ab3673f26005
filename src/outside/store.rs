//! What was fetched before, kept by somebody else: this module opens no file.

use std::fmt;

/// What is kept, each kind by names of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Pages of an index, by address: they change.
    Pages,
    /// Files, by the hash that the index states: they never change.
    Files,
    /// What was read out of wheels without fetching all of them, by the wheel's hash.
    Wheels,
}

impl Shelf {
    /// The shelf's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pages => "pages",
            Self::Files => "files",
            Self::Wheels => "wheels",
        }
    }
}

/// Something that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// It.
    pub bytes: Vec<u8>,
    /// For how many seconds it has been kept; `None` where the clock says that it comes from the future.
    pub age: Option<u64>,
}

/// Keeps what was fetched. What comes back is whole, or does not come back; a failure to keep is the keeper's own affair.
pub trait Store: fmt::Debug + Send + Sync {
    /// What was kept under the name.
    fn load(&self, on: Shelf, name: &str) -> Option<Kept>;
    /// Keeps it.
    fn save(&self, on: Shelf, name: &str, bytes: &[u8]);
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct NoStore;

impl Store for NoStore {
    fn load(&self, _: Shelf, _: &str) -> Option<Kept> {
        None
    }

    fn save(&self, _: Shelf, _: &str, _: &[u8]) {}
}
