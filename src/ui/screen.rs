//! The little that a widget needs of a terminal, so that a test can be one.

use super::key::{Key, Rest, decode};
use super::tty::{Input, Tty};
use std::io::{self, Write};
use std::sync::Arc;

/// The columns of the terminal that results go to.
pub(super) fn columns() -> usize {
    usize::from(console::Term::stdout().size().1)
}

/// Rows and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    /// Rows.
    pub(super) rows: usize,
    /// Columns.
    pub(super) columns: usize,
}

/// A terminal.
pub(super) trait Screen {
    /// The next key; `None` when there will be none any more.
    fn read_key(&mut self) -> io::Result<Option<Key>>;

    /// Writes text and escape sequences, at once.
    fn write(&mut self, text: &str) -> io::Result<()>;

    /// How big the terminal is now.
    fn size(&self) -> Size;

    /// A question takes the terminal over.
    fn begin(&mut self) -> io::Result<()>;

    /// How a question left the cursor: hidden or not, and how many of its rows are below.
    fn cursor(&mut self, hidden: bool, below: usize);

    /// The question gives the terminal back.
    fn end(&mut self) -> io::Result<()>;
}

/// The terminal of the process: keys from standard input, the screen on standard error.
pub(super) struct Terminal {
    tty: Arc<Tty>,
    term: console::Term,
    pending: Vec<u8>,
}

impl Terminal {
    /// The terminal that a guard watches over.
    pub(super) fn new(tty: Arc<Tty>) -> Self {
        Self {
            tty,
            term: console::Term::stderr(),
            pending: Vec::new(),
        }
    }

    /// Reads what there is; false at the end of input.
    fn read_more(&mut self) -> io::Result<bool> {
        let mut bytes = [0; 256];
        let count = loop {
            match rustix::io::read(io::stdin(), &mut bytes) {
                Err(rustix::io::Errno::INTR) => {}
                // The terminal is gone.
                Err(rustix::io::Errno::IO) => break 0,
                other => break other?,
            }
        };
        self.pending.extend(bytes.iter().take(count));
        Ok(count > 0)
    }
}

impl Screen for Terminal {
    fn read_key(&mut self) -> io::Result<Option<Key>> {
        let mut rest = Rest::MayFollow;
        loop {
            if let Some((key, length)) = decode(&self.pending, rest) {
                self.pending.drain(..length);
                return Ok(Some(key));
            }
            if self.pending.is_empty() {
                if !self.read_more()? {
                    return Ok(None);
                }
                continue;
            }
            // Half a key, or Escape by itself: only the time tells.
            self.tty.raw(Input::GivesUp)?;
            let more = self.read_more();
            self.tty.raw(Input::Waits)?;
            if !more? {
                rest = Rest::IsSilence;
            }
        }
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        let mut stderr = io::stderr();
        stderr.write_all(text.as_bytes())?;
        stderr.flush()
    }

    fn size(&self) -> Size {
        let (rows, columns) = self.term.size();
        Size {
            rows: usize::from(rows),
            columns: usize::from(columns),
        }
    }

    fn begin(&mut self) -> io::Result<()> {
        self.tty.raw(Input::Waits)
    }

    fn cursor(&mut self, hidden: bool, below: usize) {
        self.tty.cursor(hidden, below);
    }

    fn end(&mut self) -> io::Result<()> {
        self.tty.cooked()
    }
}
