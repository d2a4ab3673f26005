//! What the steps of an expansion share: the files, the variables, and what was told.

use super::expanded::Made;
use super::link::Link;
use super::world::{Notice, Weight};
use super::{Staged, Value};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What changes in the course of an expansion.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The files of the template's directory.
    pub(super) stage: Staged,
    /// The variables.
    pub(super) variables: liquid::Object,
    /// All that was told.
    pub(super) notices: Vec<Notice>,
    /// What became of files.
    pub(super) files: Vec<Made>,
}

/// The state and the way to the world, for every engine that needs them.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    state: Arc<Mutex<State>>,
    pub(super) link: Link,
}

impl Shared {
    pub(super) fn new(link: Link) -> Self {
        Self {
            state: Arc::default(),
            link,
        }
    }

    /// The state. Only one engine works at a time, so nobody ever waits.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// The variable `name`.
    pub(super) fn get(&self, name: &str) -> Option<Value> {
        Value::from_liquid(self.state().variables.get(name)?)
    }

    /// Sets the variable `name`.
    pub(super) fn set(&self, name: &str, value: &Value) {
        let value = value.to_liquid();
        self.state().variables.insert(name.to_owned().into(), value);
    }
}
