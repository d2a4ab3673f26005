//! Keeps the promise that the terminal is left as it was found: after Ctrl-C, a signal, a panic, or a proper end.
//!
//! Three ways out meet here. A signal restores the terminal and ends the process with 130, unless files are being
//! written ([`Interrupts`]). A panic restores it and says one sentence; [`Guard::run`] turns it into 1. A proper end
//! drops the guard.
//!
//! The terminal is touched only after a question has changed it: changing the modes of a terminal from the background
//! would stop the process.

use super::interrupts::{Interrupts, Verdict};
use super::text::harmless;
use super::tty::Tty;
use crate::expand;
use rustix::process::Signal;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::{Handle, Signals};
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Arc;

/// What the process ends with after an interruption.
const INTERRUPTED: i32 = 130;

/// What the process ends with after a panic.
const BUG: u8 = 1;

/// Watches over the terminal while it lives. `main` installs one, before anything is asked or written.
#[derive(Debug)]
pub struct Guard {
    tty: Arc<Tty>,
    interrupts: Interrupts,
    signals: Handle,
}

impl Guard {
    /// Remembers the terminal, listens to SIGINT, SIGTERM and SIGHUP, and takes over the reports of panics.
    pub fn install() -> io::Result<Self> {
        // By default the system kills a process that writes more than it may; with a handler the write fails, and the writer can
        // undo its work.
        signal_hook::flag::register(Signal::XFSZ.as_raw(), Arc::default())?;
        let tty = Arc::new(Tty::remember());
        let interrupts = Interrupts::default();
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
        let handle = signals.handle();
        let (watched, shared) = (Arc::clone(&tty), interrupts.clone());
        std::thread::Builder::new()
            .name("signals".into())
            .spawn(move || {
                for _ in signals.forever() {
                    if shared.signal() == Verdict::Leave {
                        leave(&watched);
                    }
                }
            })?;
        let watched = Arc::clone(&tty);
        panic::set_hook(Box::new(move |info| {
            if std::thread::current().name() == Some(expand::WORKER) {
                return;
            }
            watched.restore();
            report_bug(info);
        }));
        Ok(Self {
            tty,
            interrupts,
            signals: handle,
        })
    }

    /// What a command needs in order to be interrupted only where it can be.
    pub fn interrupts(&self) -> Interrupts {
        self.interrupts.clone()
    }

    /// Runs the program. A panic has been reported when this returns, and gives 1.
    pub fn run(&self, program: impl FnOnce() -> u8) -> u8 {
        let code = panic::catch_unwind(AssertUnwindSafe(program)).unwrap_or(BUG);
        self.tty.restore();
        code
    }

    /// The terminal, for whoever asks on it.
    pub(super) fn tty(&self) -> Arc<Tty> {
        Arc::clone(&self.tty)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.tty.restore();
        self.signals.close();
    }
}

#[expect(clippy::exit, reason = "a signal ends the process wherever it is")]
fn leave(tty: &Tty) -> ! {
    tty.leave();
    std::process::exit(INTERRUPTED)
}

/// Says that the program is wrong, in one line, and what to do about it in another.
fn report_bug(info: &PanicHookInfo<'_>) {
    let place = info
        .location()
        .map(|at| format!(" ({}:{})", at.file(), at.line()))
        .unwrap_or_default();
    let message = info.payload_as_str().unwrap_or("no message");
    let message = harmless(message).replace('\n', " ");
    let mut stderr = io::stderr().lock();
    // When standard error is gone there is nobody left to tell.
    writeln!(
        stderr,
        "error: floxwright has a bug: {message}{place}\n\
         hint: please report it, with this line and the command that you ran"
    )
    .ok();
}
