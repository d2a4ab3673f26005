//! Which of floxwright's own documents are not what they would be now. What cannot be told is not told.

use crate::check::Found;
use crate::cmd::Context;
use crate::cmd::docs::stale as of_documents;
use crate::cmd::repository::{Repository, Trust};
use crate::tree::RelPath;
use crate::workspace::{INTENT_FILE, LOCK_FILE};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The documents that are stale, each with the reason; nothing in a repository that floxwright did not make.
pub(super) fn stale(
    root: &Path,
    found: &Found,
    context: &Context<'_>,
) -> BTreeMap<RelPath, String> {
    let has = |path: &str| {
        path.parse()
            .is_ok_and(|path: RelPath| found.files.get(&path).is_some())
    };
    if !has(INTENT_FILE) || !has(LOCK_FILE) {
        return BTreeMap::new();
    }
    let fetching = context.fetching.offline();
    let context = &Context {
        world: context.world,
        ui: context.ui,
        fetching: &fetching,
        guard: context.guard,
    };
    let stale = Repository::open(root, Trust::Whole, context)
        .and_then(|repository| of_documents(&repository, &BTreeSet::new(), context));
    let stale = stale.unwrap_or_default().into_iter();
    stale
        .filter(|one| one.kind != "deleted")
        .filter_map(|one| {
            let path = one.path.or_else(|| INTENT_FILE.parse().ok())?;
            Some((path, one.reason))
        })
        .collect()
}
