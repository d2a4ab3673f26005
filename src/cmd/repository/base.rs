//! The base: what floxwright last made. Where it is missing or damaged, it is made again, if that gives what the lock names.

use super::open::{Repository, own};
use crate::cmd::Context;
use crate::cmd::desired::desired;
use crate::cmd::facts::Settled;
use crate::diagnostic::Failure;
use crate::generate::{BASE, base_intent};
use crate::model::{Intent, Lock, LockedFile, Owner};
use crate::reconcile::plain;
use crate::tree::{File, RelPath, Tree};
use sha2::{Digest, Sha256};

/// The base, and what has to be said about it.
pub(super) struct Base {
    pub(super) tree: Tree,
    /// Every file below the base's directory, whether it counts or not.
    pub(super) places: Vec<RelPath>,
    pub(super) notes: Vec<String>,
    /// The intent that the lock was made from, where that is known.
    pub(super) intent: Option<Intent>,
}

/// Reads the base.
pub(super) fn base(repository: &Repository, context: &Context<'_>) -> Result<Base, Failure> {
    let places = repository
        .root
        .files_below(&own(BASE))
        .map_err(|error| super::failed(&error))?;
    let mut base = Base {
        tree: Tree::new(),
        places,
        notes: Vec::new(),
        intent: None,
    };
    for place in &base.places {
        if place.as_str() == base_intent() {
            let text = repository.look(place)?.file().and_then(plain);
            base.intent = text.and_then(|text| repository.intent_of(&text).ok());
            continue;
        }
        let path = place.as_str().strip_prefix(BASE).unwrap_or_default();
        let path = path.trim_start_matches('/').parse::<RelPath>();
        if let (Ok(path), Some(file)) = (path, repository.look(place)?.file()) {
            base.tree.insert(path, file.clone());
        }
    }
    if let Some(lock) = &repository.lock {
        repair(&mut base, lock, repository, context)?;
    }
    Ok(base)
}

/// Whether a file has the text that the lock names.
fn is_named(file: &File, locked: &LockedFile) -> bool {
    let digest = |bytes: &[u8]| data_encoding::HEXLOWER.encode(&Sha256::digest(bytes));
    digest(&file.bytes) == locked.sha256
        || plain(file).is_some_and(|text| digest(text.as_bytes()) == locked.sha256)
}

/// Replaces what is not what the lock names: by the file itself where nobody edited it, else by making it again.
fn repair(
    base: &mut Base,
    lock: &Lock,
    repository: &Repository,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let named = lock
        .files
        .iter()
        .filter(|(_, locked)| locked.owner == Owner::Generated);
    let damaged: Vec<(&RelPath, &LockedFile)> = named
        .filter(|(path, locked)| {
            !base
                .tree
                .get(path)
                .is_some_and(|file| is_named(file, locked))
        })
        .collect();
    if damaged.is_empty() {
        return Ok(());
    }
    let again = desired(
        base.intent.as_ref().unwrap_or(&repository.intent),
        &repository.scaffold,
        &repository.index,
        &Settled::by(&[lock]),
        context,
    )
    .ok();
    let (mut mended, mut lost) = (0, Vec::new());
    for (path, locked) in damaged {
        let current = repository.look(path)?;
        let made = again.as_ref().and_then(|again| again.tree.get(path));
        let found = [made, current.file()]
            .into_iter()
            .flatten()
            .find(|file| is_named(file, locked));
        if let Some(file) = found {
            base.tree.insert(path.clone(), file.clone());
            mended += 1;
        } else {
            base.tree.remove(path);
            lost.push(format!("`{path}`"));
        }
    }
    if mended > 0 {
        base.notes.push(format!(
            "{mended} of the texts in `{BASE}` were missing or changed; they have been made again"
        ));
    }
    if !lost.is_empty() {
        base.notes.push(format!(
            "what floxwright last made of {} is lost, and cannot be made again; where it differs from what is there, both are kept",
            lost.join(", ")
        ));
    }
    Ok(())
}
