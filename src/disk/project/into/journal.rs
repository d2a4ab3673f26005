//! What is going to be written, in files, before it is: so that the next run knows what a killed one was about.

use super::WORK;
use crate::disk::error::DiskError;
use crate::disk::root::Root;
use crate::disk::step::{How, Replace};
use crate::tree::RelPath;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{Error, ErrorKind};
use std::os::unix::fs::MetadataExt;

/// The form of the files.
const SCHEMA: u32 = 1;

/// What is written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Outline {
    schema: u32,
    /// Directories that are made, outermost first.
    pub(super) directories: Vec<RelPath>,
    /// Files and links. Their number in the list is in the names of what waits beside them.
    pub(super) pieces: Vec<Piece>,
    /// Whether a repository comes as well.
    pub(super) repository: bool,
}

/// A file or a link that is written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Piece {
    pub(super) path: RelPath,
    /// Whether something stands there.
    pub(super) replaces: bool,
}

/// By what something is known again that was written: nobody has touched it since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seal {
    file: u64,
    size: u64,
    seconds: i64,
    nanoseconds: i64,
}

impl Outline {
    pub(super) fn new(directories: Vec<RelPath>, pieces: Vec<Piece>, repository: bool) -> Self {
        Self {
            schema: SCHEMA,
            directories,
            pieces,
            repository,
        }
    }

    /// The outline in one of the files; `None` where there is none.
    pub(super) fn read(root: &Root, name: &str) -> Result<Option<Self>, DiskError> {
        let found: Option<Self> = read(root, name)?;
        if found.as_ref().is_some_and(|found| found.schema != SCHEMA) {
            let newer = Error::other("it was written by another version of floxwright");
            return root.named(Err(newer), "understand", &own(name));
        }
        Ok(found)
    }
}

/// A file of the run's own.
pub(super) fn own(name: &str) -> RelPath {
    format!("{WORK}/{name}")
        .parse()
        .expect("the names of the run's own files are paths")
}

/// What waits beside a piece: short, whatever its own name is.
pub(super) fn beside(piece: &Piece, number: usize, what: &str) -> RelPath {
    let name = format!(".floxwright-{number}-{what}");
    let path = match piece.path.parent() {
        Some(parent) => format!("{parent}/{name}"),
        None => name,
    };
    path.parse().expect("a short name beside a path is a path")
}

impl Seal {
    /// The seal of what stands at a path; `None` where nothing does.
    pub(super) fn of(root: &Root, path: &RelPath) -> Result<Option<Self>, DiskError> {
        match fs::symlink_metadata(root.path.join(path.as_str())) {
            Ok(found) => Ok(Some(Self {
                file: found.ino(),
                size: found.size(),
                seconds: found.mtime(),
                nanoseconds: found.mtime_nsec(),
            })),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => root.named(Err(error), "look at", path),
        }
    }
}

/// Writes one of the files: all of it, or nothing.
pub(super) fn write(root: &Root, name: &str, value: &impl Serialize) -> Result<(), DiskError> {
    let (new, place) = (own(&format!("{name}.new")), own(name));
    let text = serde_json::to_vec(value).map_err(Error::other);
    let text = root.named(text, "write", &place)?;
    let how = How {
        bits: None,
        executable: false,
        flush: true,
    };
    root.write(&new, &text, how)?;
    root.rename(&new, &place, Replace::No)?;
    root.flush_above(&place)
}

/// One of the files; `None` where there is none.
pub(super) fn read<T: DeserializeOwned>(root: &Root, name: &str) -> Result<Option<T>, DiskError> {
    let place = own(name);
    if !root.is_there(&place)? {
        return Ok(None);
    }
    let bytes = root.named(fs::read(root.path.join(place.as_str())), "read", &place)?;
    let value = serde_json::from_slice(&bytes).map_err(Error::from);
    root.named(value, "understand", &place).map(Some)
}
