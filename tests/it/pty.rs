//! The prompts on a real pseudo-terminal: however a question ends, the terminal is left as it was found.
//!
//! Driven is `examples/prompts.rs`, which `cargo test` builds. Every wait has an end.

use expectrl::Session;
use expectrl::process::unix::{Signal, WaitStatus};
use rustix::termios::{LocalModes, tcgetattr};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// What the terminal shows of each kind of prompt, by its name in the example.
const PROMPTS: [(&str, &str); 7] = [
    ("line", "What is the repository called?"),
    ("one", "How are the builds laid out?"),
    ("many", "Which packages beside the core?"),
    ("words", "Which Python libraries"),
    ("yes-no", "Shall the first commit be made?"),
    ("review", "Is this right?"),
    ("pager", "Space next page"),
];

/// Starting may take a while on a busy machine.
const START: Duration = Duration::from_secs(30);

/// Ending may not.
const END: Duration = Duration::from_secs(2);

const CONTROL_C: &[u8] = b"\x03";
const CONTROL_D: &[u8] = b"\x04";
/// Panics in a debug build.
const PANIC: &[u8] = b"\x1c";

/// The example on a pseudo-terminal.
struct Prompts {
    session: expectrl::session::OsSession,
    seen: String,
    /// Held open, because the modes of a pseudo-terminal are forgotten when the last one closes it.
    terminal: Option<File>,
}

impl Prompts {
    fn start(arguments: &[&str]) -> Self {
        Self::start_with(arguments, "TERM=xterm")
    }

