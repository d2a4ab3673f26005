//! `new`: makes a packaging repository.

mod args;
mod ask;
mod gather;
mod identity;
mod lock;
mod make;
mod outcome;
mod plain;
mod reproduce;

pub(super) use args::{command, flag};
pub(super) use gather::flags;

use super::Context;
use super::desired::{Desired, desired};
use super::facts::Settled;
use super::index;
use super::mode::Mode;
use super::path::normal;
use super::upstream;
use crate::ask::{Answers, Field, left_out};
use crate::diagnostic::Failure;
use crate::disk::{Staging, Target, look_at_target};
use crate::model::{CommitIdentity, Intent, Lock, directory_fault};
use crate::plan::{Plan, diff, summary};
use crate::tree::Tree;
use args::{Commit, Options, Place};
use clap::ArgMatches;
use gather::Gathered;
use std::path::PathBuf;

/// Everything that was decided and made in memory; nothing is written yet.
struct Prepared {
    intent: Intent,
    lock: Lock,
    tree: Tree,
    plan: Plan,
    notes: Vec<String>,
    target: PathBuf,
    /// The target as the person gave it.
    shown: String,
    identity: Option<CommitIdentity>,
    answers: Answers,
}

/// Runs `new`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let options = Options::from(matches);
    if let Some(done) = plain::run(matches, &options, context) {
        return done;
    }
    let mut gathered = gather::gather(matches, &options, context)?;
    identity::detect(&mut gathered.answers, context);
    let prepared = if options.yes {
        crate::ask::fill_defaults(&mut gathered.answers, &gathered.scaffold);
        {
            let answers = gathered.answers.clone();
            prepare(&mut gathered, &answers, &options, context)?
        }
    } else {
        ask::complete(&mut gathered, &options, context)?
    };
    match options.mode {
        Mode::Write => write(&prepared, &gathered, &options, context),
        Mode::Plan if options.json => context
            .ui
            .result(&outcome::json(&prepared, &gathered, "planned")?),
        Mode::Plan => {
            notes(&prepared, context);
            context.ui.result(&format!("{}\n", summary(&prepared.plan)))
        }
        Mode::Diff => context.ui.result(&diff(&prepared.plan)),
    }
}

fn write(
    prepared: &Prepared,
    gathered: &Gathered,
    options: &Options,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let made = make::make(prepared, options, context)?;
    if options.json {
        return context
            .ui
            .result(&outcome::json(prepared, gathered, "written")?);
    }
    notes(prepared, context);
    context
        .ui
        .outcome(&outcome::outcome(prepared, gathered, options, &made))
}

fn notes(prepared: &Prepared, context: &Context<'_>) {
    for note in &prepared.notes {
        context.ui.warn(note);
    }
}

/// From complete answers to the files, in memory.
fn prepare(
    gathered: &mut Gathered,
    answers: &Answers,
    options: &Options,
    context: &Context<'_>,
) -> Result<Prepared, Failure> {
    gather::intent(gathered, answers)?;
    let shown = answers.text(Field::Directory).unwrap_or_default();
    upstream::provide_for(&mut gathered.scaffold, answers, &gathered.tables, context)?;
    let intent = gather::intent(gathered, answers)?;
    let mut notes = left_out(answers, &gathered.scaffold);
    let Desired {
        tree,
        lock,
        notes: found,
    } = desired(
        &intent,
        &gathered.scaffold,
        &index::with_file(None)?,
        &Settled::default(),
        context,
    )?;
    notes.extend(found);
    let identity = match options.commit {
        Commit::Yes => Some(identity::required(answers)?),
        Commit::No | Commit::NoGit => None,
    };
    let target = target(&shown, options, context)?;
    if target.to_string_lossy().contains(char::is_whitespace) {
        notes.push(format!(
            "`{shown}` has a space in its path, and Flox's builds do not take every such path"
        ));
    }
    Ok(Prepared {
        plan: Plan::between(&Tree::new(), &tree),
        notes,
        intent,
        lock,
        tree,
        target,
        shown,
        identity,
        answers: answers.clone(),
    })
}

/// The absolute path of the target, if a repository can be made there.
fn target(shown: &str, options: &Options, context: &Context<'_>) -> Result<PathBuf, Failure> {
    if let Some(rule) = directory_fault(shown) {
        return Err(Failure::invalid(format!(
            "no repository can be made at `{}`: {rule}",
            crate::model::shown(shown)
        )));
    }
    let target = normal(&context.path(shown));
    let refused = |message: String| Failure::refused(message);
    let (found, around) = look_at_target(&target).map_err(|error| {
        refused(format!("`{shown}` cannot be looked at")).because(super::scaffolds::chain(&error))
    })?;
    if found == Target::Taken {
        // It may be the repository of a run that was killed just before it had cleaned up.
        if options.mode == Mode::Write {
            Staging::sweep(&target);
        }
        return Err(
            refused(format!("`{shown}` exists and is not an empty directory"))
                .hint("choose another directory; floxwright never writes over what is there"),
        );
    }
    match around {
        Some(around) if options.place == Place::Outside => Err(refused(format!("`{shown}` lies inside the git repository `{}`", around.display()))
            .because("a repository inside another is invisible to the outer one, and Flox builds from the repository it finds first")
            .hint("choose a directory outside it, or say `--force`")),
        _ => Ok(target),
    }
}
