//! The state of the terminal: the modes that it had, and what has been changed since.

use rustix::termios::{
    InputModes, LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How input arrives while a question is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// A read waits for the next byte.
    Waits,
    /// A read gives up after a tenth of a second.
    GivesUp,
}

/// What has been changed.
#[derive(Debug, Default)]
struct Changes {
    /// The question that has the terminal.
    question: Option<Cursor>,
    /// The process is ending: nobody changes anything any more.
    closed: bool,
}

/// Where a question left the cursor.
#[derive(Clone, Copy, Debug, Default)]
struct Cursor {
    hidden: bool,
    /// Rows of the question below it.
    below: usize,
}

/// The terminal of the process.
#[derive(Debug)]
pub(super) struct Tty {
    original: Option<Termios>,
    changes: Mutex<Changes>,
}

impl Tty {
    /// Remembers how the terminal is now.
    pub(super) fn remember() -> Self {
        let stdin = io::stdin();
        let original = stdin
            .is_terminal()
            .then(|| tcgetattr(&stdin).ok())
            .flatten();
        Self {
            original,
            changes: Mutex::default(),
        }
    }

    /// Every key arrives at once, unechoed, and as a byte: Ctrl-C, too.
    pub(super) fn raw(&self, input: Input) -> io::Result<()> {
        let mut changes = self.lock();
        let Some(original) = self.original.as_ref().filter(|_| !changes.closed) else {
            return Ok(());
        };
        let mut modes = original.clone();
        modes.local_modes -=
            LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG | LocalModes::IEXTEN;
        modes.input_modes -= InputModes::IXON | InputModes::ISTRIP;
        let (at_least, tenths) = match input {
            Input::Waits => (1, 0),
            Input::GivesUp => (0, 1),
        };
        modes.special_codes[SpecialCodeIndex::VMIN] = at_least;
        modes.special_codes[SpecialCodeIndex::VTIME] = tenths;
        changes.question.get_or_insert_default();
        tcsetattr(io::stdin(), OptionalActions::Now, &modes)?;
        Ok(())
    }

    /// Notes how a question left the cursor, so that it can be put right from anywhere.
    pub(super) fn cursor(&self, hidden: bool, below: usize) {
        if let Some(cursor) = &mut self.lock().question {
            *cursor = Cursor { hidden, below };
        }
    }

    /// The terminal as it was, with the cursor below whatever stands there. Does nothing where nothing was changed.
    pub(super) fn restore(&self) {
        self.put_back(&mut self.lock());
    }

    /// [`restore`](Self::restore), for the last time, on a fresh line.
    pub(super) fn leave(&self) {
        let mut changes = self.lock();
        let was_asking = changes.question.is_some();
        self.put_back(&mut changes);
        changes.closed = true;
        let mut stderr = io::stderr();
        if stderr.is_terminal() && !was_asking {
            writeln!(stderr).ok();
        }
    }

    /// Nothing can be done about a failure here, and the process is usually ending: errors are dropped.
    fn put_back(&self, changes: &mut Changes) {
        let Some(cursor) = changes.question.take() else {
            return;
        };
        let down = match cursor.below {
            0 => String::new(),
            rows => format!("\x1b[{rows}B"),
        };
        let show = if cursor.hidden { "\x1b[?25h" } else { "" };
        if let Some(original) = &self.original {
            tcsetattr(io::stdin(), OptionalActions::Now, original).ok();
        }
        let mut stderr = io::stderr();
        write!(stderr, "{down}{show}\r\n").ok();
        stderr.flush().ok();
    }

    /// The proper end of a question: the modes as they were, without a word on the screen.
    pub(super) fn cooked(&self) -> io::Result<()> {
        let mut changes = self.lock();
        let was_asking = changes.question.take().is_some();
        if let Some(original) = self.original.as_ref().filter(|_| was_asking) {
            tcsetattr(io::stdin(), OptionalActions::Now, original)?;
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Changes> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
