//! `generate --update`: a project follows its template. What the template made of the recorded commit is the base, what it makes of
//! the newest is what is desired, and the three-way merge of all other commands does the rest.

mod outcome;

use super::record::{FILE, Record, text};
use super::request::Request;
use super::source::{Place, Source, at};
use super::{Ready, ready};
use crate::cmd::Context;
use crate::cmd::mode::Mode as Writing;
use crate::cmd::repository::{conflicts, failed, has_conflicts, note, plan_of, recover, swaps};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk::{Applied, Root, Run, Swap, Wanted, is_there};
use crate::outside::git_clone::At;
use crate::plan::Plan;
use crate::reconcile::{Conflict, Current, Reconciled, Sides, reconcile};
use crate::tree::{File, RelPath, Tree};
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::path::Path;

/// A planned update; nothing is written yet.
struct Planned {
    plan: Plan,
    files: Vec<Swap>,
    conflicts: Vec<Conflict>,
    merged: Vec<RelPath>,
    inputs: Current,
    /// The commits: the one that the project is made of, and the new one.
    commits: (String, String),
}

/// Runs `generate --update`.
pub(super) fn run(
    matches: &ArgMatches,
    configuration: &super::configuration::Configuration,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let root = crate::cmd::path::normal(&context.world.cwd);
    let record = record(&root)?;
    let (address, commit) = origin(&record)?;
    recover(&root, context)?;
    if has_conflicts(&root, context)? {
        return Err(Failure::new(
            Exit::Conflicts,
            "the last command left conflicts that are not settled",
        )
        .hint("`floxwright continue` closes them, `floxwright undo` takes the command back"));
    }
    let request = |at: At, is_base: bool| {
        let source = Source {
            place: Place::Git(address.clone()),
            at,
            subfolder: record.template.directory.clone(),
            favorite: None,
            note: None,
        };
        Request::again(matches, configuration, source, (&record, is_base), &root)
    };
    let newest = at(matches).unwrap_or_else(|| record.template.at());
    let wanted = request(newest, false);
    let (new, _) = ready(&wanted, context)?;
    let (old, _) = ready(&request(At::Revision(commit.clone()), true), context)?;
    let planned = plan(
        &root,
        (&old, &new),
        (&commit, text(&new, &wanted, &address)),
    )?;
    if wanted.writing == Writing::Write && !planned.plan.is_empty() {
        apply(&root, &planned, context)?;
    }
    outcome::tell(&planned, &wanted, context)?;
    let is_written = wanted.writing == Writing::Write;
    conflicts(&planned.conflicts, is_written).map_or(Ok(()), Err)
}

/// What the project says of its template.
fn record(root: &Path) -> Result<Record, Failure> {
    let path = root.join(FILE);
    if !is_there(&path) {
        return Err(Failure::refused(format!("there is no `{FILE}` here")).hint(
            "`floxwright generate … --record` makes projects that can follow their template",
        ));
    }
    let record: Record = super::configuration::read_toml(&path, "record")?;
    if record.is_known() {
        return Ok(record);
    }
    Err(Failure::refused(format!(
        "`{FILE}` has form {}, which this floxwright does not know",
        record.schema
    ))
    .hint("a newer floxwright wrote it"))
}

/// The repository of the template, and the commit that the project is made of.
fn origin(record: &Record) -> Result<(String, String), Failure> {
    let template = &record.template;
    match (&template.git, &template.commit) {
        (Some(address), Some(commit)) => Ok((address.clone(), commit.clone())),
        _ => Err(Failure::refused(
            "the project does not come from a commit, so nobody knows what it was made of",
        )
        .hint("`--git PATH` takes the template from a repository on this machine")),
    }
}

/// Merges what is there with what the template makes now.
fn plan(
    root: &Path,
    (old, new): (&Ready, &Ready),
    (commit, record): (&str, String),
) -> Result<Planned, Failure> {
    let open = Root::open(root).map_err(|error| failed(&error))?;
    let (base, desired) = (tree(old)?, tree(new)?);
    let mut current = Current::new();
    let own: RelPath = FILE
        .parse()
        .map_err(|error| Failure::refused(format!("{error}")))?;
    for path in base.paths().chain(desired.paths()).chain([&own]) {
        let found = open.look(path).map_err(|error| failed(&error))?;
        current.insert(path.clone(), found);
    }
    let Reconciled {
        mut changes,
        conflicts,
        merged,
        blocked,
    } = reconcile(Sides {
        base: &base,
        current: &current,
        desired: &desired,
        moves: &[],
    });
    if !blocked.is_empty() {
        let problem = |one: &crate::reconcile::Blocked| {
            let (path, by, kind) = (&one.path, &one.by, one.kind.name());
            Problem::new(format!(
                "`{path}` would have to change, and `{by}` is {kind}"
            ))
        };
        return Err(Failure::all(
            Exit::Refused,
            blocked.iter().map(problem).collect(),
        ));
    }
    changes.insert(own, Some(File::text(record)));
    let look = |path: &RelPath| open.look(path).map_err(|error| failed(&error));
    let files = swaps(changes, look)?;
    Ok(Planned {
        plan: plan_of(&files),
        files,
        conflicts,
        merged,
        inputs: current,
        commits: (commit.to_owned(), new.commit.clone().unwrap_or_default()),
    })
}

fn tree(ready: &Ready) -> Result<Tree, Failure> {
    super::prepare::in_tree(&ready.expanded.tree)
}

fn apply(root: &Path, planned: &Planned, context: &Context<'_>) -> Result<(), Failure> {
    let interrupts = context.guard.interrupts();
    let writing = interrupts.writing();
    let run = Run::begin(root).map_err(|error| failed(&error))?;
    let wanted = Wanted {
        command: "floxwright generate --update".to_owned(),
        note: note(&planned.conflicts, &BTreeMap::new()),
        files: planned.files.clone(),
        inputs: planned.inputs.clone(),
        follower: None,
    };
    let applied = run.apply(&wanted, &|| interrupts.interrupted());
    match applied.map_err(|error| failed(&error))? {
        Applied::Done => {
            writing.done();
            Ok(())
        }
        Applied::Changed(paths) => {
            let problem = |path| Problem::new(format!("`{path}` was changed just now"));
            let problems = paths.iter().map(problem).collect();
            Err(Failure::all(Exit::Refused, problems).hint("nothing was changed; try again"))
        }
    }
}
