//! What a project keeps of itself is announced to git where a template's `.gitignore` hides it: a copy of the repository could not follow the
//! template without it.

use super::record::FILE;
use crate::cmd::Context;
use crate::disk::Root;
use crate::generate::BASE;
use crate::outside::git::GitError;
use crate::outside::git_index::TrackedFiles;
use crate::tree::{File, Found, RelPath};
use std::path::Path;

/// Where the project keeps things.
const DIRECTORY: &str = ".floxwright";

/// Announces what git would not take with the project at `root`. What cannot be is told, with what to do.
pub(super) fn announce_kept(root: &Path, context: &Context<'_>) {
    if let Err(error) = announced(root) {
        context.ui.warn(&format!(
            "git may not know what the project keeps of its template: {error}; `git add --force {DIRECTORY}` adds it"
        ));
    }
}

/// Whether git knows nothing of the directory.
pub(super) fn is_without_git(root: &Path) -> bool {
    matches!(TrackedFiles::around(root), Ok(None))
}

fn announced(root: &Path) -> Result<(), String> {
    let told = |error: GitError| error.to_string();
    let Some(mut tracked) = TrackedFiles::around(root).map_err(told)? else {
        return Ok(());
    };
    let open = Root::open(root).map_err(|error| error.to_string())?;
    let base = format!("{BASE}/");
    for hidden in tracked.ignored_below(DIRECTORY).map_err(told)? {
        if hidden != FILE && !hidden.starts_with(&base) {
            continue;
        }
        let Ok(path) = hidden.parse::<RelPath>() else {
            continue;
        };
        // What is too large to be read is announced all the same.
        let found = open.look(&path);
        let found = found.unwrap_or_else(|_| Found::File(File::text("")));
        if let Some(file) = found.file() {
            tracked.announce(&path, file).map_err(told)?;
        }
    }
    if tracked.is_changed() {
        tracked.write().map_err(told)?;
    }
    Ok(())
}
