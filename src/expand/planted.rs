//! What only git may make: a template that names it, or a hook that does, would give git a configuration and programs.

use super::Staged;
use super::order::Mode;
use super::state::Shared;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::tree::is_git_name;
use std::collections::BTreeSet;

/// The paths of the source that are git's: a file `.git`, which [`Mode::Compat`] copies.
pub(super) fn brought(staged: &Staged) -> BTreeSet<String> {
    let paths = staged.iter().map(|(path, _)| path);
    paths
        .filter(|path| is_gits(path))
        .map(str::to_owned)
        .collect()
}

/// Refuses what became git's. With [`Mode::Compat`] a directory at the top goes, as it does in cargo-generate.
///
/// # Errors
/// All paths that became git's.
pub(super) fn check(shared: &Shared, brought: &BTreeSet<String>) -> Result<(), Failure> {
    let stage = &mut shared.state().stage;
    let planted: Vec<String> = stage
        .iter()
        .map(|(path, _)| path.to_owned())
        .filter(|path| is_gits(path) && !brought.contains(path))
        .collect();
    let mut problems = Vec::new();
    for path in planted {
        let is_dropped =
            shared.fixed.mode == Mode::Compat && path.split('/').next() == Some(".git");
        if is_dropped && (path != ".git" || stage.is_directory(&path)) {
            stage.remove(&path);
            continue;
        }
        let path = path.escape_debug();
        problems.push(Problem::new(format!(
            "the template makes `{path}`, where only git itself writes"
        )));
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Refused, problems)
        .hint("what stands there is a configuration and programs that git runs unasked"))
}

fn is_gits(path: &str) -> bool {
    path.split('/').any(is_git_name)
}
