//! Expands a template in cargo-generate's format, in memory: staged files, an order and a world in, a project out. Pure: what it wants of
//! disk, clock, person or shell it asks of the [`World`] that it is given.

mod answers;
mod conditions;
mod config;
mod declared;
mod expanded;
mod given_name;
mod hook_set;
mod hooks;
mod limits;
mod link;
mod links;
mod names;
mod order;
mod paths;
mod patterns;
mod planted;
mod render;
mod run;
mod selection;
mod staged;
mod state;
mod suffix;
mod template_dir;
mod value;
mod walk;
mod world;

pub use declared::{Declared, declared};
pub use expanded::{Answered, Expanded, Fate, Made, Origin, Vcs};
pub use hook_set::{HookSet, Phase, Script, digest};
pub use limits::{DEEPEST, MOST_BYTES, MOST_ENTRIES};
pub use link::WORKER;
pub use order::{CrateType, Mode, Order, Provided, Switch};
pub use staged::{Entry, LeftOut, PathFault, Staged, StagedFile};
pub use value::Value;
pub use world::{
    Choice, HookCommand, Kind, NotRun, Notice, Place, Project, Question, Ran, Unanswered, Weight,
    World,
};

use crate::diagnostic::Failure;

/// Expands the template of `staged`, a whole source with its names as they are (`.liquid` suffixes included).
///
/// # Errors
/// A template that is not in the format, values that it refuses, hooks that may not run or fail, files that cannot be rendered: all of
/// one kind together. Nothing of the world has changed then, besides what permitted commands did.
pub fn expand(staged: Staged, order: &Order, world: &mut dyn World) -> Result<Expanded, Failure> {
    let order = order.clone();
    let run = link::serve(world, move |link| run::run(staged, &order, link));
    run.unwrap_or_else(|error| {
        Err(Failure::refused("the template cannot be expanded").because(error))
    })
}
