//! From an expanded template to everything that is going to be written; nothing is written yet.

use super::Ready;
use super::configuration::Vcs as Wanted;
use super::member::{Member, member};
use super::record;
use super::request::Request;
use crate::cmd::Context;
use crate::cmd::disk_failure::unchanged;
use crate::cmd::scaffolds::chain;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk::{Before, Existing, look_at_target, look_into, recover_into};
use crate::expand::{Entry, Staged, StagedFile, Vcs};
use crate::outside::git::BRANCH;
use crate::outside::git_start::first_branch;
use crate::plan::Plan;
use crate::tree::{File, Mode, RelPath, Tree, is_git_name};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The branch of a repository where nobody says another, as libgit2 has it.
const OLD_BRANCH: &str = "master";

/// What is going to be written.
pub(super) struct Prepared {
    /// What came of the template, besides the files.
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
}

impl Prepared {
    /// The change, for those who read it: making the project needs none.
    pub(super) fn plan(&self) -> Result<Plan, Failure> {
        plan(&self.project, &self.place)
    }

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
    mut ready: Ready,
    target: PathBuf,
    request: &Request<'_>,
    context: &Context<'_>,
) -> Result<Prepared, Failure> {
    let shown = shown(&target, context);
    let mut project = std::mem::take(&mut ready.expanded.tree);
    check_paths(&project)?;
    if target
        .components()
        .any(|part| is_git_name(&part.as_os_str().to_string_lossy()))
    {
        return Err(Failure::refused(format!(
            "no project is made at `{shown}`: only git itself writes there"
        )));
    }
    if request.is("record") {
        let address = record::address(&request.source.place, &target, &context.world.cwd);
        record::add(&mut project, &ready, request, &address)?;
    }
    let refused =
        |error| Failure::refused(format!("`{shown}` cannot be made")).because(chain(&error));
    let place = if ready.expanded.project.init {
        let existing = if request.overwrites() {
            Existing::Replaced
        } else {
            Existing::Kept
        };
        put_right(&target, context)?;
        Place::Into(look_into(&target, &project).map_err(refused)?, existing)
    } else {
        Place::New
    };
    let member = member(&target, &project, request)?;
    let (_, around) = look_at_target(&target).map_err(refused)?;
    let branch =
        branch(&ready, &member, around.is_some(), request).then(|| first(&ready, request, context));
    Ok(Prepared {
        ready,
        project,
        target,
        shown,
        place,
        member,
        branch,
    })
}

/// Puts right what a killed run left in a directory, and says so.
pub(super) fn put_right(directory: &Path, context: &Context<'_>) -> Result<(), Failure> {
    let recovered = recover_into(directory).map_err(|error| unchanged(&error))?;
    let Some(recovered) = recovered else {
        return Ok(());
    };
    context.ui.warn(if recovered.stands {
        "an earlier run was killed when it had written everything; what it made stands"
    } else {
        "an earlier run was killed; what it had changed has been put back"
    });
    for (path, before) in &recovered.left {
        let before = before.as_ref();
        let before = before.map(|before| format!("; what stood there before is `{before}`"));
        context.ui.warn(&format!(
            "`{path}` was changed after the killed run, and was left as it is{}",
            before.unwrap_or_default()
        ));
    }
    Ok(())
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
    let mut desired = in_tree(project)?;
    let mut current = Tree::new();
    if let Place::Into(before, existing) = place {
        for (path, there) in before {
            let Ok(path) = path.parse::<RelPath>() else {
                continue;
            };
            let made = (*existing == Existing::Kept).then(|| desired.remove(&path));
            let Some(there) = there else { continue };
            current.insert(path.clone(), file(there));
            if made.is_some() {
                desired.insert(path, file(there));
            }
        }
    }
    let mut links = BTreeMap::new();
    for (text, entry) in project.iter() {
        let stays =
            matches!(place, Place::Into(before, Existing::Kept) if before.contains_key(text));
        if let (Entry::Link(target), Ok(path), false) = (entry, text.parse(), stays) {
            links.insert(path, target.clone());
        }
    }
    Ok(Plan::between(&current, &desired).with_links(links))
}

/// Every file has a path that can be one everywhere.
fn check_paths(project: &Staged) -> Result<(), Failure> {
    let paths = project.files().map(|(path, _)| path);
    let odd = paths.filter(|path| path.parse::<RelPath>().is_err());
    let problem = |path: &str| {
        let path = path.escape_debug();
        Problem::new(format!("`{path}` cannot be the path of a file"))
    };
    let problems: Vec<Problem> = odd.map(problem).collect();
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Refused, problems))
}

/// The files of a project as a tree, which has two kinds of permissions only.
pub(super) fn in_tree(project: &Staged) -> Result<Tree, Failure> {
    check_paths(project)?;
    let files = project.files();
    let files = files.filter_map(|(path, staged)| Some((path.parse().ok()?, file(staged))));
    let mut tree = Tree::new();
    for (path, file) in files {
        tree.insert(path, file);
    }
    Ok(tree)
}

fn file(staged: &StagedFile) -> File {
    File {
        bytes: staged.bytes.clone(),
        mode: if staged.mode & 0o100 == 0 {
            Mode::Plain
        } else {
            Mode::Executable
        },
    }
}
