//! Which nixpkgs the predictions are of, and which one Flox builds with.

use crate::cmd::repository::{Repository, failed};
use crate::diagnostic::Failure;
use crate::nixpkgs::{FLOX_LOCK, INDEX_FILE, Pinned, Refreshed, pinned};
use crate::reconcile::plain;
use crate::tree::{Found, RelPath};

/// What is known of nixpkgs.
pub(super) struct Nixpkgs {
    /// The index in one line.
    pub(super) stamp: String,
    /// The commit that the index describes, where it describes one.
    pub(super) described: Option<String>,
    /// What Flox's lock pins.
    pub(super) pinned: Option<Pinned>,
    /// What is wrong with Flox's lock.
    pub(super) fault: Option<String>,
}

impl Nixpkgs {
    /// Whether the index describes another nixpkgs than the one that Flox builds with.
    pub(super) fn is_apart(&self) -> bool {
        match (&self.described, &self.pinned) {
            (Some(described), Some(pinned)) => {
                !pinned.revision.starts_with(described.as_str())
                    && !described.starts_with(&pinned.revision)
            }
            _ => false,
        }
    }
}

/// Reads the index's revision and Flox's lock.
pub(super) fn nixpkgs(repository: &Repository) -> Result<Nixpkgs, Failure> {
    let text = |path: &str| -> Result<Option<String>, Failure> {
        let Ok(path) = path.parse::<RelPath>() else {
            return Ok(None);
        };
        let found = repository
            .root
            .look(&path)
            .map_err(|error| failed(&error))?;
        Ok(match found {
            Found::File(file) => plain(&file),
            _ => None,
        })
    };
    let index = text(INDEX_FILE)?.and_then(|text| Refreshed::parse(&text).ok());
    let (pinned, fault) = match text(FLOX_LOCK)?.map(|text| pinned(&text)) {
        Some(Ok(pinned)) => (pinned, None),
        Some(Err(error)) => (None, Some(error.to_string())),
        None => (None, None),
    };
    Ok(Nixpkgs {
        stamp: repository.index.stamp(),
        described: index.and_then(|index| index.revision),
        pinned,
        fault,
    })
}
