//! Making a change: plan it, apply it, and plan again when somebody saved a file meanwhile.

use super::index;
use super::lock::Trust;
use super::open::Repository;
use super::plan::{Planned, plan};
use super::recover::{recover, recovered};
use super::request::Request;
use super::told::note;
use crate::cmd::Context;
use crate::cmd::disk_failure::unchanged as failed;
use crate::cmd::mode::Mode;
use crate::diagnostic::{Failure, Problem};
use crate::disk::{Applied, Run, Wanted};
use std::path::Path;

/// How often a plan is made anew because a file was saved meanwhile.
const TRIES: usize = 4;

/// What is done with a plan, and who is asked.
pub(in crate::cmd) struct Options<'a> {
    /// Whether anything is written.
    pub(in crate::cmd) mode: Mode,
    /// What is done about a lock that cannot be read.
    pub(in crate::cmd) trust: Trust,
    /// Sees every plan before anything is done with it; a failure ends the command.
    pub(in crate::cmd) judge: &'a dyn Fn(&Repository, &Planned) -> Result<(), Failure>,
}

/// How a change ended.
pub(in crate::cmd) struct Ended {
    /// The repository as it was before.
    pub(in crate::cmd) before: Repository,
    /// What was planned, and done where it was to be done.
    pub(in crate::cmd) planned: Planned,
    /// What has to be said after it.
    pub(in crate::cmd) notes: Vec<String>,
    /// New files that git does not know yet, because its index could not be changed.
    pub(in crate::cmd) untracked: Vec<String>,
    /// Whether there is a git repository around it.
    pub(in crate::cmd) has_git: bool,
}

/// Changes the repository at `root` as `request` says for what is found there.
pub(in crate::cmd) fn change(
    root: &Path,
    options: &Options<'_>,
    context: &Context<'_>,
    request: &dyn Fn(&Repository) -> Result<Request, Failure>,
) -> Result<Ended, Failure> {
    change_as(root, options, context, &|| {
        let before = Repository::open(root, options.trust, context)?;
        let request = request(&before)?;
        let planned = plan(&before, &request, context)?;
        Ok((before, request.command, planned))
    })
}

/// What a change begins with, the command as a person would type it, and what it would do.
pub(in crate::cmd) type Proposed = (Repository, String, Planned);

/// Changes what is at `root` as `propose` plans it; that is asked again as often as a file changes meanwhile.
pub(in crate::cmd) fn change_as(
    root: &Path,
    options: &Options<'_>,
    context: &Context<'_>,
    propose: &dyn Fn() -> Result<Proposed, Failure>,
) -> Result<Ended, Failure> {
    recover(root, context)?;
    let mut changed = Vec::new();
    for _ in 0..TRIES {
        let (before, command, planned) = propose()?;
        (options.judge)(&before, &planned)?;
        let mut ended = Ended {
            before,
            planned,
            notes: Vec::new(),
            untracked: Vec::new(),
            has_git: index::is_there(root),
        };
        if options.mode != Mode::Write || ended.planned.plan.is_empty() {
            return Ok(ended);
        }
        match apply(root, &command, &mut ended, context)? {
            Applied::Done => return Ok(ended),
            Applied::Changed(paths) => changed = paths,
        }
    }
    let problem = |path| {
        Problem::new(format!(
            "`{path}` changes again and again while the plan is made"
        ))
    };
    Err(Failure::all(
        crate::diagnostic::Exit::Refused,
        changed.iter().map(problem).collect(),
    )
    .hint("nothing was changed; try again when nobody else writes there"))
}

fn apply(
    root: &Path,
    command: &str,
    ended: &mut Ended,
    context: &Context<'_>,
) -> Result<Applied, Failure> {
    let interrupts = context.guard.interrupts();
    let writing = interrupts.writing();
    let run = Run::begin(root).map_err(|error| failed(&error))?;
    recovered(&run, context);
    if run.recovered {
        // What was read may be what has just been put back.
        return Ok(Applied::Changed(Vec::new()));
    }
    let planned = &ended.planned;
    let prepared = index::prepare(&run, &planned.files, &planned.conflicts);
    let wanted = Wanted {
        command: command.to_owned(),
        note: note(&planned.conflicts, &index::staged(root, &planned.conflicts)),
        files: planned.files.clone(),
        inputs: planned.inputs.clone(),
        follower: prepared.clone().ok().flatten(),
    };
    let applied = run
        .apply(&wanted, &|| interrupts.interrupted())
        .map_err(|error| failed(&error))?;
    if applied == Applied::Done {
        let told = index::follow(&run, prepared, &planned.files);
        ended.notes.extend(told.notes);
        ended.untracked = told.untracked;
        writing.done();
    }
    Ok(applied)
}
