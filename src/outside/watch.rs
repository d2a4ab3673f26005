//! Who wants to know how far a download is.

use std::fmt;

/// Learns what is being fetched. Calls come from several threads.
pub trait Watch: fmt::Debug + Send + Sync {
    /// So many more things are going to be fetched.
    fn expected(&self, things: usize);
    /// One of them begins.
    fn began(&self, what: &str);
    /// So many bytes came in.
    fn received(&self, bytes: u64);
    /// One of them is there, or has failed.
    fn ended(&self);
    /// The thing that is being fetched has so many bytes, if the server says so, and so many of them are here already.
    fn sized(&self, _total: Option<u64>, _here: u64) {}
}

/// Nobody wants to know.
#[derive(Clone, Copy, Debug)]
pub(super) struct Silent;

impl Watch for Silent {
    fn expected(&self, _: usize) {}
    fn began(&self, _: &str) {}
    fn received(&self, _: u64) {}
    fn ended(&self) {}
}

/// Tells that one thing has ended, however it ended, when it is dropped.
pub(super) struct Ended<'a>(pub(super) &'a dyn Watch);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.ended();
    }
}
