//! What a signal means at a given moment: leave at once, or tell the writer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

const IDLE: u8 = 0;
const WRITING: u8 = 1;
const TOLD: u8 = 2;
const LEAVING: u8 = 3;

/// What the one who got a signal must do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// End the process.
    Leave,
    /// Leave it to the writer, who has been told.
    Wait,
}

/// The agreement between whoever writes files and the signals. Clones share it.
///
/// A command wraps every stretch in which files change in [`writing`](Self::writing) and asks
/// [`interrupted`](Self::interrupted) between two steps; when it says yes, the writer undoes its work and returns
/// `Failure::interrupted()`. A second signal does not wait for that.
#[derive(Clone, Debug, Default)]
pub struct Interrupts(Arc<AtomicU8>);

impl Interrupts {
    /// Files change until the returned value is dropped, or until it is said that they are done.
    pub fn writing(&self) -> Writing {
        let entered = self
            .0
            .compare_exchange(IDLE, WRITING, Ordering::SeqCst, Ordering::SeqCst);
        if entered == Err(LEAVING) {
            // The process is about to end; not one file changes any more.
            loop {
                std::thread::park();
            }
        }
        Writing {
            interrupts: self.clone(),
            is_done: false,
        }
    }

    /// Whether a signal came while files were changing.
    pub fn interrupted(&self) -> bool {
        self.0.load(Ordering::SeqCst) == TOLD
    }

    /// A signal came.
    pub(super) fn signal(&self) -> Verdict {
        let told = self
            .0
            .compare_exchange(WRITING, TOLD, Ordering::SeqCst, Ordering::SeqCst);
        if told.is_ok() {
            return Verdict::Wait;
        }
        self.0.store(LEAVING, Ordering::SeqCst);
        Verdict::Leave
    }
}

/// A stretch in which files change.
#[derive(Debug)]
#[must_use = "files count as changing until this is dropped"]
pub struct Writing {
    interrupts: Interrupts,
    is_done: bool,
}

impl Writing {
    /// What was to be written is. Whoever interrupts from now on waits until the command has said so: it would be told that
    /// nothing was written.
    pub fn done(mut self) {
        self.is_done = true;
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if self.is_done {
            return;
        }
        // Whether somebody was told stays known, so that the command can still say so.
        let state = &self.interrupts.0;
        state
            .compare_exchange(WRITING, IDLE, Ordering::SeqCst, Ordering::SeqCst)
            .ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idle_process_leaves_at_once() {
        assert_eq!(Interrupts::default().signal(), Verdict::Leave);
    }

    #[test]
    fn a_writer_is_told_first_and_the_second_signal_leaves() {
        let interrupts = Interrupts::default();
        let writing = interrupts.writing();
        assert!(!interrupts.interrupted());
        assert_eq!(interrupts.signal(), Verdict::Wait);
        assert!(interrupts.interrupted());
        assert_eq!(interrupts.signal(), Verdict::Leave);
        drop(writing);
    }

    #[test]
    fn after_the_writing_a_signal_leaves_again() {
        let interrupts = Interrupts::default();
        drop(interrupts.writing());
        assert_eq!(interrupts.signal(), Verdict::Leave);
    }

    #[test]
    fn what_is_done_is_told_before_a_signal_leaves() {
        let interrupts = Interrupts::default();
        interrupts.writing().done();
        assert_eq!(interrupts.signal(), Verdict::Wait);
        assert_eq!(interrupts.signal(), Verdict::Leave);
    }

    #[test]
    fn that_a_signal_came_stays_known() {
        let interrupts = Interrupts::default();
        let writing = interrupts.writing();
        assert_eq!(interrupts.signal(), Verdict::Wait);
        drop(writing);
        assert!(interrupts.interrupted());
    }
}
