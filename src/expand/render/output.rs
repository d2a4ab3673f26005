//! What a template writes, up to a bound.

use std::io::{self, Write};

/// The most that one text may become.
const MAX: usize = 64 << 20;

/// What was written.
pub(super) struct Output {
    bytes: Vec<u8>,
    most: usize,
    full: bool,
}

impl Default for Output {
    fn default() -> Self {
        Self::of(MAX)
    }
}

impl Output {
    /// Nothing, to become at most so many bytes.
    pub(super) fn of(most: usize) -> Self {
        Self {
            bytes: Vec::new(),
            most,
            full: false,
        }
    }

    /// Whether more was to be written than is taken.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    /// The text.
    pub(super) fn text(self) -> String {
        String::from_utf8(self.bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            self.full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