    /// The shell gives the terminal its usual modes, which expectrl's have not, and then becomes the example.
    fn start_with(arguments: &[&str], environment: &str) -> Self {
        let mut shell = Command::new("sh");
        shell
            .arg("-c")
            .arg(format!("stty sane rows 24 cols 80; exec env -u CI -u NO_COLOR -u ACCESSIBLE {environment} LC_ALL=C.UTF-8 \"$0\" \"$@\""))
            .arg(example())
            .args(arguments);
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
    fn wait_for(&mut self, text: &str, from: usize) -> usize {
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
    fn wait_for_prompt(&mut self, text: &str) {
        let at = self.wait_for(text, 0);
        self.wait_for("\x1b[J", at);
        self.wait_until_raw();
    }

    fn wait_until_raw(&mut self) {
        let deadline = Instant::now() + START;
        while self.is_sane() == Some(false) {
            return;
        }
        while self.is_sane() == Some(true) && Instant::now() < deadline {
            self.read();
        }
    }

    fn press(&mut self, keys: &[u8]) {
        self.session.write_all(keys).unwrap();
        self.session.flush().unwrap();
    }

    fn signal(&mut self, signal: Signal) {
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
    fn end(&mut self) -> i32 {
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

    fn assert_restored(&self, context: &str) {
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

    fn assert_plain(&self) {
        assert!(
            !self.seen.contains('\x1b'),
            "an escape sequence:\n{:?}",
            self.seen
        );
    }
}

fn example() -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_floxwright"));
    let example = program.with_file_name("examples").join("prompts");
    assert!(
        example.exists(),
        "run `cargo build --example prompts` first; plain `cargo test` does"
    );
    example
}

/// Ends every kind of prompt in this way.
fn end_all(way: &str, code: i32, end: impl Fn(&mut Prompts)) {
    for (kind, text) in PROMPTS {
        let mut prompts = Prompts::start(&[kind]);
        prompts.wait_for_prompt(text);
        end(&mut prompts);
        let context = format!("{way} at {kind}");
        assert_eq!(prompts.end(), code, "{context}:\n{:?}", prompts.seen);
        prompts.assert_restored(&context);
    }
}

#[test]
fn control_c_ends_every_prompt() {
    end_all("Ctrl-C", 130, |prompts| prompts.press(CONTROL_C));
}

#[test]
fn control_d_ends_every_prompt() {
    end_all("Ctrl-D", 130, |prompts| prompts.press(CONTROL_D));
}

#[test]
fn signals_end_every_prompt() {
    end_all("SIGTERM", 130, |prompts| prompts.signal(Signal::SIGTERM));
    end_all("SIGINT", 130, |prompts| prompts.signal(Signal::SIGINT));
}

#[test]
fn the_terminal_going_away_ends_the_prompt() {
    let mut prompts = Prompts::start(&["many"]);
    prompts.wait_for_prompt("Which packages");
    prompts.signal(Signal::SIGHUP);
    assert_eq!(prompts.end(), 130);
    prompts.assert_restored("SIGHUP");
}

#[test]
#[cfg_attr(
    not(debug_assertions),
    ignore = "the panic key exists in debug builds only"
)]
fn a_panic_restores_the_terminal_at_every_prompt() {
    end_all("panic", 1, |prompts| prompts.press(PANIC));
    let mut prompts = Prompts::start(&["line"]);
    prompts.wait_for_prompt("What is the repository called?");
    prompts.press(PANIC);
    prompts.end();
    let said: Vec<&str> = prompts.seen.lines().rev().take(2).collect();
    assert!(
        said[1].contains("error: floxwright has a bug: the panic key was pressed"),
        "{said:?}"
    );
    assert!(said[0].starts_with("hint: please report it"), "{said:?}");
}

#[test]
fn escape_goes_back_to_the_question_before() {
    let mut prompts = Prompts::start(&["line", "one", "many", "words", "yes-no", "review"]);
    let mut at = prompts.wait_for("(1/6)", 0);
    for step in 2..=5 {
        prompts.press(b"\r");
        at = prompts.wait_for(&format!("({step}/6)"), at);
    }
    prompts.press(b"\r");
    at = prompts.wait_for("Is this right?", at);
    for step in (1..=5).rev() {
        prompts.press(b"\x1b");
        at = prompts.wait_for(&format!("({step}/6)"), at);
    }
    prompts.press(b"\x1b");
    assert_eq!(prompts.end(), 130);
    prompts.assert_restored("Esc at the first question");
}

#[test]
fn answers_reach_standard_output_and_keys_may_come_early() {
    let mut prompts = Prompts::start(&["line", "one", "many", "yes-no"]);
    prompts.wait_for_prompt("What is the repository called?");
    // All at once, as if pasted: a name with an arrow in it, the second choice, one package found and taken, no.
    prompts.press("flöx\x1b[Dy\r2\rmysql \rn".as_bytes());
    assert_eq!(prompts.end(), 0, "{:?}", prompts.seen);
    for answer in [
        "line=flöyx",
        "one=single",
        "many=acme-postgres, acme-mysql",
        "yes-no=no",
    ] {
        assert!(
            prompts.seen.contains(answer),
            "{answer}: {:?}",
            prompts.seen
        );
    }
    prompts.assert_restored("the proper end");
}

#[test]
fn plain_questions_have_no_escape_sequence() {
    for (arguments, environment) in [
        (&["--plain"][..], "TERM=xterm"),
        (&[][..], "TERM=dumb"),
        (&[][..], "TERM=xterm ACCESSIBLE=1"),
    ] {
        let mut prompts = Prompts::start_with(arguments, environment);
        let mut at = prompts.wait_for("Enter for: acme-flox", 0);
        prompts.press(b"\n");
        for (question, answer) in [
            ("Enter for: split", "2"),
            ("Enter for: acme-postgres", "mysql\n1,2"),
            ("Enter for: pandas, polars", "-"),
            ("Enter for: yes", "n"),
            ("Enter for: apply", "d\n1"),
        ] {
            at = prompts.wait_for(question, at);
            prompts.press(format!("{answer}\n").as_bytes());
        }
        assert_eq!(prompts.end(), 0, "{}", prompts.seen);
        for answer in [
            "one=single",
            "many=acme-postgres, acme-mysql",
            "words=\r\n",
            "yes-no=no",
            "review=Apply",
        ] {
            assert!(prompts.seen.contains(answer), "{answer}: {}", prompts.seen);
        }
        prompts.assert_plain();
        prompts.assert_restored("plain");
    }
}

#[test]
fn plain_questions_end_like_the_others() {
    let ways: [(&str, i32, &[u8]); 2] = [("Ctrl-C", 130, CONTROL_C), ("Ctrl-D", 130, CONTROL_D)];
    for (kind, _) in PROMPTS.iter().filter(|(kind, _)| *kind != "pager") {
        for (way, code, keys) in ways {
            let mut prompts = Prompts::start(&["--plain", kind]);
            prompts.wait_for("> ", 0);
            prompts.press(keys);
            assert_eq!(prompts.end(), code, "{way} at {kind}: {}", prompts.seen);
            prompts.assert_plain();
            prompts.assert_restored(way);
        }
        let mut prompts = Prompts::start(&["--plain", kind]);
        prompts.wait_for("> ", 0);
        prompts.signal(Signal::SIGTERM);
        assert_eq!(prompts.end(), 130);
        prompts.assert_plain();
    }
}

#[test]
#[cfg_attr(
    not(debug_assertions),
    ignore = "the panic key exists in debug builds only"
)]
fn a_panic_at_a_plain_question_is_one_sentence() {
    let mut prompts = Prompts::start(&["--plain", "line"]);
    prompts.wait_for("> ", 0);
    // Ctrl-V lets the line have the key.
    prompts.press(b"\x16\x1c\n");
    assert_eq!(prompts.end(), 1, "{}", prompts.seen);
    prompts.assert_plain();
    prompts.assert_restored("plain panic");
}

