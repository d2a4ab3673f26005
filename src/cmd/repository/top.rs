//! Finding the repository in which somebody works.

use super::recover::recover;
use crate::cmd::Context;
use crate::diagnostic::Failure;
use crate::disk::{RUN, find_below, find_upwards};
use crate::workspace::INTENT_FILE;
use std::path::PathBuf;

/// The top of the repository in which somebody works; `None` outside of any.
pub(in crate::cmd) fn around(context: &Context<'_>) -> Option<PathBuf> {
    find_upwards(&crate::cmd::path::normal(&context.world.cwd), INTENT_FILE)
}

/// The same for a command that only reads: what a killed run left is put back first.
pub(in crate::cmd) fn to_read(context: &Context<'_>) -> Result<Option<PathBuf>, Failure> {
    let root = around(context);
    if let Some(root) = &root {
        recover(root, context)?;
    }
    Ok(root)
}

/// The top of the repository in which somebody works; a failure that says what to do outside of any.
pub(in crate::cmd) fn root(context: &Context<'_>) -> Result<PathBuf, Failure> {
    if let Some(root) = around(context) {
        return Ok(root);
    }
    let start = crate::cmd::path::normal(&context.world.cwd);
    let failure = Failure::refused(format!(
        "`{}` is not in a repository of floxwright: there is no `{INTENT_FILE}` here or above",
        start.display()
    ));
    Err(match find_below(&start, INTENT_FILE).as_slice() {
        [] => failure.hint("`floxwright new DIR` makes one"),
        near => failure.hint(format!(
            "there is one in {}; `-C DIR` works there",
            near.iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ")
        )),
    })
}

/// The top of the repository whose last run is looked for: what was taken over and taken back has no intent any more.
pub(in crate::cmd) fn root_of_run(context: &Context<'_>) -> Result<PathBuf, Failure> {
    let start = crate::cmd::path::normal(&context.world.cwd);
    root(context).or_else(|failure| find_upwards(&start, &format!("{RUN}/last")).ok_or(failure))
}
