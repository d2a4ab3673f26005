//! From an expanded template to everything that is going to be written; nothing is written yet.

use super::Ready;
use super::configuration::Vcs as Wanted;
use super::member::{Member, member};
use super::record;
use super::request::Request;
use crate::cmd::Context;
use crate::cmd::scaffolds::chain;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk::{Before, Existing, look_at_target, look_into};
use crate::expand::{Staged, StagedFile, Vcs};
use crate::outside::git::BRANCH;
use crate::outside::git_start::first_branch;
use crate::plan::Plan;
use crate::tree::{File, Mode, Tree};
use std::path::{Path, PathBuf};

/// The branch of a repository where nobody says another, as libgit2 has it.
const OLD_BRANCH: &str = "master";

/// What is going to be written.
pub(super) struct Prepared {
    pub(super) ready: Ready,
    /// The project, with what is recorded.
    pub(super) project: Staged,
    /// Its directory, absolute.
    pub(super) target: PathBuf,
    /// The same as a person reads it.
    pub(super) shown: String,
    pub(super) place: Place,
    pub(super) member: Member,
    /// The branch of the repository that is made, if one is.
    pub(super) branch: Option<String>,
    pub(super) plan: Plan,
}

impl Prepared {
    /// Whether what is there at a path is what the template makes of it.
    pub(super) fn is_as_made(&self, path: &str) -> bool {
        match &self.place {
            Place::New => false,
            Place::Into(before, _) => {
                let there = before.get(path).and_then(Option::as_ref);
                there.is_some_and(|there| self.project.file(path) == Some(there))
            }
        }
    }
}

/// Where the project goes.
pub(super) enum Place {
    /// Into a directory of its own, which is made.
    New,
    /// Into a directory that is there.
    Into(Before, Existing),
}

/// Prepares everything.
pub(super) fn prepare(
    ready: Ready,
    target: PathBuf,
    request: &Request<'_>,
    context: &Context<'_>,
) -> Result<Prepared, Failure> {
    let shown = shown(&target, context);
    let mut project = ready.expanded.tree.clone();
    if request.is("record") {
        record::add(&mut project, &ready, request)?;
    }
    let refused =
        |error| Failure::refused(format!("`{shown}` cannot be made")).because(chain(&error));
    let place = if ready.expanded.project.init {
        let existing = if request.overwrites() {
            Existing::Replaced
        } else {
            Existing::Kept
        };
        Place::Into(look_into(&target, &project).map_err(refused)?, existing)
    } else {
        Place::New
    };
    let member = member(&target, &project, request)?;
    let (_, around) = look_at_target(&target).map_err(refused)?;
    let branch =
        branch(&ready, &member, around.is_some(), request).then(|| first(&ready, request, context));
    let plan = plan(&project, &place)?;
    Ok(Prepared {
        ready,
        project,
        target,
        shown,
        place,
        member,
        branch,
        plan,
    })
}

/// The path from the working directory, where it lies below that.
fn shown(target: &Path, context: &Context<'_>) -> String {
    let cwd = crate::cmd::path::normal(&context.world.cwd);
    match target.strip_prefix(cwd) {
        Ok(below) if below.as_os_str().is_empty() => ".".to_owned(),
        Ok(below) => below.display().to_string(),
        Err(_) => target.display().to_string(),
    }
}

/// Whether a repository is made: not inside another, nor for a member of a workspace, unless that is wanted by force.
fn branch(ready: &Ready, member: &Member, is_inside: bool, request: &Request<'_>) -> bool {
    let forced = request.is("force-git-init");
    let wanted = match ready.expanded.vcs {
        Some(Vcs::Git) => true,
        Some(Vcs::None) => false,
        None => request.vcs() == Wanted::Git,
    };
    let hindered = ready.expanded.project.init || *member != Member::No || is_inside;
    wanted && (forced || !hindered)
}

/// The branch that the template is on, else the person's own, else the usual one.
fn first(ready: &Ready, request: &Request<'_>, context: &Context<'_>) -> String {
    let own = ready.branch.clone().or_else(|| first_branch(context.world));
    let usual = if request.is_compat() {
        OLD_BRANCH
    } else {
        BRANCH
    };
    own.unwrap_or_else(|| usual.to_owned())
}

fn plan(project: &Staged, place: &Place) -> Result<Plan, Failure> {
    let mut problems = Vec::new();
    let (mut current, mut desired) = (Tree::new(), Tree::new());
    for (path, file) in project.files() {
        let Ok(at) = path.parse::<crate::tree::RelPath>() else {
            let path = path.escape_debug();
            problems.push(Problem::new(format!(
                "`{path}` cannot be the path of a file"
            )));
            continue;
        };
        match place {
            Place::Into(before, existing) if before.contains_key(path) => {
                let old = before.get(path).cloned().flatten();
                if let Some(old) = &old {
                    current.insert(at.clone(), in_tree(old));
                }
                if *existing == Existing::Replaced {
                    desired.insert(at, in_tree(file));
                } else if let Some(old) = old {
                    desired.insert(at, in_tree(&old));
                }
            }
            _ => drop(desired.insert(at, in_tree(file))),
        }
    }
    if problems.is_empty() {
        return Ok(Plan::between(&current, &desired));
    }
    Err(Failure::all(Exit::Refused, problems))
}

fn in_tree(file: &StagedFile) -> File {
    File {
        bytes: file.bytes.clone(),
        mode: if file.mode & 0o100 == 0 {
            Mode::Plain
        } else {
            Mode::Executable
        },
    }
}
