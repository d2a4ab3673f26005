//! Works off the staged files, in their order: renders or copies each, and gives it its name.

use super::expanded::{Fate, Made};
use super::order::Switch;
use super::paths::{self, parent};
use super::render::{Rendered, Renderer, Trouble, Unknown};
use super::selection::{Selection, is_git};
use super::staged::{Entry, StagedFile};
use super::state::Shared;
use super::world::Weight;
use crate::diagnostic::{Exit, Failure, Problem, Span};
use std::collections::BTreeMap;

/// What the walk knows.
pub(super) struct Walk<'a> {
    shared: &'a Shared,
    renderer: &'a Renderer,
    selection: &'a Selection,
    problems: Vec<Problem>,
    /// What each path of the project is made of, by the path without its case.
    claimed: BTreeMap<String, String>,
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
            return Err(Failure::all(Exit::Refused, self.problems).hint(
                "name files that are not for rendering in `exclude`, in `cargo-generate.toml`",
            ));
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
        let is_file = match self.shared.state().stage.get(path) {
            Some(Entry::File(_)) => true,
            Some(Entry::Directory) => false,
            None => return self.vanished(path),
        };
        match (is_file, self.selection.renders(path)) {
            (true, true) => self.render(path),
            (true, false) => {
                let new = self.name(path)?;
                self.copy(path, &new, "the template does not render it")
            }
            (false, renders) => self.directory(path, renders),
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

    fn render(&mut self, path: &str) -> Result<(), Stop> {
        let text = {
            let state = self.shared.state();
            let bytes = state.stage.file(path).map(|file| file.bytes.as_slice());
            std::str::from_utf8(bytes.unwrap_or_default()).map(str::to_owned)
        };
        let rendered = match &text {
            Ok(text) => self.renderer.text(text),
            Err(_) if !self.shared.compat() => {
                let new = self.name(path)?;
                return self.copy(path, &new, "it is not text");
            }
            Err(error) => {
                let cause = format!("it is not text: {error}");
                Err(Trouble::Text { cause, range: None })
            }
        };
        let text = text.unwrap_or_default();
        let rendered = match rendered {
            Ok(rendered) => self.told(path, &text, rendered)?,
            Err(Trouble::Stopped(failure)) => return Err(Stop::Run(failure)),
            Err(Trouble::Text { cause, range }) => {
                return self.unrendered(path, text, cause, range);
            }
        };
        let new = self.name(path)?;
        self.write(path, &new, rendered.into_bytes())
    }

    /// Tells the variables that nobody declared, or refuses them.
    fn told(&self, path: &str, text: &str, rendered: Rendered) -> Result<String, Stop> {
        let problem = |unknown: &Unknown| {
            let message = format!("nobody declares the variable `{}`", unknown.name);
            Problem::new(message).at(Span {
                origin: path.to_owned(),
                text: text.to_owned(),
                range: unknown.range.clone(),
            })
        };
        if self.shared.strict() && !rendered.unknown.is_empty() {
            return Err(Stop::File(rendered.unknown.iter().map(problem).collect()));
        }
        for unknown in &rendered.unknown {
            let place = problem(unknown);
            let (line, column) = place.span.map_or((1, 1), |span| span.line_column());
            self.shared.tell(
                Weight::Warning,
                format!(
                    "{path}:{line}:{column}: {}, so it stays as it is",
                    place.message
                ),
            );
        }
        Ok(rendered.text)
    }

    /// A file that cannot be rendered.
    fn unrendered(
        &mut self,
        path: &str,
        text: String,
        cause: String,
        range: Option<std::ops::Range<usize>>,
    ) -> Result<(), Stop> {
        let message = format!("Substitution skipped, found invalid syntax in `{path}`");
        let mut problem = Problem {
            cause: Some(cause),
            ..Problem::new(message)
        };
        if let Some(range) = range {
            problem = problem.at(Span {
                origin: path.to_owned(),
                text,
                range,
            });
        }
        if self.shared.is(Switch::ContinueOnError) && !self.shared.compat() {
            let new = self.name(path)?;
            self.copy(path, &new, "it cannot be rendered")?;
        } else {
            let why = "it cannot be rendered".to_owned();
            self.made(path, path, Fate::Copied(why));
        }
        Err(Stop::File(vec![problem]))
    }

    /// The path after rendering.
    fn name(&self, path: &str) -> Result<String, Stop> {
        let problem = |cause: String| Problem {
            cause: Some(cause),
            ..Problem::new(format!("the name of `{path}` cannot be rendered"))
        };
        let rendered = match self.renderer.path(path) {
            Ok(rendered) => rendered,
            Err(Trouble::Stopped(failure)) => return Err(Stop::Run(failure)),
            Err(Trouble::Text { cause, .. }) if self.shared.compat() => {
                return Err(Stop::Walk(problem(cause)));
            }
            Err(Trouble::Text { cause, .. }) => return Err(Stop::File(vec![problem(cause)])),
        };
        for unknown in &rendered.unknown {
            let message = format!("nobody declares the variable `{}`", unknown.name);
            if self.shared.strict() {
                return Err(Stop::File(vec![problem(message)]));
            }
            let text = format!("in the name of `{path}`, {message}");
            self.shared.tell(Weight::Warning, text);
        }
        Ok(rendered.text)
    }

    fn write(&mut self, path: &str, new: &str, bytes: Vec<u8>) -> Result<(), Stop> {
        let mut state = self.shared.state();
        let own = state.stage.file(path).map_or(0o644, |file| file.mode);
        let mode = match state.stage.file(new) {
            Some(there) if self.shared.compat() || path == new => there.mode,
            _ if self.shared.compat() => 0o644,
            _ => own,
        };
        let placed = place(&mut state.stage, path, new, StagedFile { bytes, mode });
        drop(state);
        placed.map_err(|why| self.unplaced(path, new, why))?;
        self.made(path, new, Fate::Rendered);
        self.claim(path, new)
    }

    fn copy(&mut self, path: &str, new: &str, why: &str) -> Result<(), Stop> {
        if path != new {
            let mut state = self.shared.state();
            let file = state.stage.file(path).cloned();
            let placed = match file {
                Some(file) => place(&mut state.stage, path, new, file),
                None => Ok(()),
            };
            drop(state);
            placed.map_err(|why| self.unplaced(path, new, why))?;
        }
        self.made(path, new, Fate::Copied(why.to_owned()));
        self.claim(path, new)
    }

    fn unplaced(&self, path: &str, new: &str, why: &str) -> Stop {
        let problem = Problem {
            cause: Some(why.to_owned()),
            ..Problem::new(format!("`{path}` cannot become `{new}`"))
        };
        if self.shared.compat() {
            Stop::Walk(problem)
        } else {
            Stop::File(vec![problem])
        }
    }

    /// What is in the directory has been worked off. cargo-generate throws away the rest of one with a new name, and stumbles over one
    /// that it does not render.
    fn directory(&mut self, path: &str, renders: bool) -> Result<(), Stop> {
        let new = self.name(path)?;
        if new == path {
            return Ok(());
        }
        if self.shared.compat() {
            if !renders {
                return Err(self.unplaced(path, &new, "it is a directory that is not rendered"));
            }
            self.shared.state().stage.remove(path);
            return Ok(());
        }
        let mut state = self.shared.state();
        let rest = state.stage.inside(path);
        let only_directories = rest
            .iter()
            .all(|inner| state.stage.get(inner) == Some(&Entry::Directory));
        if only_directories {
            state.stage.remove(path);
        }
        let placed = match new.as_str() {
            "" => Ok(()),
            new => state.stage.insert_directory(new),
        };
        drop(state);
        placed.map_err(|fault| self.unplaced(path, &new, fault.why))
    }

    fn made(&self, path: &str, new: &str, fate: Fate) {
        self.shared.state().files.push(Made {
            source: path.to_owned(),
            path: Some(new.to_owned()),
            fate,
        });
    }

    /// No two files become one, on no file system.
    fn claim(&mut self, path: &str, new: &str) -> Result<(), Stop> {
        if self.shared.compat() {
            return Ok(());
        }
        match self.claimed.insert(new.to_lowercase(), path.to_owned()) {
            Some(other) => Err(Stop::File(vec![Problem::new(format!(
                "`{other}` and `{path}` both become `{new}`"
            ))])),
            None => Ok(()),
        }
    }
}

/// Puts `file` at `new` and takes it away from `path`.
fn place(
    stage: &mut super::Staged,
    path: &str,
    new: &str,
    file: StagedFile,
) -> Result<(), &'static str> {
    let name_is_lost = new.is_empty() || stage.is_directory(new);
    if name_is_lost {
        return Err("nothing is left of its name");
    }
    if path != new {
        stage.remove(path);
    }
    if !parent(new).is_empty() {
        stage
            .insert_directory(parent(new))
            .map_err(|fault| fault.why)?;
    }
    stage.insert_file(new, file).map_err(|fault| fault.why)
}
