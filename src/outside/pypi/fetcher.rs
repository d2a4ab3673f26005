//! Pages and files of an index: from the store where they are kept, else from the network.

use std::sync::Arc;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::project::File;
use crate::outside::archive::Wheel;
use crate::outside::http::{Client, HttpError, Reason, RemoteFile};
use crate::outside::store::{Kept, NoStore, Shelf, Store};
use crate::outside::watch::{Silent, Watch};

/// The largest answer of the index about one project, in bytes.
const MAX_PAGE: u64 = 64 << 20;

/// The largest wheel or sdist, in bytes.
const MAX_FILE: u64 = 512 << 20;

/// For how many seconds a page counts as current.
const CURRENT: u64 = 3600;

/// Of a wheel from this size on, only the parts that are read are fetched, if parts will do.
const LARGE: u64 = 1 << 20;

/// Whether the network is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Where the store does not have it.
    #[default]
    Online,
    /// Never: the store has it, or it is not to be had.
    Offline,
}

/// How much of a wheel is fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wheels {
    /// All of it, so that its hash is verified.
    #[default]
    Whole,
    /// Of a large one, only the list of its files and its metadata; these are verified by their checksums in the archive alone.
    Parts,
}

/// How old a page may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    /// Current, by the clock.
    Current,
    /// New from the network.
    New,
}

/// The bytes of a page.
pub(super) struct Page {
    pub(super) bytes: Vec<u8>,
    /// Whether a page from the network could say something else.
    pub(super) kept: bool,
}

/// Gets pages and files.
#[derive(Clone, Debug)]
pub(super) struct Fetcher {
    pub(super) client: Client,
    pub(super) store: Arc<dyn Store>,
    pub(super) watch: Arc<dyn Watch>,
    pub(super) reach: Reach,
    pub(super) wheels: Wheels,
}

impl Fetcher {
    pub(super) fn new(client: Client) -> Self {
        Self {
            client,
            store: Arc::new(NoStore),
            watch: Arc::new(Silent),
            reach: Reach::default(),
            wheels: Wheels::default(),
        }
    }

    /// A page. Offline it may have any age.
    pub(super) fn page(&self, url: &str, age: Age, what: &str) -> Result<Page, HttpError> {
        let name = HEXLOWER.encode(&Sha256::digest(url));
        let kept = match age {
            Age::Current => self.store.load(Shelf::Pages, &name),
            Age::New => None,
        };
        let current = |kept: &Kept| {
            self.reach == Reach::Offline || kept.age.is_some_and(|age| age <= CURRENT)
        };
        if let Some(kept) = kept.filter(current) {
            return Ok(Page {
                bytes: kept.bytes,
                kept: true,
            });
        }
        let bytes = self.online(url, what, || self.client.get(url, MAX_PAGE))?;
        self.store.save(Shelf::Pages, &name, &bytes);
        Ok(Page { bytes, kept: false })
    }

    /// The bytes of a file, verified against the hash that the index states.
    pub(super) fn file(&self, url: &str, file: &File) -> Result<Vec<u8>, String> {
        let stated = file.digests.sha256.to_ascii_lowercase();
        let digest = |bytes: &[u8]| HEXLOWER.encode(&Sha256::digest(bytes));
        let kept = self.store.load(Shelf::Files, &stated);
        if let Some(kept) = kept.filter(|kept| digest(&kept.bytes) == stated) {
            return Ok(kept.bytes);
        }
        let limit = file.size.unwrap_or(MAX_FILE).min(MAX_FILE);
        let fetched = self.online(url, &file.filename, || self.client.get(url, limit));
        let bytes = fetched.map_err(|error| error.to_string())?;
        let found = digest(&bytes);
        if found == stated {
            self.store.save(Shelf::Files, &stated, &bytes);
            return Ok(bytes);
        }
        let name = &file.filename;
        let stated = &file.digests.sha256;
        Err(format!(
            "`{name}`: its sha256 is {found}, and the index states {stated}"
        ))
    }

    /// What is read out of a wheel.
    pub(super) fn wheel(&self, url: &str, file: &File) -> Result<Wheel, String> {
        let in_file = |error: &dyn ToString| super::in_file(&file.filename, &error.to_string());
        let size = file.size.filter(|size| (LARGE..=MAX_FILE).contains(size));
        let Some(size) = size.filter(|_| self.wheels == Wheels::Parts) else {
            let bytes = self.file(url, file)?;
            return Wheel::read(std::io::Cursor::new(bytes)).map_err(|error| in_file(&error));
        };
        let name = file.digests.sha256.to_ascii_lowercase();
        let kept = self.store.load(Shelf::Wheels, &name);
        if let Some(wheel) = kept.and_then(|kept| serde_json::from_slice(&kept.bytes).ok()) {
            return Ok(wheel);
        }
        let read = self.online(url, &file.filename, || {
            let mut remote = RemoteFile::open(&self.client, url, size)?;
            match (Wheel::read(&mut remote), remote.into_failure()) {
                (Err(_), Some(failure)) => Err(failure),
                (read, _) => Ok(read),
            }
        });
        let wheel = read
            .map_err(|error| error.to_string())?
            .map_err(|error| in_file(&error))?;
        if let Ok(text) = serde_json::to_vec(&wheel) {
            self.store.save(Shelf::Wheels, &name, &text);
        }
        Ok(wheel)
    }

    /// Does what needs the network, unless it must not be used.
    fn online<T>(
        &self,
        url: &str,
        what: &str,
        fetch: impl FnOnce() -> Result<T, HttpError>,
    ) -> Result<T, HttpError> {
        if self.reach == Reach::Offline {
            return Err(HttpError {
                url: url.to_owned(),
                reason: Reason::Offline,
            });
        }
        self.watch.began(what);
        fetch()
    }
}
