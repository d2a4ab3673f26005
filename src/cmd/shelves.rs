//! The cache on disk, for whoever fetches.

use crate::disk::{Cache, DiskError, Part, WholeFile};
use crate::outside::store::{Incoming, Kept, Shelf, Store, Whole, in_memory};
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Keeps what was fetched in the cache, where there is one.
#[derive(Debug)]
pub(super) struct Shelves {
    cache: Option<Cache>,
    /// Whether something was to be kept and there is no place for it.
    homeless: AtomicBool,
    /// Why a large file has no place.
    fault: Mutex<Option<DiskError>>,
}

impl Shelves {
    /// With this cache.
    pub(super) fn new(cache: Option<Cache>) -> Self {
        Self {
            cache,
            homeless: AtomicBool::new(false),
            fault: Mutex::default(),
        }
    }

    /// What could not be kept for the next run, in one sentence.
    pub(super) fn complaint(&self) -> Option<String> {
        if self.homeless.load(Ordering::Relaxed) {
            return Some("what was fetched is not kept: neither `XDG_CACHE_HOME` nor `HOME` names a place for it".to_owned());
        }
        let mut fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        let fault = self.cache.as_ref()?.fault().or_else(|| fault.take())?;
        let fault = super::scaffolds::chain(&fault);
        Some(format!("what was fetched is not kept: {fault}"))
    }
}

impl Store for Shelves {
    fn load(&self, on: Shelf, name: &str) -> Option<Kept> {
        let (bytes, age) = self.cache.as_ref()?.load(on.name(), name)?;
        Some(Kept { bytes, age })
    }

    fn save(&self, on: Shelf, name: &str, bytes: &[u8]) {
        match &self.cache {
            Some(cache) => cache.save(on.name(), name, bytes),
            None => self.homeless.store(true, Ordering::Relaxed),
        }
    }

    fn incoming(&self, name: &str) -> Box<dyn Incoming> {
        match self.cache.as_ref().map(|cache| cache.part(name)) {
            Some(Ok(part)) => Box::new(OnDisk(part)),
            Some(Err(error)) => {
                let mut fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
                fault.get_or_insert(error);
                in_memory()
            }
            None => in_memory(),
        }
    }

    fn whole(&self, sha256: &str) -> Option<Arc<dyn Whole>> {
        let file = self.cache.as_ref()?.whole(sha256)?;
        Some(Arc::new(OnDisk(file)))
    }
}

/// A large file on disk.
#[derive(Debug)]
struct OnDisk<T>(T);

/// The error of a disk as one of reading and writing.
fn told(error: &DiskError) -> io::Error {
    io::Error::other(super::scaffolds::chain(error))
}

impl Incoming for OnDisk<Part> {
    fn length(&self) -> u64 {
        self.0.length()
    }

    fn stamp(&self) -> Option<&str> {
        self.0.stamp()
    }

    fn restart(&mut self, stamp: Option<&str>) -> io::Result<()> {
        self.0.restart(stamp).map_err(|error| told(&error))
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.append(bytes).map_err(|error| told(&error))
    }

    fn finish(self: Box<Self>) -> io::Result<Arc<dyn Whole>> {
        let file = self.0.finish().map_err(|error| told(&error))?;
        Ok(Arc::new(OnDisk(file)))
    }
}

impl Whole for OnDisk<WholeFile> {
    fn sha256(&self) -> &str {
        &self.0.sha256
    }

    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.0.open()?))
    }
}
