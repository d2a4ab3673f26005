//! What turns up while an intent is resolved.

use super::Facts;
use crate::diagnostic::Problem;
use crate::model::{Intent, System};
use crate::python::{PyName, PythonVersion, Requirement, Verdict, verdict};
use crate::scaffold::{Distribution, Hold, Kept, Scaffold};
use std::collections::{BTreeMap, BTreeSet};

/// Something that has to be read from the package index before the intent can be resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The distribution.
    pub name: PyName,
    /// All that is required of its version, each with who asks for it and why that is built, for messages.
    pub asked: Vec<(Requirement, String)>,
    /// The Python that has to be able to run it.
    pub python: PythonVersion,
    /// The systems on which it is needed.
    pub systems: BTreeSet<System>,
}

impl Request {
    /// What the scaffold carries ready-made and everybody is content with.
    pub fn ready_made<'a>(&self, scaffold: &'a Scaffold) -> Option<&'a Distribution> {
        let third_parties = scaffold.third_parties.as_ref()?;
        third_parties.newest(&self.name, &self.texts(), self.python, &self.systems)
    }

    /// What the repository keeps and everybody is content with.
    pub fn kept<'a>(&self, scaffold: &'a Scaffold) -> Option<&'a Kept> {
        let kept = scaffold.kept.as_ref()?;
        kept.find(&self.name, &self.texts(), self.python, &self.systems)
    }

    /// What is required, without who requires it.
    fn texts(&self) -> Vec<&Requirement> {
        self.asked.iter().map(|(one, _)| one).collect()
    }
}

/// Notes, problems, and what is missing, gathered until everything has been looked at.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) notes: Vec<String>,
    problems: Vec<(PyName, Problem)>,
    /// Third-party distributions that have to be packaged.
    pub(super) third_party: BTreeMap<PyName, Asked>,
    /// Distributions of nixpkgs of which an extra's members have to be known.
    lookups: BTreeMap<PyName, Asked>,
    /// Names that are not in the index, and who requires them.
    unknown: BTreeMap<PyName, BTreeSet<PyName>>,
}

/// Who asks for a third-party distribution.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// What is required of it, and by whom; nobody for an override.
    by: Vec<(Option<PyName>, Requirement)>,
    pub(super) extras: BTreeSet<PyName>,
    /// On which systems it is needed.
    pub(super) systems: BTreeSet<System>,
}

impl Asked {
    /// The names of those who require it.
    pub(super) fn names(&self) -> BTreeSet<&PyName> {
        self.by.iter().filter_map(|(by, _)| by.as_ref()).collect()
    }

    fn add(&mut self, wanted: &Requirement, by: Option<&PyName>, systems: &BTreeSet<System>) {
        let one = (by.cloned(), wanted.clone());
        if !self.by.contains(&one) {
            self.by.push(one);
        }
        self.extras.extend(wanted.extras().iter().cloned());
        self.systems.extend(systems.iter().copied());
    }

    /// Whether everybody is content with what was read.
    fn is_met(&self, facts: &Facts, name: &PyName) -> bool {
        let mut wanted = self.by.iter();
        facts.distributions.get(name).is_some_and(|read| {
            wanted.all(|(_, one)| verdict(one, &read.version) == Verdict::Satisfied)
        })
    }
}

impl Findings {
    /// A problem with one package.
    pub(super) fn problem(&mut self, package: &PyName, message: impl std::fmt::Display) {
        let problem = Problem::new(format!("`{package}`: {message}"));
        self.problems.push((package.clone(), problem));
    }

    /// Whether something is wrong.
    pub(super) fn has_problems(&self) -> bool {
        !self.problems.is_empty()
    }

    /// `wanted` is a third-party distribution that has to be packaged; `by` requires it on `systems`.
    pub(super) fn package(
        &mut self,
        wanted: &Requirement,
        by: Option<&PyName>,
        systems: &BTreeSet<System>,
    ) {
        let asked = self.third_party.entry(wanted.name().clone()).or_default();
        asked.add(wanted, by, systems);
    }

    /// What `wanted` says of its extras has to be known.
    pub(super) fn look_up(
        &mut self,
        wanted: &Requirement,
        by: &PyName,
        systems: &BTreeSet<System>,
    ) {
        let asked = self.lookups.entry(wanted.name().clone()).or_default();
        asked.add(wanted, Some(by), systems);
    }

