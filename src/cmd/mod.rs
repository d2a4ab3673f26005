//! The commands: arguments, and a function each. A command decides nothing itself; it joins the parts and ends in a plan.

mod adopt;
pub mod catalogue;
mod check;
mod cli;
mod desired;
mod disk_failure;
mod docs;
mod explain;
mod export;
mod facts;
mod fetching;
mod generate;
mod git_address;
mod git_failure;
mod graph;
mod hash;
mod in_memory;
mod index;
mod json;
mod kept;
mod list;
mod locked;
mod membership;
mod mode;
mod monorepo;
mod new;
mod next_steps;
mod path;
mod repository;
mod resume;
mod review;
mod revision;
mod scaffold;
mod scaffold_address;
mod scaffolds;
mod shelves;
mod status;
mod switch;
mod sync;
mod telling;
mod tree_archive;
mod turnover;
mod update;
mod upstream;

pub use cli::{cli, run};

use crate::outside::pypi::Index;
use crate::outside::world::World;
use crate::ui::{Guard, Ui};
use fetching::Fetching;
use std::path::PathBuf;

/// What a command works with.
pub struct Context<'a> {
    /// Environment, working directory, clock.
    pub world: &'a World,
    /// The way to the person.
    pub ui: &'a Ui,
    /// The way to the package index.
    fetching: &'a Fetching,
    /// Keeps the terminal safe; tells whether a signal came.
    pub guard: &'a Guard,
}

impl Context<'_> {
    /// A path as the person gave it, from the working directory.
    fn path(&self, given: &str) -> PathBuf {
        self.world.cwd.join(given)
    }

    /// The package index that is asked.
    fn package_index(&self) -> Index {
        self.fetching.index()
    }
}
