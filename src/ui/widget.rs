//! The loop that every widget shares: draw, wait for a key, let the widget have it.
//!
//! dialoguer is not used. Its line input ignores Escape and Ctrl-D, its selection ignores Ctrl-D, its fuzzy selection
//! spins for ever when the terminal goes away, and none of its multiple selections can be searched. With one loop of our
//! own the keys mean the same everywhere, and a test can press them.

use super::frame::{Frame, Painter};
use super::key::Key;
use super::paint::Paint;
use super::screen::{Screen, Size};
use crate::ask::Stopped;

/// The key that panics in a debug build, so that tests can prove what a panic leaves behind. In a release build the
/// comparison is gone and the key does nothing.
const PANIC_KEY: Key = Key::Ctrl('\\');

/// What a widget makes of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Next<T> {
    /// Go on.
    Stay,
    /// That is the answer.
    Done(T),
    /// To the question before.
    Back,
}

/// Something on the screen that listens to keys.
pub(super) trait Widget {
    /// What comes out in the end.
    type Output;

    /// What it shows now.
    fn frame(&self, size: Size, paint: Paint) -> Frame;

    /// What a key does. Ctrl-C and Ctrl-D never arrive here.
    fn press(&mut self, key: Key) -> Next<Self::Output>;
}

/// Runs a widget to its end: its output, or `None` for "back". The frame is still on the screen afterwards; the caller
/// closes it.
pub(super) fn run<W: Widget>(
    painter: &mut Painter<impl Screen>,
    widget: &mut W,
) -> Result<Option<W::Output>, Stopped> {
    loop {
        let frame = widget.frame(painter.size(), painter.paint());
        painter.draw(&frame).map_err(failed)?;
        let key = match painter.screen().read_key().map_err(failed)? {
            None | Some(Key::Ctrl('c' | 'd')) => return Err(Stopped::Interrupted),
            Some(key) => key,
        };
        assert!(
            !(cfg!(debug_assertions) && key == PANIC_KEY),
            "the panic key was pressed"
        );
        match widget.press(key) {
            Next::Stay => {}
            Next::Done(output) => return Ok(Some(output)),
            Next::Back => return Ok(None),
        }
    }
}

/// The terminal failed.
pub(super) fn failed(error: impl std::fmt::Display) -> Stopped {
    Stopped::Terminal(error.to_string())
}
