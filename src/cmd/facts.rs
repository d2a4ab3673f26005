//! Resolving an intent, with what has to be read on the way: distributions from the package index, the monorepo at a tag.

use super::Context;
use super::monorepo::{Monorepo, differences};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::model::{Intent, Lock, LockedSource, System};
use crate::nixpkgs::Index;
use crate::python::{PyName, Requirement, Verdict, Version, verdict};
use crate::resolve::{Facts, Needs, Request, Resolution, Step, find_release};
use crate::scaffold::Scaffold;
use std::collections::{BTreeMap, BTreeSet};

/// How deep requirements of requirements may go before something must be wrong.
const ROUNDS: usize = 32;

/// What stays as an earlier lock has it, as long as it fits.
#[derive(Clone, Debug, Default)]
pub(super) struct Settled {
    /// Versions of third-party distributions.
    pub(super) versions: BTreeMap<PyName, String>,
    /// The monorepo at its tag.
    pub(super) source: Option<LockedSource>,
}

impl Settled {
    /// What locks have: one, none, or those of two branches, of which the newest versions count. Other commands than those that
    /// update leave it.
    pub(super) fn by(locks: &[&Lock]) -> Self {
        let mut settled = Self::default();
        for lock in locks {
            for (name, other) in &lock.third_party {
                settled.at_least(name, &other.package.version);
            }
            settled.source = settled.source.or_else(|| lock.release.source.clone());
        }
        settled
    }

    fn at_least(&mut self, name: &PyName, version: &str) {
        let is_newer = |known: &String| match (known.parse::<Version>(), version.parse()) {
            (Ok(known), Ok(other)) => known < other,
            _ => false,
        };
        if self.versions.get(name).is_none_or(is_newer) {
            self.versions.insert(name.clone(), version.to_owned());
        }
    }
}

/// What a resolution gave, and what it rests on.
pub(super) struct Found {
    pub(super) resolution: Resolution,
    /// What is known of third parties.
    pub(super) facts: Facts,
    /// Those of them that the scaffold does not carry, with the systems for which they were read.
    pub(super) read_for: BTreeMap<PyName, BTreeSet<System>>,
}

/// Resolves, taking what the scaffold carries or the repository keeps, and reading the rest, until everything is known.
pub(super) fn resolve(
    intent: &Intent,
    scaffold: &Scaffold,
    index: &Index,
    settled: &Settled,
    context: &Context<'_>,
) -> Result<Found, Failure> {
    let mut facts = Facts::default();
    let mut read_for = BTreeMap::new();
    let mut monorepo = None;
    for _ in 0..ROUNDS {
        match crate::resolve::resolve(intent, scaffold, index, &facts)? {
            Step::Done(mut resolution) => {
                if let Some(monorepo) = monorepo {
                    let release = find_release(&intent.release, scaffold)?;
                    let told = differences(&monorepo, &resolution.lock, (release, scaffold));
                    resolution.notes.extend(told);
                }
                return Ok(Found {
                    resolution: *resolution,
                    facts,
                    read_for,
                });
            }
            Step::Need(Needs {
                distributions,
                source,
            }) => {
                if let Some(tag) = source {
                    let locked = settled.source.clone();
                    let locked = locked.filter(|source| tag.is_of(source));
                    if locked.is_none() {
                        let release = find_release(&intent.release, scaffold)?;
                        monorepo = Some(Monorepo::read(tag, (release, scaffold), context)?);
                    }
                    let read = || monorepo.as_ref().map(|read| read.source.clone());
                    facts.source = locked.or_else(read);
                }
                let mut open = Vec::new();
                for request in distributions {
                    let name = request.name.clone();
                    if let Some(carried) = known(&request, settled, |one| one.ready_made(scaffold))
                    {
                        read_for.remove(&name);
                        facts.distributions.insert(name, carried.clone());
                    } else if let Some(kept) = known(&request, settled, |one| one.kept(scaffold)) {
                        read_for.insert(name.clone(), kept.systems.clone());
                        facts.distributions.insert(name, kept.distribution.clone());
                    } else {
                        read_for.insert(name, request.systems.clone());
                        open.push(request);
                    }
                }
                read(&open, settled, &mut facts, context)?;
            }
        }
    }
    Err(Failure::refused(format!(
        "after {ROUNDS} rounds of reading requirements there are still new ones"
    )))
}

/// The request with the version that is settled, if there is one.
fn with_settled(request: &Request, settled: &Settled) -> Option<Request> {
    let version = settled.versions.get(&request.name)?;
    let exactly: Requirement = format!("{}=={version}", request.name).parse().ok()?;
    let mut request = request.clone();
    request.asked.push((exactly, "settled".to_owned()));
    Some(request)
}

/// What `look` has of a distribution: the version that is settled, or the newest where none is or it does not fit.
fn known<'a, T>(
    request: &Request,
    settled: &Settled,
    look: impl Fn(&Request) -> Option<&'a T>,
) -> Option<&'a T> {
    match with_settled(request, settled) {
        // Where it is not there, the next place is looked at; the last is the package index.
        Some(same) if fits(&same, settled) => look(&same),
        _ => look(request),
    }
}

/// Whether everybody is content with the settled version.
fn fits(request: &Request, settled: &Settled) -> bool {
    let version = settled.versions.get(&request.name);
    let version = version.and_then(|version| version.parse::<Version>().ok());
    version.is_some_and(|version| {
        let mut asked = request.asked.iter();
        asked.all(|(one, _)| verdict(one, &version) == Verdict::Satisfied)
    })
}

/// Reads what is asked for; all that cannot be read is told together.
fn read(
    requests: &[Request],
    settled: &Settled,
    facts: &mut Facts,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let index = context.package_index();
    let mut problems = Vec::new();
    for request in requests {
        let _progress = context.ui.spinner(&format!(
            "reading `{}` from the package index",
            request.name
        ));
        let same = with_settled(request, settled);
        let same = same.and_then(|request| index.read_distribution(&request).ok());
        match same.map_or_else(|| index.read_distribution(request), Ok) {
            Ok(read) => {
                facts.distributions.insert(request.name.clone(), read);
            }
            Err(reason) => {
                let mut problem =
                    Problem::new(format!("`{}` cannot be packaged: {reason}", request.name));
                let chains: Vec<&str> = request
                    .asked
                    .iter()
                    .map(|(_, chain)| chain.as_str())
                    .collect();
                problem.cause = Some(chains.join("; "));
                problems.push(problem);
            }
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Refused, problems)
        .hint("`[override]` takes a version of your choice, whatever is required of it")
        .hint("`--missing fail` names what nixpkgs lacks without asking the package index"))
}
