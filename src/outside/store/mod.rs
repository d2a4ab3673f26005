//! What was fetched before, kept by somebody else: this module opens no file.

mod in_memory;

use in_memory::InMemory;
use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;

/// What is kept, each kind by names of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Pages of an index, by address: they change.
    Pages,
    /// Files, by the hash that the index states: they never change.
    Files,
    /// What was read out of wheels without fetching all of them, by the wheel's hash.
    Wheels,
    /// What is known of large files, by address: which content they had, and how the server calls it.
    Downloads,
}

impl Shelf {
    /// The shelf's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pages => "pages",
            Self::Files => "files",
            Self::Wheels => "wheels",
            Self::Downloads => "downloads",
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

/// A large file while it comes in. What had come before a break is still there the next time, where something is kept at all.
pub trait Incoming: fmt::Debug + Send {
    /// How many bytes are there.
    fn length(&self) -> u64;
    /// How the server calls the state of the file that they are of.
    fn stamp(&self) -> Option<&str>;
    /// Forgets what is there; what comes is of this state.
    ///
    /// # Errors
    /// It cannot be written.
    fn restart(&mut self, stamp: Option<&str>) -> io::Result<()>;
    /// Adds bytes at the end.
    ///
    /// # Errors
    /// They cannot be written.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// The file is complete.
    ///
    /// # Errors
    /// It cannot be put where it is kept.
    fn finish(self: Box<Self>) -> io::Result<Arc<dyn Whole>>;
}

/// A large file that is complete, and can be read as often as it is wanted.
pub trait Whole: fmt::Debug + Send + Sync {
    /// SHA-256 of its content, in hexadecimal.
    fn sha256(&self) -> &str;
    /// Reads it from its beginning.
    ///
    /// # Errors
    /// It is gone, or cannot be read.
    fn open(&self) -> io::Result<Box<dyn Read + '_>>;
}

/// Keeps what was fetched. What comes back is whole, or does not come back; a failure to keep is the keeper's own affair.
pub trait Store: fmt::Debug + Send + Sync {
    /// What was kept under the name.
    fn load(&self, on: Shelf, name: &str) -> Option<Kept>;
    /// Keeps it.
    fn save(&self, on: Shelf, name: &str, bytes: &[u8]);
    /// A large file that is to come in, or the beginning of it that came before.
    fn incoming(&self, _name: &str) -> Box<dyn Incoming> {
        in_memory()
    }
    /// A large file by the SHA-256 of its content, in hexadecimal; what is damaged is not there.
    fn whole(&self, _sha256: &str) -> Option<Arc<dyn Whole>> {
        None
    }
}

/// A large file that is kept as long as somebody uses it.
pub fn in_memory() -> Box<dyn Incoming> {
    Box::new(InMemory::default())
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
