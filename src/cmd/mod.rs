//! The commands: arguments, and a function each. A command decides nothing itself; it joins the parts and ends in a plan.

pub mod catalogue;
mod cli;
mod desired;
mod facts;
mod graph;
mod in_memory;
mod json;
mod list;
mod mode;
mod new;
mod path;
mod scaffolds;

pub use cli::{cli, run};

use crate::outside::http::Client;
use crate::outside::pypi::{Index, default_address};
use crate::outside::world::World;
use crate::ui::{Guard, Ui};
use std::path::PathBuf;

/// Variable that names another package index.
const INDEX_VARIABLE: &str = "FLOXWRIGHT_PYPI";

/// What a command works with.
pub struct Context<'a> {
    /// Environment, working directory, clock.
    pub world: &'a World,
    /// The way to the person.
    pub ui: &'a Ui,
    /// Keeps the terminal safe; tells whether a signal came.
    pub guard: &'a Guard,
}

impl Context<'_> {
    /// A path as the person gave it, from the working directory.
    fn path(&self, given: &str) -> PathBuf {
        self.world.cwd.join(given)
    }

    /// The package index that is asked: the public one, or the one that the environment names.
    fn package_index(&self) -> Index {
        let address = self
            .world
            .var(INDEX_VARIABLE)
            .map_or_else(default_address, str::to_owned);
        Index::new(Client::default(), &address)
    }
}
