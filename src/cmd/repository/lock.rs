//! The lock of a repository as it was found, and what is said where it is not one.

use crate::diagnostic::{Exit, Failure, Problem, Span};
use crate::model::Lock;
use crate::reconcile::{is_marked, plain, sides_of};
use crate::tree::File;
use crate::workspace::{LOCK_FILE, LockError, read_lock};

/// What a command does about a lock that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cmd) enum Trust {
    /// It says so, and does nothing.
    Whole,
    /// It goes on without: the lock is made anew.
    Rebuild,
}

/// The lock, as far as it can be read.
#[derive(Clone, Debug, Default)]
pub(in crate::cmd) struct FoundLock {
    /// What it says.
    pub(in crate::cmd) lock: Option<Lock>,
    /// Versions of third-party distributions that a lock which is no longer one still tells.
    pub(in crate::cmd) remains: Vec<Lock>,
    /// Why it has to be made anew, for a person; `None` where it is sound.
    pub(in crate::cmd) because: Option<String>,
}

/// Reads the lock from its file.
pub(super) fn found(file: &File, trust: Trust) -> Result<FoundLock, Failure> {
    let error = match read(file) {
        Ok(lock) => {
            return Ok(FoundLock {
                lock: Some(lock),
                ..FoundLock::default()
            });
        }
        Err(error) => error,
    };
    if trust == Trust::Whole || is_newer(file) {
        return Err(error);
    }
    let text = plain(file).unwrap_or_default();
    let (because, remains) = match sides_of(&text) {
        Some(sides) => (
            format!("`{LOCK_FILE}` held the markers of a conflict; it is made anew"),
            sides
                .iter()
                .filter_map(|side| read_lock(side).ok())
                .collect(),
        ),
        None => (
            format!("`{LOCK_FILE}` could not be read; it is made anew"),
            Vec::new(),
        ),
    };
    Ok(FoundLock {
        lock: None,
        remains,
        because: Some(because),
    })
}

fn is_newer(file: &File) -> bool {
    let text = plain(file).unwrap_or_default();
    let one = |text: &str| matches!(read_lock(text), Err(LockError::Newer(_)));
    one(&text) || sides_of(&text).is_some_and(|sides| sides.iter().any(|side| one(side)))
}

/// Reads a lock; a failure says what is wrong with it, where, and what mends it.
pub(in crate::cmd) fn read(file: &File) -> Result<Lock, Failure> {
    let refused = |cause: &dyn std::fmt::Display| {
        Failure::refused(format!("`{LOCK_FILE}` cannot be read")).because(cause)
    };
    let mend = "`floxwright sync` makes it anew";
    let Some(text) = plain(file) else {
        return Err(refused(&"it is no text").hint(mend));
    };
    if is_marked(&text) {
        return Err(Failure::new(
            Exit::Conflicts,
            format!("`{LOCK_FILE}` holds the markers of a conflict"),
        )
        .hint(format!("decide `floxwright.toml`, if that holds markers too; then {mend}, with everything that follows from it")));
    }
    read_lock(&text).map_err(|error| match error {
        LockError::Newer(_) => {
            refused(&error).hint("use the floxwright that made it, or a newer one")
        }
        LockError::Invalid(message) => {
            let short = message.lines().next().unwrap_or_default();
            let problem = Problem::new(format!("`{LOCK_FILE}` cannot be read: {short}"));
            let problem = match place(&message, &text) {
                Some(range) => problem.at(Span {
                    origin: LOCK_FILE.to_owned(),
                    text: text.clone(),
                    range,
                }),
                None => problem,
            };
            Failure::all(Exit::Refused, vec![problem])
                .hint(mend)
                .hint(format!(
                    "`git checkout -- {LOCK_FILE}` brings back the committed one"
                ))
        }
    })
}

/// The line that a parser names with `at line N`.
fn place(message: &str, text: &str) -> Option<std::ops::Range<usize>> {
    let after = message.split_once("line ")?.1;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    let number: usize = digits.parse().ok()?;
    let mut start = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        if at + 1 == number {
            return Some(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    None
}
