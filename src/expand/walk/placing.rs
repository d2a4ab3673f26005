//! Puts what came of a file at its path in the project.

use super::{Stop, Walk};
use crate::diagnostic::Problem;
use crate::expand::expanded::{Fate, Made};
use crate::expand::paths::parent;
use crate::expand::staged::{Entry, Staged, StagedFile};

impl Walk<'_> {
    pub(super) fn write(&mut self, path: &str, new: &str, bytes: Vec<u8>) -> Result<(), Stop> {
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

    pub(super) fn copy(&mut self, path: &str, new: &str, why: &str) -> Result<(), Stop> {
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

    pub(super) fn unplaced(&self, path: &str, new: &str, why: &str) -> Stop {
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
    pub(super) fn directory(&mut self, path: &str, renders: bool) -> Result<(), Stop> {
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

    pub(super) fn made(&self, path: &str, new: &str, fate: Fate) {
        self.shared.state().files.push(Made {
            source: path.to_owned(),
            path: Some(new.to_owned()),
            fate,
        });
    }

    /// No two files become one, on no file system.
    pub(super) fn claim(&mut self, path: &str, new: &str) -> Result<(), Stop> {
        if self.shared.compat() {
            return Ok(());
        }
        let claim = (path.to_owned(), new.to_owned());
        match self.claimed.insert(new.to_lowercase(), claim) {
            Some((other, its)) => Err(Stop::File(vec![Problem {
                cause: (its != new)
                    .then(|| "some file systems do not tell letters' cases apart".to_owned()),
                ..Problem::new(format!("`{other}` and `{path}` both become `{new}`"))
            }])),
            None => Ok(()),
        }
    }
}

/// Puts `file` at `new` and takes it away from `path`.
fn place(stage: &mut Staged, path: &str, new: &str, file: StagedFile) -> Result<(), &'static str> {
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
