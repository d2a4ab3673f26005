//! The commit of an update: of exactly the files that changed, and a tag.

use super::args::{Tag, Wish};
use super::report::Report;
use crate::changes::text;
use crate::cmd::Context;
use crate::cmd::repository::{Ended, Planned, Repository};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::model::CommitIdentity;
use crate::outside::git::GitError;
use crate::outside::work_tree::{Changed, Committer, Hindrance, WorkTree};
use crate::plan::Change;
use std::fmt::Write;
use std::path::Path;

/// What was committed.
pub(super) struct Committed {
    /// The commit's name.
    pub(super) id: String,
    pub(super) tag: Option<String>,
}

fn failed(error: &GitError) -> Failure {
    Failure::refused("the update cannot be committed").because(error)
}

fn around(root: &Path) -> Result<WorkTree, Failure> {
    let tree = WorkTree::around(root).map_err(|error| failed(&error))?;
    tree.ok_or_else(|| {
        Failure::refused("`--commit`: there is no git repository here")
            .hint("`git init -b main && git add --force --all && git commit -m 'First commit'`")
    })
}

/// The tag that is wanted.
fn tag(wish: &Wish, scaffold: &str, release: &str) -> Option<String> {
    match wish.commit.as_ref()? {
        Tag::None => None,
        Tag::Usual => Some(format!("{scaffold}-{release}")),
        Tag::Named(name) => Some(name.clone()),
    }
}

/// Refuses what could not be committed, before anything is written.
pub(super) fn check(
    wish: &Wish,
    before: &Repository,
    planned: &Planned,
    context: &Context<'_>,
) -> Result<(), Failure> {
    if wish.commit.is_none() {
        return Ok(());
    }
    let tree = around(before.root.path())?;
    if let Some(hindrance) = tree.hindrance().map_err(|error| failed(&error))? {
        let failure =
            Failure::refused("`--commit`: nothing can be committed here").because(hindrance);
        return Err(match hindrance {
            Hindrance::Detached => {
                failure.hint("`git switch BRANCH`, or `git switch --create BRANCH` for a new one")
            }
            Hindrance::Unborn => {
                failure.hint("`git add --force --all && git commit -m 'First commit'`")
            }
            Hindrance::Busy => failure.hint("`git status` says what is going on"),
        });
    }
    conflicts(planned)?;
    committer(&tree, context)?;
    if let Some(name) = tag(wish, &planned.lock.scaffold, &planned.lock.release.version)
        && tree
            .has_tag(&name)
            .map_err(|error| Failure::invalid(error.to_string()))?
    {
        return Err(Failure::refused(format!("there is a tag `{name}` already"))
            .hint("`--tag=NAME` makes one of another name"));
    }
    let mut changed = Vec::new();
    for (path, _) in planned.plan.iter() {
        if tree.is_changed(path).map_err(|error| failed(&error))? {
            let told = "has changes that are not committed, and the update changes it";
            changed.push(Problem::new(format!("`{path}` {told}")));
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Refused, changed)
        .hint("commit them first, so that the commit of the update holds nothing else")
        .hint("without `--commit` the update keeps them and leaves the commit to you"))
}

/// Nothing is committed over a conflict.
fn conflicts(planned: &Planned) -> Result<(), Failure> {
    let problems = planned.conflicts.iter().map(|conflict| {
        let mut problem = Problem::new(format!("conflict in `{}`", conflict.path));
        problem.cause = Some(conflict.cause.told());
        problem
    });
    let problems: Vec<Problem> = problems.collect();
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Conflicts, problems)
        .hint("nothing was written; without `--commit` both sides are, to decide between them"))
}

/// Who commits, and when.
fn committer(tree: &WorkTree, context: &Context<'_>) -> Result<Committer, Failure> {
    let (name, email) = tree.identity(context.world);
    let (Some(name), Some(email)) = (name, email) else {
        return Err(
            Failure::new(Exit::NeedsInput, "`--commit`: it is not known who commits")
                .hint("`git config user.name NAME` and `git config user.email ADDRESS` say it"),
        );
    };
    Ok(Committer {
        identity: CommitIdentity { name, email },
        time: context.world.time(),
    })
}

/// Commits what was written, where that was asked for.
pub(super) fn commit(
    wish: &Wish,
    ended: &Ended,
    report: &Report,
    context: &Context<'_>,
) -> Result<Option<Committed>, Failure> {
    if wish.commit.is_none() {
        return Ok(None);
    }
    let written = |failure: Failure| {
        failure.hint("the files are written and not committed: `git status` lists them")
    };
    let tree = around(ended.before.root.path()).map_err(written)?;
    let committer = committer(&tree, context).map_err(written)?;
    let files: Vec<Changed<'_>> = ended
        .planned
        .plan
        .iter()
        .map(|(path, change)| match change {
            Change::Create(after) | Change::Replace { after, .. } => (path, Some(after)),
            Change::Remove(_) => (path, None),
        })
        .collect();
    let id = tree
        .commit(&files, &message(report), &committer)
        .map_err(|error| written(failed(&error)))?;
    let lock = &ended.planned.lock;
    let tag = tag(wish, &lock.scaffold, &lock.release.version);
    if let Some(name) = &tag {
        let made = tree.tag(name, &id, &format!("{}\n", report.title), &committer);
        made.map_err(|error| {
            Failure::refused(format!("the tag `{name}` cannot be made"))
                .because(error)
                .hint(format!("the update is committed: {id}"))
        })?;
    }
    Ok(Some(Committed { id, tag }))
}

fn message(report: &Report) -> String {
    let mut message = format!("{}\n", report.title);
    if !report.is_empty() {
        message.push('\n');
        message.push_str(&text(&report.sections));
    }
    if let Some(changelog) = &report.changelog {
        // Writing to a string cannot fail.
        let _ = write!(message, "\nRelease notes: {changelog}\n");
    }
    message
}