#[test]
fn a_writer_undoes_its_work_and_a_second_signal_does_not_wait() {
    let mut prompts = Prompts::start(&["--write"]);
    prompts.wait_for("writing", 0);
    prompts.signal(Signal::SIGTERM);
    prompts.wait_for("undone", 0);
    assert_eq!(prompts.end(), 130);

    let mut prompts = Prompts::start(&["--write"]);
    prompts.wait_for("writing", 0);
    prompts.press(CONTROL_C);
    std::thread::sleep(Duration::from_millis(100));
    prompts.press(CONTROL_C);
    assert_eq!(prompts.end(), 130);
    assert!(!prompts.seen.contains("undone"), "{:?}", prompts.seen);
}

#[test]
fn progress_moves_on_a_terminal_and_nowhere_else() {
    let mut prompts = Prompts::start(&["--progress"]);
    prompts.wait_for("looking at the release", 0);
    assert_eq!(prompts.end(), 2);
    assert!(prompts.seen.contains("\x1b["), "{:?}", prompts.seen);
    for (arguments, environment) in [
        (&["--progress", "--color", "never"][..], "TERM=xterm"),
        (&["--progress"][..], "TERM=xterm NO_COLOR=1"),
        (&["--progress"][..], "TERM=dumb"),
    ] {
        let mut prompts = Prompts::start_with(arguments, environment);
        prompts.wait_for("hint: write", 0);
        assert_eq!(prompts.end(), 2);
        assert!(!prompts.seen.contains("looking"), "{:?}", prompts.seen);
        prompts.assert_plain();
    }
}

#[test]
fn without_a_terminal_nothing_moves_and_nobody_is_asked() {
    let run = |arguments: &[&str]| Command::new(example()).args(arguments).output().unwrap();
    let progress = run(&["--progress"]);
    assert_eq!(progress.status.code(), Some(2));
    assert!(!progress.stderr.contains(&b'\x1b') && progress.stderr.starts_with(b"error: "));
    let asked = run(&["line"]);
    assert_eq!(asked.status.code(), Some(5));
    assert!(asked.stdout.is_empty() && !asked.stderr.contains(&b'\x1b'));
}
