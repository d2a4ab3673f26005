//! How the branch that is checked out stands to a server, and what of it is not committed: what Flox asks for before it publishes.
//! Nobody is asked; what is known of the server is what the last fetch or push left here.

use super::git::{GitError, Verb, around};
use crate::check::Branch;
use git2::{ErrorCode, Repository, Status, StatusOptions};
use std::path::Path;

/// The state of a work tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkState {
    /// How the branch stands to a server.
    pub branch: Branch,
    /// Tracked files that are not as they were committed, from the workspace's top, sorted; only those below it. None where a file
    /// cannot be read, which is told by who reads the files.
    pub changed: Vec<String>,
    /// Where the workspace is in the git repository; empty where it is the top of it.
    pub below: String,
}

/// What differs from the last commit.
const CHANGED: [Status; 9] = [
    Status::INDEX_NEW,
    Status::INDEX_MODIFIED,
    Status::INDEX_DELETED,
    Status::INDEX_RENAMED,
    Status::INDEX_TYPECHANGE,
    Status::WT_MODIFIED,
    Status::WT_DELETED,
    Status::WT_RENAMED,
    Status::WT_TYPECHANGE,
];

/// The state of the work tree around `root`; `None` where there is no git repository.
///
/// # Errors
/// There is one, and it cannot be read.
pub fn work_state(root: &Path) -> Result<Option<WorkState>, GitError> {
    let Some((repository, below)) = around(root)? else {
        return Ok(None);
    };
    Ok(Some(WorkState {
        branch: branch(&repository)?,
        changed: changed(&repository, &below).unwrap_or_default(),
        below: below.to_string_lossy().into_owned(),
    }))
}

fn branch(repository: &Repository) -> Result<Branch, GitError> {
    let verb = "read the branch";
    let head = match repository.head() {
        Ok(head) => head,
        Err(error) if matches!(error.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => {
            return Ok(Branch::Unborn);
        }
        Err(error) => return Err(error).verb(verb),
    };
    if !head.is_branch() {
        return Ok(Branch::Detached);
    }
    let name = String::from_utf8_lossy(head.shorthand_bytes()).into_owned();
    let here = head.target();
    let Ok(upstream) = git2::Branch::wrap(head).upstream() else {
        return Ok(Branch::Alone(name));
    };
    let Some((here, there)) = here.zip(upstream.get().target()) else {
        return Ok(Branch::Alone(name));
    };
    let (ahead, _) = repository.graph_ahead_behind(here, there).verb(verb)?;
    Ok(if ahead > 0 {
        Branch::Ahead(name, ahead)
    } else {
        Branch::Pushed
    })
}

fn changed(repository: &Repository, below: &Path) -> Result<Vec<String>, GitError> {
    let mut options = StatusOptions::new();
    options.include_untracked(false).exclude_submodules(true);
    let statuses = repository.statuses(Some(&mut options));
    let statuses = statuses.verb("look through the files")?;
    let mut found: Vec<String> = statuses
        .iter()
        .filter(|entry| CHANGED.iter().any(|one| entry.status().contains(*one)))
        .filter_map(|entry| {
            let path = String::from_utf8_lossy(entry.path_bytes()).into_owned();
            let inside = Path::new(&path).strip_prefix(below).ok()?;
            Some(inside.to_string_lossy().into_owned())
        })
        .collect();
    found.sort();
    Ok(found)
}
