//! What the steps of an expansion share: the files, the variables, and what was told.

use super::expanded::{Answered, Made};
use super::link::Link;
use super::order::{Mode, Order, Switch};
use super::paths::resolved;
use super::world::{Notice, Weight};
use super::{Staged, Value};
use crate::diagnostic::Failure;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What changes in the course of an expansion.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The files of the template's directory.
    pub(super) stage: Staged,
    /// The rest of the source.
    pub(super) outside: Staged,
    /// Where hooks see the directory of the project.
    pub(super) destination: String,
    /// The variables.
    pub(super) variables: liquid::Object,
    /// What the placeholders hold.
    pub(super) answers: BTreeMap<String, Answered>,
    /// The conditions that held.
    pub(super) held: BTreeSet<String>,
    /// Placeholders that nobody answered.
    pub(super) missing: Vec<String>,
    /// All that was told.
    pub(super) notices: Vec<Notice>,
    /// What became of files.
    pub(super) files: Vec<Made>,
    /// The scripts that were used as filters, by their path in the template.
    pub(super) filters: Vec<String>,
    /// The digest of the source as it came.
    pub(super) digest: String,
    /// Whether the template's code may run.
    pub(super) permitted: bool,
    /// The scripts that were shown, by their path in the template.
    pub(super) shown: BTreeSet<String>,
    /// The bytes that hooks wrote.
    pub(super) written: usize,
    /// Why the run ends, where a script cannot say it.
    pub(super) stopped: Option<Failure>,
}

/// What never changes in the course of an expansion.
#[derive(Debug)]
pub(super) struct Fixed {
    /// The template's directory in the source; empty for the top.
    pub(super) directory: String,
    /// Where hooks see it.
    pub(super) working_directory: String,
    /// The scripts that the configuration names, with their phase.
    pub(super) scripts: Vec<(super::Phase, String)>,
    /// Whose behaviour is wanted.
    pub(super) mode: Mode,
    switches: BTreeSet<Switch>,
}

/// The state and the way to the world, for every engine that needs them.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    state: Arc<Mutex<State>>,
    pub(super) fixed: Arc<Fixed>,
    pub(super) link: Link,
}

impl Shared {
    /// The state of an expansion of the template at `directory`.
    pub(super) fn new(
        link: Link,
        order: &Order,
        (directory, working_directory): (String, String),
        scripts: Vec<(super::Phase, String)>,
    ) -> Self {
        Self {
            state: Arc::default(),
            fixed: Arc::new(Fixed {
                directory,
                working_directory,
                scripts,
                mode: order.mode,
                switches: order.switches.clone(),
            }),
            link,
        }
    }

    /// The state. Only one engine works at a time, so nobody ever waits.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the run does it.
    pub(super) fn is(&self, switch: Switch) -> bool {
        self.fixed.switches.contains(&switch)
    }

    /// Whether cargo-generate's bytes are wanted.
    pub(super) fn compat(&self) -> bool {
        self.fixed.mode == Mode::Compat
    }

    /// Whether unknown variables are errors.
    pub(super) fn strict(&self) -> bool {
        self.fixed.mode == Mode::Strict
    }

    /// Tells something, and keeps it.
    pub(super) fn tell(&self, weight: Weight, text: impl Into<String>) {
        let notice = Notice {
            weight,
            text: text.into(),
        };
        self.state().notices.push(notice.clone());
        self.link.with(move |world| world.tell(&notice));
    }

    /// Whether there is a variable `name`.
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.state().variables.contains_key(name)
    }

    /// The variable `name`.
    pub(super) fn get(&self, name: &str) -> Option<Value> {
        Value::from_liquid(self.state().variables.get(name)?)
    }

    /// Sets the variable `name`.
    pub(super) fn set(&self, name: &str, value: &Value) {
        let value = value.to_liquid();
        self.state().variables.insert(name.to_owned().into(), value);
    }

    /// The text of the script at `path`, seen from the template's directory; it may stand elsewhere in the source.
    pub(super) fn script(&self, path: &str) -> Result<String, &'static str> {
        let directory = &self.fixed.directory;
        let relative = self.below_working_directory(path);
        let path = resolved(directory, relative.as_deref().unwrap_or(path));
        let path = path.ok_or("it stands outside the template")?;
        let state = self.state();
        let inner = match directory.as_str() {
            "" => Some(path.as_str()),
            _ => path.strip_prefix(&format!("{directory}/")),
        };
        let file = match inner {
            Some(inner) => state.stage.file(inner),
            None => state.outside.file(&path),
        };
        let file = file.ok_or("there is no such file")?;
        let text = std::str::from_utf8(&file.bytes).map_err(|_| "it is not text")?;
        Ok(text.to_owned())
    }

    /// An absolute path below the working directory, relative to it.
    pub(super) fn below_working_directory(&self, path: &str) -> Option<String> {
        let path = resolved("", path.strip_prefix('/')?)?;
        let top = resolved("", self.fixed.working_directory.trim_start_matches('/'))?;
        if path == top {
            return Some(String::new());
        }
        let inner = path.strip_prefix(&top)?;
        inner.strip_prefix('/').map(str::to_owned)
    }
}