    /// `name` is not in the index; `by` requires it.
    pub(super) fn unknown(&mut self, name: &PyName, by: &PyName) {
        let asking = self.unknown.entry(name.clone()).or_default();
        asking.insert(by.clone());
    }

    /// What is said of names that are not in the index, for each that requires some.
    pub(super) fn unknown_notes(&self) -> Vec<String> {
        let mut by_asker: BTreeMap<&PyName, Vec<&str>> = BTreeMap::new();
        for (name, askers) in &self.unknown {
            for asker in askers {
                by_asker.entry(asker).or_default().push(name.as_str());
            }
        }
        let note = |(asker, names): (&PyName, Vec<&str>)| {
            format!(
                "the index does not have what {asker} requires: {}. Nix looks for attributes of these names; for one that it does not find, a version under `[override]` packages it",
                names.join(", ")
            )
        };
        by_asker.into_iter().map(note).collect()
    }

    /// The distributions on whose facts all of this rests.
    pub(super) fn rests_on(&self) -> BTreeSet<PyName> {
        let names = self.third_party.keys().chain(self.lookups.keys());
        names.cloned().collect()
    }

    /// What has to be read before everything is known: distributions of which nothing is, and those of which another version
    /// is wanted than was read. An override has the last word.
    pub(super) fn needs(&self, intent: &Intent, facts: &Facts, hold: &[Hold]) -> Vec<Request> {
        let open = self.third_party.iter().filter(|(name, asked)| {
            let overridden = intent.overrides.contains_key(*name);
            !facts.distributions.contains_key(*name) || (!overridden && !asked.is_met(facts, name))
        });
        let lookups = self.lookups.iter();
        let lookups = lookups.filter(|(name, _)| !facts.distributions.contains_key(*name));
        open.chain(lookups)
            .map(|(name, asked)| {
                let overridden = intent.overrides.contains_key(name);
                let counts = asked
                    .by
                    .iter()
                    .filter(|(by, _)| !overridden || by.is_none());
                let asked_for = counts
                    .map(|(by, wanted)| (wanted.clone(), self.chain(by.as_ref(), wanted, intent)));
                let pinned = hold
                    .iter()
                    .filter(|one| one.requirement.name() == name && !overridden)
                    .map(|one| (one.requirement.clone(), one.because.clone()));
                Request {
                    name: name.clone(),
                    asked: asked_for.chain(pinned).collect(),
                    python: intent.python.version(),
                    systems: asked.systems.clone(),
                }
            })
            .collect()
    }

    /// Everything that is wrong. Of a third-party distribution it is said who wants it.
    pub(super) fn into_problems(self, intent: &Intent) -> Vec<Problem> {
        let chain = |name: &PyName| {
            let (by, wanted) = self.third_party.get(name)?.by.first()?;
            Some(self.chain(by.as_ref(), wanted, intent))
        };
        let told = self.problems.iter().map(|(name, problem)| Problem {
            cause: problem.cause.clone().or_else(|| chain(name)),
            ..problem.clone()
        });
        let mut problems: Vec<Problem> = Vec::new();
        for problem in told {
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        problems
    }

    /// Who requires it, and who requires that, up to what is built anyway.
    fn chain(&self, by: Option<&PyName>, wanted: &Requirement, intent: &Intent) -> String {
        let mut links = Vec::new();
        let (mut by, mut wanted) = (by, wanted);
        let mut seen = BTreeSet::new();
        loop {
            let Some(name) = by else {
                links.push(format!("`[override]` says `{}`", wanted.raw()));
                break;
            };
            if name.as_str() == intent.environment.as_str() {
                links.push(format!("`environment.python` names `{}`", wanted.raw()));
                break;
            }
            links.push(format!("`{name}` requires `{}`", wanted.raw()));
            let above = self
                .third_party
                .get(name)
                .and_then(|asked| asked.by.first());
            match above {
                Some((next, requirement)) if seen.insert(name) => {
                    by = next.as_ref();
                    wanted = requirement;
                }
                _ => break,
            }
        }
        links.reverse();
        links.join(", ")
    }
}
