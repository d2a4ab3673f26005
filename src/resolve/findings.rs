//! What turns up while an intent is resolved.

use crate::diagnostic::Problem;
use crate::python::{PyName, Requirement};
use std::collections::{BTreeMap, BTreeSet};

/// Something that has to be read from the package index before the intent can be resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The distribution.
    pub name: PyName,
    /// All that is required of its version.
    pub requirements: Vec<Requirement>,
    /// Who asks for it, for messages.
    pub because: String,
}

/// Notes, problems, and what is missing, gathered until everything has been looked at.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) notes: Vec<String>,
    pub(super) problems: Vec<Problem>,
    pub(super) needs: BTreeMap<PyName, Request>,
    /// Third-party distributions that something requires: who, and with which extras.
    pub(super) third_party: BTreeMap<PyName, Asked>,
}

/// Who asks for a third-party distribution.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub(super) by: BTreeSet<String>,
    pub(super) extras: BTreeSet<PyName>,
}

impl Findings {
    /// A problem with one package.
    pub(super) fn problem(&mut self, package: &PyName, message: impl std::fmt::Display) {
        self.problems
            .push(Problem::new(format!("`{package}`: {message}")));
    }

    /// The facts of `wanted` have to be read.
    pub(super) fn need(&mut self, wanted: &Requirement, because: &str) {
        let request = self
            .needs
            .entry(wanted.name().clone())
            .or_insert_with(|| Request {
                name: wanted.name().clone(),
                requirements: Vec::new(),
                because: because.to_owned(),
            });
        if !request.requirements.contains(wanted) {
            request.requirements.push(wanted.clone());
        }
    }

    /// `wanted` is a third-party distribution that has to be packaged; `by` requires it.
    pub(super) fn package(&mut self, wanted: &Requirement, by: Option<&PyName>) {
        let asked = self.third_party.entry(wanted.name().clone()).or_default();
        asked.by.extend(by.map(ToString::to_string));
        asked.extras.extend(wanted.extras().iter().cloned());
    }
}
