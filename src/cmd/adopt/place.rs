//! Where the repository is that is taken over, and whether it can be.

use crate::cmd::{Context, path::normal};
use crate::diagnostic::Failure;
use crate::disk::{find_upwards, is_directory, is_there};
use crate::outside::committed::Committed;
use crate::workspace::{INTENT_FILE, LOCK_FILE};
use std::path::PathBuf;

/// The directory that holds Flox's.
const FLOX: &str = ".flox";

/// The top of the repository, with what git has of it.
pub(super) fn place(context: &Context<'_>) -> Result<(PathBuf, Committed), Failure> {
    let start = normal(&context.world.cwd);
    if !is_directory(&start) {
        return Err(Failure::refused(format!(
            "there is no directory `{}`",
            start.display()
        )));
    }
    if let Some(root) = find_upwards(&start, INTENT_FILE) {
        return Err(Failure::refused(format!(
            "`{}` is a repository of floxwright already",
            root.display()
        ))
        .because(format!("it has a `{INTENT_FILE}`"))
        .hint("`floxwright add`, `remove` and `list` work in it"));
    }
    let Some(root) = find_upwards(&start, FLOX) else {
        return Err(Failure::refused(format!(
            "there is nothing to take over: `{}` has no `{FLOX}` here or above",
            start.display()
        ))
        .hint("`floxwright new DIR` makes a repository"));
    };
    if is_there(&root.join(LOCK_FILE)) {
        return Err(Failure::refused(format!(
            "`{LOCK_FILE}` is there, and `{INTENT_FILE}` is missing"
        ))
        .hint(format!("`git checkout -- {INTENT_FILE}` brings it back")));
    }
    let committed = Committed::around(&root).map_err(|error| {
        Failure::refused(format!(
            "git's repository around `{}` cannot be read",
            root.display()
        ))
        .because(error)
    })?;
    match committed {
        Some(committed) => Ok((root, committed)),
        None => Err(Failure::refused(format!(
            "`{}` is in no git repository",
            root.display()
        ))
        .because("what is replaced has to come back from somewhere, and Flox builds from git only")
        .hint("git init -b main && git add --all && git commit -m 'As it was'")),
    }
}
