//! The documents alone: made from what is locked, so that they never describe what is not there.

use super::base::Base;
use super::open::{Repository, own};
use crate::ask::Field;
use crate::cmd::desired::{Desired, invalid, outputs};
use crate::cmd::upstream::provided;
use crate::cmd::{Context, kept};
use crate::diagnostic::Failure;
use crate::generate::{base_intent, with_own};
use crate::model::{Intent, Lock};
use crate::tree::Tree;
use crate::workspace::{Changed, INTENT_FILE, LOCK_FILE, intent_changes};
use std::collections::BTreeSet;

/// What keeps documents from being made by themselves: the rest would have to change first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cmd) enum Behind {
    /// There is no lock to describe.
    NoLock,
    /// Keys of the intent that concern more than documents.
    Intent(Vec<Changed>),
}

impl Behind {
    /// Why, for a person.
    pub(in crate::cmd) fn told(&self) -> String {
        match self {
            Self::NoLock => format!("there is no `{LOCK_FILE}` that documents could describe"),
            Self::Intent(changed) => {
                let lines: Vec<String> = changed.iter().map(Changed::told).collect();
                format!(
                    "`{INTENT_FILE}` was changed in more than its documents, and nothing follows it yet: {}",
                    lines.join("; ")
                )
            }
        }
    }
}

/// Whether the rest of the repository is behind its intent.
pub(super) fn behind(repository: &Repository, last: Option<&Intent>) -> Option<Behind> {
    let Some(lock) = &repository.lock else {
        return Some(Behind::NoLock);
    };
    let own = [Field::Documents.key(), Field::DocumentsDir.key()];
    let changed = match last {
        Some(last) => intent_changes(last, &repository.intent),
        // The version of a commit has the release as its beginning only.
        None if repository.intent.rev.is_empty()
            && lock.release.version != repository.intent.release =>
        {
            vec![Changed {
                key: Field::Release.key().to_owned(),
                before: lock.release.version.clone(),
                now: repository.intent.release.clone(),
            }]
        }
        None => Vec::new(),
    };
    let mut rest = changed;
    rest.retain(|one| !own.contains(&one.key.as_str()));
    (!rest.is_empty()).then_some(Behind::Intent(rest))
}

/// What is desired where only the documents of these outputs change; of all outputs where none is named.
pub(super) fn documents(
    repository: &Repository,
    base: &Base,
    picked: &BTreeSet<String>,
    context: &Context<'_>,
) -> Result<Desired, Failure> {
    if let Some(behind) = behind(repository, base.intent.as_ref()) {
        return Err(Failure::refused(behind.told())
            .hint("`floxwright sync` lets everything follow, documents included"));
    }
    let Some(old) = &repository.lock else {
        return Err(Failure::refused(Behind::NoLock.told()));
    };
    let intent = &repository.intent;
    let scaffold = provided(&repository.scaffold, intent, context)?;
    let is_picked =
        |id: &str| scaffold.is_document(id) && (picked.is_empty() || picked.contains(id));
    let parts = (&*scaffold, &repository.index);
    let (rendered, made) = outputs(intent, old, parts, &|output| output.document)?;
    let mut lock = Lock {
        files: old
            .files
            .iter()
            .filter(|(_, file)| !is_picked(&file.id))
            .map(|(path, file)| (path.clone(), file.clone()))
            .collect(),
        ..old.clone()
    };
    let mut tree: Tree = base
        .tree
        .iter()
        .filter(|(path, _)| lock.files.contains_key(*path))
        .map(|(path, file)| (path.clone(), file.clone()))
        .collect();
    for (path, file) in made.files.iter().filter(|(_, file)| is_picked(&file.id)) {
        if let Some(text) = rendered.get(path) {
            lock.files.insert(path.clone(), file.clone());
            tree.insert(path.clone(), text.clone());
        }
    }
    for path in kept::FILES.map(own) {
        if let Some(file) = repository.look(&path)?.file() {
            tree.insert(path, file.clone());
        }
    }
    // Where some documents stay behind, the intent is not followed yet.
    let followed = match &base.intent {
        Some(last) if !picked.is_empty() => last,
        _ => intent,
    };
    with_own(&mut tree, &lock, followed).map_err(|error| invalid(error, &scaffold))?;
    if base.intent.is_none() {
        tree.remove(&own(&base_intent()));
    }
    let mut notes = Vec::new();
    if old.scaffold_digest != repository.scaffold.digest {
        notes.push("this floxwright has other templates or facts than the one that made the packages; `floxwright sync` lets the rest follow".to_owned());
    }
    Ok(Desired { tree, lock, notes })
}
