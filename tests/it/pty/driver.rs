//! The example of the prompts as a process on a pseudo-terminal.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests start the program itself"
)]
#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use crate::sandbox::{PROGRAM, Sandbox};
use expectrl::Session;
use expectrl::process::unix::{Signal, WaitStatus};
use expectrl::session::OsSession;
use rustix::termios::{LocalModes, tcgetattr};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// Starting may take a while on a busy machine.
const START: Duration = Duration::from_secs(30);

/// Ending may not.
const END: Duration = Duration::from_secs(2);

/// The example, or the program itself, on a pseudo-terminal.
pub(super) struct Prompts {
    session: OsSession,
    /// Everything that the terminal got.
    pub(super) seen: String,
    /// Held open, because the modes of a pseudo-terminal are forgotten when the last one closes it.
    terminal: Option<File>,
}

impl Prompts {
    pub(super) fn start(arguments: &[&str]) -> Self {
        Self::start_with(arguments, "TERM=xterm")
    }

    /// The shell gives the terminal its usual modes, which expectrl's have not, and then becomes the example.
    pub(super) fn start_with(arguments: &[&str], environment: &str) -> Self {
        let mut shell = Command::new("sh");
        shell
            .arg("-c")
            .arg(format!("stty sane rows 24 cols 80; exec env -u CI -u NO_COLOR -u ACCESSIBLE {environment} LC_ALL=C.UTF-8 \"$0\" \"$@\""))
            .arg(example())
            .args(arguments);
        Self::spawn(shell)
    }

    /// The program itself in surroundings of its own; `environment` as for `env`.
    pub(super) fn program(sandbox: &Sandbox, arguments: &[&str], environment: &str) -> Self {
        let mut shell = Command::new("sh");
        sandbox.surround(&mut shell);
        shell
            .arg("-c")
            .arg(format!(
                "stty sane rows 24 cols 80; exec env -u NO_COLOR {environment} \"$0\" \"$@\""
            ))
            .arg(PROGRAM)
            .args(arguments);
        Self::spawn(shell)
    }

    fn spawn(shell: Command) -> Self {
        let session = Session::spawn(shell).unwrap();
        let pid = session.get_process().pid();
        // Only Linux has this; elsewhere the modes are not looked at.
        let terminal = OpenOptions::new()
            .read(true)
            .open(format!("/proc/{pid}/fd/0"))
            .ok();
        Self {
            session,
            seen: String::new(),
            terminal,
        }
    }

    fn read(&mut self) {
        let mut bytes = [0; 4096];
        match self.session.try_read(&mut bytes) {
            Ok(count) if count > 0 => self
                .seen
                .push_str(&String::from_utf8_lossy(&bytes[..count])),
            _ => std::thread::sleep(Duration::from_millis(5)),
        }
    }

    /// Waits for this text, and says where in everything seen it ends.
    pub(super) fn wait_for(&mut self, text: &str, from: usize) -> usize {
        let deadline = Instant::now() + START;
        loop {
            if let Some(at) = self.seen[from..].find(text) {
                return from + at + text.len();
            }
            assert!(
                Instant::now() < deadline,
                "no {text:?} in:\n{:?}",
                self.seen
            );
            self.read();
        }
    }

    /// Waits until the last row of a prompt is drawn and keys are awaited.
    pub(super) fn wait_for_prompt(&mut self, text: &str) {
        let at = self.wait_for(text, 0);
        self.wait_for("\x1b[J", at);
        self.wait_until_raw();
    }

    fn wait_until_raw(&mut self) {
        let deadline = Instant::now() + START;
        while self.is_sane() == Some(true) && Instant::now() < deadline {
            self.read();
        }
    }

    pub(super) fn press(&mut self, keys: &[u8]) {
        self.session.write_all(keys).unwrap();
        self.session.flush().unwrap();
    }

    pub(super) fn signal(&mut self, signal: Signal) {
        self.session.get_process_mut().signal(signal).unwrap();
    }

    /// Whether the terminal echoes and collects lines; `None` where that cannot be known.
    fn is_sane(&self) -> Option<bool> {
        let modes = tcgetattr(self.terminal.as_ref()?).ok()?;
        Some(
            modes
                .local_modes
                .contains(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG),
        )
    }

    /// Waits for the end: the exit code.
    pub(super) fn end(&mut self) -> i32 {
        let deadline = Instant::now() + END;
        loop {
            let status = self.session.get_process().status().unwrap();
            if let WaitStatus::Exited(_, code) = status {
                (0..5).for_each(|_| self.read());
                return code;
            }
            assert!(status == WaitStatus::StillAlive, "{status:?}");
            assert!(Instant::now() < deadline, "still running:\n{:?}", self.seen);
            self.read();
        }
    }

    pub(super) fn assert_restored(&self, context: &str) {
        let shown = self.seen.rfind("\x1b[?25h");
        let hidden = self.seen.rfind("\x1b[?25l");
        assert!(
            shown >= hidden,
            "{context}: the cursor is hidden:\n{:?}",
            self.seen
        );
        assert_ne!(
            self.is_sane(),
            Some(false),
            "{context}: the modes are not restored"
        );
    }

    pub(super) fn assert_plain(&self) {
        assert!(
            !self.seen.contains('\x1b'),
            "an escape sequence:\n{:?}",
            self.seen
        );
    }
}

impl Prompts {
    /// Waits until the last row of a prompt after `from` is drawn; where in everything seen it ends.
    pub(super) fn wait_drawn(&mut self, text: &str, from: usize) -> usize {
        let at = self.wait_for(text, from);
        self.wait_for("\x1b[J", at)
    }
}

/// The example, which must be as new as the library: `cargo test --test it` alone does not build it.
fn example() -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_floxwright"));
    let example = program.with_file_name("examples").join("prompts");
    let library = program.with_file_name("libfloxwright.rlib");
    let built = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    assert!(
        built(&example).is_some() && built(&example) >= built(&library),
        "the example is older than the library: run `cargo build --example prompts`, or plain `cargo test`"
    );
    example
}

/// Runs the example without any terminal.
pub(super) fn run(arguments: &[&str]) -> Output {
    Command::new(example()).args(arguments).output().unwrap()
}
