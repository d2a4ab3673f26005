//! Everything that a person sees: the only module that prints or prompts. It knows nothing of what is asked or made.
//!
//! Results go to standard output, talk to standard error. Whether a stream gets escape sequences is decided once, for
//! each by itself, from [`Settings`].

mod settings;

mod key;
mod paint;
mod row;
mod text;
mod tty;

mod frame;
mod list;
mod page;
mod screen;
mod scroll;
mod widget;

mod editor;
mod line;
mod many;
mod pager;
mod plain;
mod review;
mod review_body;
mod select;
mod terminal;

mod findings;
mod guard;
mod interrupts;
mod outcome;
mod progress;
mod report;

#[cfg(test)]
mod tests;

pub use guard::Guard;
pub use interrupts::{Interrupts, Writing};
pub use outcome::{NextStep, Outcome};
pub use progress::Progress;
pub use settings::{Color, Settings, Stream, TerminalFacts};
pub use text::{width, wrap};

use crate::ask::Asker;
use crate::check::Finding;
use crate::diagnostic::Failure;
use crate::tree::RelPath;
use paint::{Paint, Tone};
use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

type Out = Mutex<Box<dyn Write + Send>>;

/// The way to the person.
pub struct Ui {
    settings: Settings,
    stdout: Out,
    stderr: Out,
    /// How often something was printed: an asker must know whether its lines are still the last ones.
    said: Arc<AtomicUsize>,
}

impl Ui {
    /// The way over the standard streams.
    pub fn new(settings: Settings) -> Self {
        Self::with_writers(settings, Box::new(io::stdout()), Box::new(io::stderr()))
    }

    /// The same over other writers, for tests of commands.
    pub fn with_writers(
        settings: Settings,
        stdout: Box<dyn Write + Send>,
        stderr: Box<dyn Write + Send>,
    ) -> Self {
        Self {
            settings,
            stdout: Mutex::new(stdout),
            stderr: Mutex::new(stderr),
            said: Arc::default(),
        }
    }

    /// Whether somebody is there to be asked. If not, a command that needs more ends with `Exit::NeedsInput`.
    pub fn can_ask(&self) -> bool {
        self.settings.can_ask()
    }

    /// Whether the locale has line-drawing characters.
    pub fn draws_lines(&self) -> bool {
        self.settings.is_utf8()
    }

    /// How many columns a result may take: those of the terminal that it goes to, and 80 elsewhere.
    pub fn columns(&self) -> usize {
        match self.settings.facts.stdout {
            Stream::Terminal => screen::columns().clamp(40, 140),
            Stream::Elsewhere => 80,
        }
    }

    /// Whoever is there, to be asked: with widgets, or on plain lines.
    pub fn asker(&self, guard: &Guard) -> Box<dyn Asker> {
        if self.settings.is_plain() {
            return Box::new(plain::PlainAsker::new(io::stdin().lock(), io::stderr()));
        }
        let screen = screen::Terminal::new(guard.tty());
        let said = Arc::clone(&self.said);
        Box::new(terminal::TerminalAsker::new(
            screen,
            self.talk_paint(),
            said,
        ))
    }

    /// Prints a result: data, a plan, a patch. Exactly this text, to standard output.
    pub fn result(&self, text: &str) -> Result<(), Failure> {
        if self.settings.facts.stdout == Stream::Terminal {
            self.said.fetch_add(1, Ordering::SeqCst);
        }
        let mut stdout = self.stdout.lock().unwrap_or_else(PoisonError::into_inner);
        match stdout
            .write_all(text.as_bytes())
            .and_then(|()| stdout.flush())
        {
            // Whoever reads has read enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(Failure::refused("cannot write to standard output").because(error)),
            Ok(()) => Ok(()),
        }
    }

    /// Prints a line that another's text stands in, to standard output.
    pub fn result_line(&self, line: &str) -> Result<(), Failure> {
        self.result(&format!("{}\n", text::harmless(line)))
    }

    /// What is typed until the end of input (Ctrl-D on a terminal), as it is.
    pub fn read_to_end(&self) -> Result<String, Failure> {
        io::read_to_string(io::stdin())
            .map_err(|error| Failure::refused("cannot read standard input").because(error))
    }

    /// Prints what a command did, to standard output.
    pub fn outcome(&self, outcome: &Outcome) -> Result<(), Failure> {
        let paint = Paint {
            styled: self.settings.styles_stdout(),
            utf8: self.settings.is_utf8() && !self.settings.is_plain(),
        };
        self.result(&outcome::outcome_text(outcome, paint))
    }

    /// Prints findings with their lines, to standard output. `source` gives a file's plain text.
    pub fn findings(
        &self,
        findings: &[Finding],
        source: &dyn Fn(&RelPath) -> Option<String>,
    ) -> Result<(), Failure> {
        let is_styled = self.settings.styles_stdout();
        let texts = findings.iter();
        let text: String = texts
            .map(|one| findings::finding_text(one, source, is_styled))
            .collect();
        self.result(&text)
    }

    /// Says something on the way, in one line, to standard error.
    pub fn talk(&self, line: &str) {
        self.say(&format!("{}\n", text::harmless(line)));
    }

    /// Says a text of several lines as it is, to standard error: what the command line parser has to say.
    pub fn talk_text(&self, text: &str) {
        self.say(text);
    }

    /// Says something that deserves care, to standard error.
    pub fn warn(&self, line: &str) {
        let head = self.talk_paint().tone(Tone::Warn, "warning:");
        self.say(&format!("{head} {}\n", text::harmless(line)));
    }

    /// Says why a command stopped, to standard error.
    pub fn failure(&self, failure: &Failure) {
        self.say(&report::report(failure, self.talk_paint()));
    }

    /// A sign of life until the returned value is dropped, for something of unknown length.
    pub fn spinner(&self, message: &str) -> Progress {
        if self.settings.animates() {
            Progress::spinner(message)
        } else {
            Progress::silent()
        }
    }

    /// A sign of life until the returned value is dropped, for so many steps.
    pub fn bar(&self, message: &str, steps: u64) -> Progress {
        if self.settings.animates() {
            Progress::bar(message, steps)
        } else {
            Progress::silent()
        }
    }

    /// A sign of life until the returned value is dropped, for one large file.
    pub fn download(&self, message: &str) -> Progress {
        if self.settings.animates() {
            Progress::download(message)
        } else {
            Progress::silent()
        }
    }

    fn talk_paint(&self) -> Paint {
        Paint {
            styled: self.settings.styles_stderr(),
            utf8: self.settings.is_utf8() && !self.settings.is_plain(),
        }
    }

    /// There is nobody to tell when standard error cannot be written to, so that is no failure.
    fn say(&self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.said.fetch_add(1, Ordering::SeqCst);
        let mut stderr = self.stderr.lock().unwrap_or_else(PoisonError::into_inner);
        stderr
            .write_all(text.as_bytes())
            .and_then(|()| stderr.flush())
            .ok();
    }
}
