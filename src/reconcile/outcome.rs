//! What becomes of one path: the table of the three sides.

use super::merge::{Merged, merge};
use super::text::{dressed, plain, same, same_content};
use super::{Cause, Clash};
use crate::generate::{check, is_parsed};
use crate::tree::{File, Found, Kind, Mode, RelPath};

/// What becomes of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It stays as it is.
    Leave,
    /// It becomes this.
    Write(File),
    /// It goes.
    Delete,
    /// Both changed it in ways that exclude each other.
    Clash(Clash),
    /// It would have to change, and cannot: what should be a directory on the way is none.
    Blocked(RelPath, Kind),
}

/// The outcome for `path`: `base` is what floxwright last made, `current` what is there, `desired` what it would make now.
pub(super) fn outcome(
    path: &RelPath,
    base: Option<&File>,
    current: &Found,
    desired: Option<&File>,
) -> Outcome {
    let changes = match (base, desired) {
        (Some(base), Some(desired)) => !same(base, desired),
        (None, None) => false,
        _ => true,
    };
    match (base, current, desired) {
        _ if !changes => Outcome::Leave,
        (None, Found::Absent, Some(new)) => Outcome::Write(new.clone()),
        (None, Found::File(yours), Some(new)) if same(yours, new) => Outcome::Leave,
        (None, Found::File(_), Some(new)) => beside(Cause::BothAdded, new),
        (Some(base), Found::File(yours), Some(new)) => both(path, base, yours, new),
        (Some(base), Found::File(yours), None) if same(base, yours) => Outcome::Delete,
        (_, Found::Absent | Found::Behind(..), None) => Outcome::Leave,
        (_, Found::File(_), None) => told(Cause::NoLongerMade),
        (_, Found::Other(kind), None) => told(Cause::Other(*kind)),
        (Some(_), Found::Absent, Some(_)) => told(Cause::Deleted),
        (_, Found::Other(kind), Some(new)) => beside(Cause::Other(*kind), new),
        (_, Found::Behind(by, Kind::File), Some(new)) => {
            beside(Cause::NoDirectory(by.clone()), new)
        }
        (_, Found::Behind(parent, kind), Some(_)) => Outcome::Blocked(parent.clone(), *kind),
    }
}

fn beside(cause: Cause, new: &File) -> Outcome {
    Outcome::Clash(Clash {
        cause,
        marked: None,
        beside: Some(new.clone()),
    })
}

fn told(cause: Cause) -> Outcome {
    Outcome::Clash(Clash {
        cause,
        marked: None,
        beside: None,
    })
}

/// The file was there, is there, and should be another.
fn both(path: &RelPath, base: &File, yours: &File, new: &File) -> Outcome {
    let mode = if yours.mode == base.mode {
        new.mode
    } else {
        yours.mode
    };
    let content = content(path, base, yours, new);
    match content {
        Content::Clash(clash) => Outcome::Clash(clash),
        Content::Is(bytes) if bytes == yours.bytes && mode == yours.mode => Outcome::Leave,
        Content::Is(bytes) => Outcome::Write(File { bytes, mode }),
    }
}

enum Content {
    Is(Vec<u8>),
    Clash(Clash),
}

fn content(path: &RelPath, base: &File, yours: &File, new: &File) -> Content {
    if same_content(base, new) || same_content(yours, new) {
        return Content::Is(yours.bytes.clone());
    }
    if same_content(base, yours) {
        let text = plain(new).filter(|_| plain(yours).is_some());
        let dressed = text.map(|text| dressed(&text, yours).into_bytes());
        return Content::Is(dressed.unwrap_or_else(|| new.bytes.clone()));
    }
    let clash = |cause: Cause| {
        Content::Clash(Clash {
            cause,
            marked: None,
            beside: Some(new.clone()),
        })
    };
    let keeps_form = is_parsed(path) || yours.mode == Mode::Executable;
    match merge(base, yours, new) {
        Merged::Binary => clash(Cause::Binary),
        Merged::Clean(text) if is_parsed(path) => match check(path, &text) {
            Ok(()) => Content::Is(text.into_bytes()),
            // What did not parse before is not made worse.
            Err(_) if plain(yours).is_some_and(|yours| check(path, &yours).is_err()) => {
                Content::Is(text.into_bytes())
            }
            Err(cause) => clash(Cause::Unparseable(cause)),
        },
        Merged::Clean(text) => Content::Is(text.into_bytes()),
        Merged::Marked(_) if keeps_form => clash(Cause::BothChanged),
        Merged::Marked(text) => Content::Clash(Clash {
            cause: Cause::BothChanged,
            marked: Some(File {
                bytes: text.into_bytes(),
                mode: yours.mode,
            }),
            beside: None,
        }),
    }
}
