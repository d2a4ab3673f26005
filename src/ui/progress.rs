//! A sign of life while something takes long. It shows up after a moment, so that what is quick does not flicker, and
//! only where something may move; anywhere else there is nothing at all.

use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// Nothing is shown before.
const PATIENCE: Duration = Duration::from_millis(150);

/// Between two pictures.
const BEAT: Duration = Duration::from_millis(100);

/// A file of which nobody says how large it is.
const UNSIZED: &str = "{spinner} {binary_bytes}, {binary_bytes_per_sec} {wide_msg}";

/// A file whose size is known.
const SIZED: &str =
    "[{bar:20}] {binary_bytes}/{binary_total_bytes}, {binary_bytes_per_sec}, {eta} left {wide_msg}";

/// A spinner or a bar. It disappears when it is dropped.
#[derive(Debug)]
#[must_use = "it disappears when it is dropped"]
pub struct Progress {
    bar: ProgressBar,
    appears: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Nothing is ever shown.
    pub(super) fn silent() -> Self {
        Self {
            bar: ProgressBar::hidden(),
            appears: None,
        }
    }

    /// Something of unknown length.
    pub(super) fn spinner(message: &str) -> Self {
        Self::started(None, "{spinner} {wide_msg}", message)
    }

    /// So many steps.
    pub(super) fn bar(message: &str, steps: u64) -> Self {
        Self::started(Some(steps), "[{bar:20}] {pos}/{len} {wide_msg}", message)
    }

    /// One large file, whose length may become known.
    pub(super) fn download(message: &str) -> Self {
        Self::started(None, UNSIZED, message)
    }

    fn started(steps: Option<u64>, template: &str, message: &str) -> Self {
        let bar = ProgressBar::with_draw_target(steps, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> ").tick_chars("-\\|/ "));
        }
        bar.set_message(message.to_owned());
        let (done, waiting) = channel();
        let shown = bar.clone();
        let thread = std::thread::spawn(move || {
            if waiting.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(BEAT);
            }
        });
        Self {
            bar,
            appears: Some((done, thread)),
        }
    }

    /// What is being done now.
    pub fn message(&self, message: impl Into<String>) {
        self.bar.set_message(message.into());
    }

    /// So many more steps are to come.
    pub fn expect(&self, steps: u64) {
        self.bar.inc_length(steps);
    }

    /// What is being fetched now, and how much has come in so far.
    pub fn fetched(&self, what: &str, bytes: u64) {
        self.bar
            .set_message(format!("{what}, {}", HumanBytes(bytes)));
    }

    /// So many bytes are here already, of so many where that is known.
    pub fn sized(&self, total: Option<u64>, here: u64) {
        let template = if total.is_some() { SIZED } else { UNSIZED };
        if let Some(total) = total {
            self.bar.set_length(total);
        }
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar
                .set_style(style.progress_chars("=> ").tick_chars("-\\|/ "));
        }
        self.bar.set_position(here);
        // What was here before says nothing of the speed.
        self.bar.reset_eta();
    }

    /// So many more bytes came in.
    pub fn more(&self, bytes: u64) {
        self.bar.inc(bytes);
    }

    /// One step is done.
    pub fn step(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.appears.take() {
            drop(done);
            // The thread cannot have anything to say.
            thread.join().ok();
        }
        self.bar.finish_and_clear();
    }
}
