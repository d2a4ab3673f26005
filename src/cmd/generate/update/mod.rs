//! `generate --update`: a project follows its template. What the template made of the recorded commit is the base, or what the project
//! keeps of it; what the template makes now is what is desired, and the three-way merge of all other commands does the rest.

mod base;
mod origin;
mod outcome;

use super::fetch::{Fetched, fetch};
use super::kept_by_git::announce_kept;
use super::person::Said;
use super::record::{FILE, Record, text};
use super::request::Request;
use super::source::{Place, Source};
use super::{Ready, expanded};
use crate::cmd::Context;
use crate::cmd::mode::Mode as Writing;
use crate::cmd::repository::{
    conflicts, contents, failed, follow_index, has_conflicts, note, plan_of, prepare_index,
    recover, staged, swaps,
};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk::{Applied, Root, Run, Swap, Wanted, is_there};
use crate::outside::git_clone::At;
use crate::plan::Plan;
use crate::reconcile::{Conflict, Current, Reconciled, Sides, reconcile, renamed};
use crate::tree::{File, Found, RelPath, Tree};
use base::Base;
use clap::ArgMatches;
use origin::{Now, Origin, now, origin};
use std::path::Path;

/// A planned update; nothing is written yet.
struct Planned {
    plan: Plan,
    files: Vec<Swap>,
    conflicts: Vec<Conflict>,
    merged: Vec<RelPath>,
    inputs: Current,
    /// The commits: the one that the project is made of, and the new one; empty where the template has none.
    commits: (String, String),
    /// The place of the template as it was recorded, and as it is from now on.
    addresses: (String, String),
}

/// Runs `generate --update`.
pub(super) fn run(
    matches: &ArgMatches,
    configuration: &super::configuration::Configuration,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let root = crate::cmd::path::normal(&context.world.cwd);
    super::prepare::put_right(&root, context)?;
    let record = record(&root)?;
    let origin = origin(&record)?;
    let now = now(matches, configuration, (&record, &origin), context)?;
    recover(&root, context)?;
    if has_conflicts(&root, context)? {
        return Err(Failure::new(
            Exit::Conflicts,
            "the last command left conflicts that are not settled",
        )
        .hint("`floxwright continue` closes them, `floxwright undo` takes the command back"));
    }
    let request = |place: &Place, (at, directory): (At, &Option<String>), before: Option<Said>| {
        let source = Source {
            place: place.clone(),
            at,
            subfolder: directory.clone(),
            favorite: None,
            note: None,
        };
        Request::again(matches, configuration, source, (&record, before), &root)
    };
    let wanted = request(&now.place, (now.at.clone(), &now.directory), None);
    let fetched = fetch(&wanted, context).map_err(|failure| now.missed(failure))?;
    let (new, _) = expanded(fetched, &wanted, context)?;
    let base = match &origin.commit {
        Some(commit) => {
            let at = (At::Revision(commit.clone()), &origin.directory);
            let before = Some(new.said.clone());
            let places = now.with_history(&origin, &root);
            let places = places.iter();
            let old = places.map(|place| request(place, at.clone(), before.clone()));
            let (old, request) = first(old, context).map_err(|failure| origin.lost(failure))?;
            Base::made(&expanded(old, &request, context)?.0, &root)?
        }
        None => Base::kept(&root)?,
    };
    let told = text(&new, &wanted, &now.address);
    let planned = plan(&root, &base, &new, ((&origin, &now), told))?;
    let mut notes = Vec::new();
    if wanted.writing == Writing::Write && !planned.plan.is_empty() {
        notes = apply(&root, &planned, context)?;
        announce_kept(&root, context);
    }
    outcome::tell(&planned, &wanted, context)?;
    for note in notes {
        context.ui.warn(&note);
    }
    let is_written = wanted.writing == Writing::Write;
    conflicts(&planned.conflicts, is_written).map_or(Ok(()), Err)
}

