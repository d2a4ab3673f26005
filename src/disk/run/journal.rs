//! What a run is about to do, in a file, before it does it.

use super::outside::Follower;
use crate::tree::{File, Mode, RelPath};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The journal's form.
pub(super) const SCHEMA: u32 = 1;

/// What a command wants done.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The command, as a person would type it.
    pub command: String,
    /// What the command wants to find again when it is continued or undone.
    pub note: serde_json::Value,
    /// The files that change.
    pub files: Vec<Swap>,
    /// Everything that the plan was made from, with what stood there.
    pub inputs: crate::reconcile::Current,
    /// A file outside that follows the change, once it is confirmed.
    pub follower: Option<Follower>,
}

/// One file of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap {
    /// Where it is.
    pub path: RelPath,
    /// What was there.
    pub before: Option<File>,
    /// What comes.
    pub after: Option<File>,
}

/// What a run does.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Journal {
    pub(super) schema: u32,
    pub(super) command: String,
    pub(super) note: serde_json::Value,
    /// Directories that it makes, outermost first.
    pub(super) directories: Vec<RelPath>,
    pub(super) files: Vec<Entry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) follower: Option<Follower>,
}

/// What a run does with one file. Its number in the list is the name of its copies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) path: RelPath,
    pub(super) before: Option<Seal>,
    pub(super) after: Option<Seal>,
}

/// A file's content and mode, by which it is known again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seal {
    sha256: String,
    executable: bool,
}

impl Seal {
    pub(super) fn of(file: &File) -> Self {
        Self {
            sha256: data_encoding::HEXLOWER.encode(&Sha256::digest(&file.bytes)),
            executable: file.mode == Mode::Executable,
        }
    }
}

impl Journal {
    pub(super) fn new(wanted: &Wanted, directories: Vec<RelPath>) -> Self {
        let files = wanted.files.iter();
        let files = files.map(|swap| Entry {
            path: swap.path.clone(),
            before: swap.before.as_ref().map(Seal::of),
            after: swap.after.as_ref().map(Seal::of),
        });
        Self {
            schema: SCHEMA,
            command: wanted.command.clone(),
            note: wanted.note.clone(),
            directories,
            files: files.collect(),
            follower: wanted.follower.clone(),
        }
    }
}
