//! `check --fix`: the edits that mend, through a plan and a journal like every other change.

use super::args::Options;
use super::ground::Ground;
use crate::check::{Mended, mended};
use crate::cmd::Context;
use crate::cmd::mode::Mode;
use crate::cmd::repository::{failed, recover};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk::{Applied, Run, Swap, Wanted};
use crate::plan::{Change, Plan};
use crate::tree::{Found, Tree};
use std::path::Path;

/// How often a plan is made anew because a file was saved meanwhile.
const TRIES: usize = 4;

/// What mending came to.
pub(super) struct Fixed {
    /// What was found after it, or would be.
    pub(super) ground: Ground,
    /// What was mended.
    pub(super) mended: Mended,
    /// The change.
    pub(super) plan: Plan,
}

/// Mends what can be mended, or plans to.
pub(super) fn fix(root: &Path, options: &Options, context: &Context<'_>) -> Result<Fixed, Failure> {
    recover(root, context)?;
    for _ in 0..TRIES {
        let mut ground = Ground::of(root, options, context)?;
        let mended = mended(&ground.found, ground.known(options), &options.settings);
        let before = |tree: &Tree| -> Tree {
            let files = tree.iter();
            files
                .filter_map(|(path, _)| Some((path.clone(), ground.found.files.get(path)?.clone())))
                .collect()
        };
        let plan = Plan::between(&before(&mended.files), &mended.files);
        if options.mode == Mode::Write && !plan.is_empty() && !write(root, &plan, context)? {
            continue;
        }
        ground.change(&mended.files);
        return Ok(Fixed {
            ground,
            mended,
            plan,
        });
    }
    let problem = Problem::new("the files change again and again while they are mended");
    Err(Failure::all(Exit::Refused, vec![problem])
        .hint("nothing was changed; try again when nobody else writes there"))
}

/// Writes the plan; `false` where a file is no longer what it was made from.
fn write(root: &Path, plan: &Plan, context: &Context<'_>) -> Result<bool, Failure> {
    let interrupts = context.guard.interrupts();
    let writing = interrupts.writing();
    let run = Run::begin(root).map_err(|error| failed(&error))?;
    if run.recovered {
        return Ok(false);
    }
    let mut wanted = Wanted {
        command: "floxwright check --fix".to_owned(),
        ..Wanted::default()
    };
    for (path, change) in plan.iter() {
        let Change::Replace { before, after } = change else {
            continue;
        };
        wanted
            .inputs
            .insert(path.clone(), Found::File(before.clone()));
        wanted.files.push(Swap {
            path: path.clone(),
            before: Some(before.clone()),
            after: Some(after.clone()),
        });
    }
    let applied = run
        .apply(&wanted, &|| interrupts.interrupted())
        .map_err(|error| failed(&error))?;
    let is_done = applied == Applied::Done;
    if is_done {
        writing.done();
    }
    Ok(is_done)
}