/// Brings the base from the first place that has it; what the likeliest says is what counts where none does.
fn first<'a>(
    requests: impl Iterator<Item = Request<'a>>,
    context: &Context<'_>,
) -> Result<(Fetched, Request<'a>), Failure> {
    let mut told = None;
    for request in requests {
        match fetch(&request, context) {
            Ok(fetched) => return Ok((fetched, request)),
            Err(failure) if failure.exit == Exit::Interrupted => return Err(failure),
            Err(failure) => told = told.or(Some(failure)),
        }
    }
    Err(told.unwrap_or_else(|| Failure::refused("nobody knows what the project was made of")))
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

/// Merges what is there with what the template makes now.
fn plan(
    root: &Path,
    base: &Base,
    new: &Ready,
    ((origin, now), record): ((&Origin, &Now), String),
) -> Result<Planned, Failure> {
    let open = Root::open(root).map_err(|error| failed(&error))?;
    let look = |path: &RelPath| open.look(path).map_err(|error| failed(&error));
    let desired = tree(new)?;
    let own = own(FILE)?;
    let kept = base.kept_at(&desired, new)?;
    let mut current = Current::new();
    let made = base.tree.paths().chain(desired.paths());
    for path in made.chain(kept.keys()).chain([&own]) {
        current.insert(path.clone(), look(path)?);
    }
    let moves = renamed(&base.tree, &desired, &base.moves(new));
    let contents = contents(&open, &current, desired.paths())?;
    let Reconciled {
        mut changes,
        conflicts,
        merged,
        blocked,
    } = reconcile(Sides {
        base: &base.tree,
        current: &current,
        desired: &desired,
        moves: &moves,
        contents: &contents,
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
    for beside in conflicts.iter().filter_map(|one| one.beside.as_ref()) {
        if look(beside)? != Found::Absent {
            let waits = format!("`{beside}` waits for a decision");
            return Err(
                Failure::new(Exit::Conflicts, waits).hint("take over what is right, and remove it")
            );
        }
    }
    changes.extend(kept);
    changes.insert(own, Some(File::text(record)));
    let files = swaps(changes, look)?;
    let old = origin.commit.clone().unwrap_or_default();
    Ok(Planned {
        plan: plan_of(&files),
        files,
        conflicts,
        merged,
        inputs: current,
        commits: (old, new.commit.clone().unwrap_or_default()),
        addresses: (origin.address.clone(), now.address.clone()),
    })
}

/// A path of floxwright's own.
fn own(path: &str) -> Result<RelPath, Failure> {
    path.parse()
        .map_err(|error| Failure::refused(format!("{error}")))
}

fn tree(ready: &Ready) -> Result<Tree, Failure> {
    super::prepare::in_tree(&ready.expanded.tree)
}

/// Makes the change; what has to be said of git's index.
fn apply(root: &Path, planned: &Planned, context: &Context<'_>) -> Result<Vec<String>, Failure> {
    let interrupts = context.guard.interrupts();
    let writing = interrupts.writing();
    let run = Run::begin(root).map_err(|error| failed(&error))?;
    let prepared = prepare_index(&run, &planned.files, &planned.conflicts);
    let wanted = Wanted {
        command: "floxwright generate --update".to_owned(),
        note: note(&planned.conflicts, &staged(root, &planned.conflicts)),
        files: planned.files.clone(),
        inputs: planned.inputs.clone(),
        follower: prepared.clone().ok().flatten(),
    };
    let applied = run.apply(&wanted, &|| interrupts.interrupted());
    match applied.map_err(|error| failed(&error))? {
        Applied::Done => {
            let told = follow_index(&run, prepared, &planned.files);
            writing.done();
            Ok(told.notes)
        }
        Applied::Changed(paths) => {
            let problem = |path| Problem::new(format!("`{path}` was changed just now"));
            let problems = paths.iter().map(problem).collect();
            Err(Failure::all(Exit::Refused, problems).hint("nothing was changed; try again"))
        }
    }
}
