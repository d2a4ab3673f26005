//! What a command wants of a repository.

use super::open::Repository;
use super::versions::Versions;
use crate::model::Intent;
use crate::nixpkgs::Index;
use crate::scaffold::Scaffold;
use crate::tree::{File, RelPath};
use std::collections::{BTreeMap, BTreeSet};

/// How much of a repository a command changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cmd) enum Scope {
    /// Everything follows the intent.
    All,
    /// The documents of these outputs follow what is locked; nothing else changes.
    Documents(BTreeSet<String>),
}

/// What a command wants of a repository.
#[derive(Clone, Debug)]
pub(in crate::cmd) struct Request {
    /// The command, as a person would type it again.
    pub(in crate::cmd) command: String,
    /// The intent from now on.
    pub(in crate::cmd) intent: Intent,
    /// `floxwright.toml` from now on, as plain text.
    pub(in crate::cmd) intent_text: String,
    /// What is known of nixpkgs from now on, where that changes.
    pub(in crate::cmd) index: Option<Index>,
    /// Further files of floxwright's own: what they become, or that they go.
    pub(in crate::cmd) own: BTreeMap<RelPath, Option<File>>,
    /// The scaffold, where more is known of its upstream than what the repository keeps.
    pub(in crate::cmd) scaffold: Option<Scaffold>,
    /// What becomes of the versions of third parties.
    pub(in crate::cmd) versions: Versions,
    /// What may change.
    pub(in crate::cmd) scope: Scope,
}

impl Request {
    /// A command that wants this intent, and changes nothing else of what is known.
    pub(in crate::cmd) fn new(command: &str, intent: Intent, intent_text: String) -> Self {
        Self {
            command: command.to_owned(),
            intent,
            intent_text,
            index: None,
            own: BTreeMap::new(),
            scaffold: None,
            versions: Versions::default(),
            scope: Scope::All,
        }
    }
}

impl Repository {
    /// A command that follows the intent as it is.
    pub(in crate::cmd) fn request(&self, command: &str) -> Request {
        Request::new(command, self.intent.clone(), self.intent_text.clone())
    }
}
