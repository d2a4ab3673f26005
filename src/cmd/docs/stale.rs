//! Which documents are not what they would be now, and why.

use crate::cmd::Context;
use crate::cmd::repository::{Repository, Scope, Standing, State, standing};
use crate::diagnostic::Failure;
use crate::tree::RelPath;
use crate::workspace::Changed;
use std::collections::BTreeSet;

/// A document that is stale.
pub(in crate::cmd) struct Stale {
    /// Its path; `None` where it concerns all of them.
    pub(in crate::cmd) path: Option<RelPath>,
    /// Why, in one word for programs.
    pub(in crate::cmd) kind: &'static str,
    /// Why, for a person.
    pub(in crate::cmd) reason: String,
}

/// Looks at the documents of these outputs; at all where none is named.
pub(in crate::cmd) fn stale(
    repository: &Repository,
    picked: &BTreeSet<String>,
    context: &Context<'_>,
) -> Result<Vec<Stale>, Failure> {
    let standing = standing(repository, &Scope::Documents(picked.clone()), context)?;
    if let Some(behind) = &standing.behind {
        return Ok(vec![Stale {
            path: None,
            kind: "behind",
            reason: behind.told(),
        }]);
    }
    let made = match &standing.desired {
        Ok(desired) => &desired.lock.files,
        Err(failure) => return Err(failure.clone()),
    };
    let old = repository.lock.as_ref().map(|lock| &lock.files);
    let is_meant = |path: &RelPath| {
        let file = made.get(path).or_else(|| old?.get(path));
        file.is_some_and(|file| {
            repository.scaffold.is_document(&file.id)
                && (picked.is_empty() || picked.contains(&file.id))
        })
    };
    let mut stale = Vec::new();
    for (path, states) in standing.files.iter().filter(|(path, _)| is_meant(path)) {
        let (kind, reason) = if states.contains(&State::Conflicted) {
            (
                "conflicted",
                "it waits for your decision: `floxwright continue` after it".to_owned(),
            )
        } else if !states.contains(&State::Drifted) {
            continue;
        } else if states.contains(&State::Missing) {
            (
                "deleted",
                "you deleted it, and it would be another now".to_owned(),
            )
        } else {
            because(repository, &standing)
        };
        stale.push(Stale {
            path: Some(path.clone()),
            kind,
            reason,
        });
    }
    Ok(stale)
}

/// Why a document would be another now.
fn because(repository: &Repository, standing: &Standing) -> (&'static str, String) {
    let since = standing.since.iter().flatten().map(Changed::told);
    let since: Vec<String> = since.collect();
    if !since.is_empty() {
        return ("intent", since.join("; "));
    }
    let digest = repository.lock.as_ref().map(|lock| &lock.scaffold_digest);
    if digest.is_some_and(|digest| *digest != repository.scaffold.digest) {
        return (
            "templates",
            "this floxwright has other templates or facts".to_owned(),
        );
    }
    (
        "base",
        "what was last made is not what the lock says".to_owned(),
    )
}
