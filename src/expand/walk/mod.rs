//! Works off the staged files, in their order: renders or copies each, and gives it its name.

mod link;
mod placing;
mod text;

use super::order::Switch;
use super::paths;
use super::render::Renderer;
use super::selection::{Selection, is_git};
use super::staged::Entry;
use super::state::Shared;
use super::world::Weight;
use crate::diagnostic::{Exit, Failure, Problem};
use std::collections::BTreeMap;

/// What the walk knows.
pub(super) struct Walk<'a> {
    shared: &'a Shared,
    renderer: &'a Renderer,
    selection: &'a Selection,
    problems: Vec<Problem>,
    /// What each path of the project is made of, and the path, by the path without its case.
    claimed: BTreeMap<String, (String, String)>,
}

/// What stands at a path.
enum Found {
    File,
    Directory,
    /// A link with its target.
    Link(String),
    Nothing,
}

/// Why the walk does not go on with a file.
enum Stop {
    /// The file has problems; the walk goes on.
    File(Vec<Problem>),
    /// The walk ends here.
    Walk(Problem),
    /// The run ends here.
    Run(Failure),
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        shared: &'a Shared,
        renderer: &'a Renderer,
        selection: &'a Selection,
    ) -> Self {
        Self {
            shared,
            renderer,
            selection,
            problems: Vec::new(),
            claimed: BTreeMap::new(),
        }
    }

    /// Renders everything that is staged.
    ///
    /// # Errors
    /// Texts and names that cannot be rendered, all together.
    pub(super) fn run(mut self) -> Result<(), Failure> {
        let mut paths: Vec<String> = {
            let state = self.shared.state();
            let all = state.stage.iter().map(|(path, _)| path.to_owned());
            all.filter(|path| !is_git(path)).collect()
        };
        paths.sort_by(|a, b| paths::order(a, b));
        for path in paths {
            self.shared.link.alive();
            match self.one(&path) {
                Ok(()) => {}
                Err(Stop::File(problems)) => self.problems.extend(problems),
                Err(Stop::Walk(problem)) => {
                    self.problems.push(problem);
                    break;
                }
                Err(Stop::Run(failure)) => return Err(failure),
            }
        }
        self.end()
    }

    fn end(self) -> Result<(), Failure> {
        if self.problems.is_empty() {
            return Ok(());
        }
        if !self.shared.is(Switch::ContinueOnError) {
            let is_text = |problem: &Problem| problem.message.ends_with("cannot be rendered");
            let unrendered = self.problems.iter().any(is_text);
            let failure = Failure::all(Exit::Refused, self.problems);
            return Err(if unrendered {
                failure.hint(
                    "name files that are not for rendering in `exclude`, in `cargo-generate.toml`",
                )
            } else {
                failure
            });
        }
        if !self.shared.is(Switch::Quiet) {
            for problem in self.problems {
                self.shared.tell(Weight::Warning, problem.message);
            }
        }
        Ok(())
    }

    fn one(&mut self, path: &str) -> Result<(), Stop> {
        let scripts = &self.shared.fixed.scripts;
        if scripts.iter().any(|(_, script)| script == path) {
            return Ok(());
        }
        let entry = match self.shared.state().stage.get(path) {
            Some(Entry::File(_)) => Found::File,
            Some(Entry::Directory) => Found::Directory,
            Some(Entry::Link(target)) => Found::Link(target.clone()),
            None => Found::Nothing,
        };
        let renders = self.selection.renders(path);
        match entry {
            Found::File if renders => self.render(path),
            Found::File => {
                let new = self.name(path)?;
                self.copy(path, &new, "the template does not render it")
            }
            Found::Directory => self.directory(path, renders),
            Found::Link(target) => self.link(path, &target),
            Found::Nothing => self.vanished(path),
        }
    }

    /// A script that ran as a filter took the file away.
    fn vanished(&self, path: &str) -> Result<(), Stop> {
        if self.shared.compat() {
            let message = format!("Substitution skipped, found invalid syntax in `{path}`");
            return Err(Stop::File(vec![Problem::new(message)]));
        }
        Ok(())
    }
}
