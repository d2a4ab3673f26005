//! Large files from the network, by content: what is here and still the same is not fetched again.

use std::sync::Arc;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::http::{Client, Fetched, HttpError, Reason};
use super::pypi::Reach;
use super::store::{Shelf, Store, Whole};

/// The largest file, in bytes.
const LARGEST: u64 = 4 << 30;

/// Fetches large files.
#[derive(Clone, Debug)]
pub struct Downloads {
    client: Client,
    store: Arc<dyn Store>,
    reach: Reach,
}

/// What is known of a file at an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    /// SHA-256 of its content, in hexadecimal.
    sha256: String,
    /// How the server calls this state of it.
    stamp: Option<String>,
    /// What the caller knew of its content, such as a commit.
    state: Option<String>,
}

/// A file that is here.
#[derive(Clone, Debug)]
pub struct Download {
    /// It.
    pub file: Arc<dyn Whole>,
    name: String,
    record: Record,
}

impl Downloads {
    /// With this client, kept there.
    pub fn new(client: Client, store: Arc<dyn Store>, reach: Reach) -> Self {
        Self {
            client,
            store,
            reach,
        }
    }

    /// The file at an address. Where `state` is known and was the same the last time, nobody is asked.
    ///
    /// # Errors
    /// Those of the network; offline, a file that was not fetched before.
    pub fn get(&self, url: &str, state: Option<&str>) -> Result<Download, HttpError> {
        let name = HEXLOWER.encode(&Sha256::digest(url));
        let known = self.known(&name);
        let is_settled = |record: &Record| {
            self.reach == Reach::Offline || (state.is_some() && record.state.as_deref() == state)
        };
        if let Some((file, record)) = known.clone().filter(|(_, record)| is_settled(record)) {
            return Ok(Download { file, name, record });
        }
        let failed = |reason| HttpError {
            url: url.to_owned(),
            reason,
        };
        if self.reach == Reach::Offline {
            return Err(failed(Reason::Offline));
        }
        let mut incoming = self.store.incoming(&name);
        let stamp = known
            .as_ref()
            .and_then(|(_, record)| record.stamp.as_deref());
        let fetched = self
            .client
            .download(url, LARGEST, stamp, incoming.as_mut())?;
        let state = state.map(str::to_owned);
        let (file, stamp) = match (fetched, known) {
            (Fetched::Same, Some((file, record))) => (file, record.stamp),
            (Fetched::New(stamp), _) => {
                let kept = incoming.finish();
                let kept = kept.map_err(|error| {
                    failed(Reason::Other(format!("it cannot be kept: {error}")))
                })?;
                (kept, stamp)
            }
            (Fetched::Same, None) => {
                let odd = "the server says that nothing is new, and nothing is here";
                return Err(failed(Reason::Other(odd.to_owned())));
            }
        };
        let record = Record {
            sha256: file.sha256().to_owned(),
            stamp,
            state,
        };
        Ok(Download { file, name, record })
    }

    /// Remembers a file, so that it is not fetched again. To be called for one that turned out to be what was wanted.
    pub fn remember(&self, download: &Download) {
        if let Ok(text) = serde_json::to_vec(&download.record) {
            self.store.save(Shelf::Downloads, &download.name, &text);
        }
    }

    fn known(&self, name: &str) -> Option<(Arc<dyn Whole>, Record)> {
        let kept = self.store.load(Shelf::Downloads, name)?;
        let record: Record = serde_json::from_slice(&kept.bytes).ok()?;
        Some((self.store.whole(&record.sha256)?, record))
    }
}
