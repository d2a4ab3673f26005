//! Large files where there is no place to keep them.

use std::io::{self, Read};
use std::sync::Arc;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{Incoming, Whole};

/// A file that comes in.
#[derive(Debug, Default)]
pub(super) struct InMemory {
    bytes: Vec<u8>,
    stamp: Option<String>,
}

impl Incoming for InMemory {
    fn length(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn stamp(&self) -> Option<&str> {
        self.stamp.as_deref()
    }

    fn restart(&mut self, stamp: Option<&str>) -> io::Result<()> {
        self.bytes.clear();
        self.stamp = stamp.map(str::to_owned);
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Arc<dyn Whole>> {
        Ok(Arc::new(Held {
            sha256: HEXLOWER.encode(&Sha256::digest(&self.bytes)),
            bytes: self.bytes,
        }))
    }
}

/// A file that is complete.
#[derive(Debug)]
struct Held {
    bytes: Vec<u8>,
    sha256: String,
}

impl Whole for Held {
    fn sha256(&self) -> &str {
        &self.sha256
    }

    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.bytes.as_slice()))
    }
}
