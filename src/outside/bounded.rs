//! A reader that fails where it has given all that it may, so that what is packed tightly cannot fill a machine.

use std::io::{self, Read};

/// A reader that fails where it has given all that it may.
#[derive(Debug)]
pub(super) struct Bounded<R> {
    pub(super) inner: R,
    pub(super) left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let left = self.left.checked_sub(read as u64);
        self.left = left.ok_or_else(|| io::Error::other("it is too large when it is unpacked"))?;
        Ok(read)
    }
}
