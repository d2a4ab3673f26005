//! From what a person chose to what is built: intent, catalogue, release and nixpkgs index in, lock out. Pure; it never waits
//! for the world: where a fact is missing, it says which.

mod bound;
mod choice;
mod environment;
mod extra;
mod findings;
mod members;
mod package;
mod prediction;
mod python_set;
mod requirement;
mod source;
mod third_party;
mod tweak;

pub use findings::Request;
pub use source::{SourceTag, find_release};

use crate::diagnostic::{Exit, Failure};
use crate::model::{Intent, LOCK_SCHEMA, Lock, LockedPackage, LockedSource, System};
use crate::nixpkgs::{Index, interpreter_cost};
use crate::python::PyName;
use crate::scaffold::{Distribution, Release, Scaffold};
use findings::Findings;
use members::Member;
use std::collections::{BTreeMap, BTreeSet};

/// What was read because a resolution asked for it.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Distributions that nixpkgs lacks, by name.
    pub distributions: BTreeMap<PyName, Distribution>,
    /// The monorepo at a tag, with its hash.
    pub source: Option<LockedSource>,
}

/// What has to be read before an intent can be resolved; never nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Distributions of the package index.
    pub distributions: Vec<Request>,
    /// The monorepo at a tag, whose hash nobody knows.
    pub source: Option<SourceTag>,
}

impl Needs {
    fn is_empty(&self) -> bool {
        self.distributions.is_empty() && self.source.is_none()
    }
}

/// How far the resolution came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// All the way.
    Done(Box<Resolution>),
    /// These have to be read first; then it begins anew.
    Need(Needs),
}

/// The lock, and what the person ought to know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// What the intent resolved to; no files yet.
    pub lock: Lock,
    /// What the person ought to know, one sentence each.
    pub notes: Vec<String>,
    /// The distributions of which facts were used.
    pub rests_on: BTreeSet<PyName>,
}

/// What every step of the resolution reads.
#[derive(Clone, Copy)]
struct Context<'a> {
    intent: &'a Intent,
    scaffold: &'a Scaffold,
    release: &'a Release,
    index: &'a Index,
    members: &'a BTreeMap<PyName, Member>,
    facts: &'a Facts,
    /// The systems on which what is looked at is needed: all of the intent's, or fewer for a third-party distribution.
    systems: &'a BTreeSet<System>,
}

/// Resolves an intent, as far as `facts` allow.
///
/// # Errors
/// All that is wrong, together: an unknown or yanked release, an unknown package or extra, an unsupported Python, a
/// requirement that nixpkgs lacks or violates, a hash that nobody knows.
pub fn resolve(
    intent: &Intent,
    scaffold: &Scaffold,
    index: &Index,
    facts: &Facts,
) -> Result<Step, Failure> {
    let release = source::release_of(intent, scaffold)?;
    let members = members::members(intent, scaffold, release)?;
    let index = index.clone().corrected(&intent.index_corrections);
    let context = Context {
        intent,
        scaffold,
        release,
        index: &index,
        members: &members,
        facts,
        systems: &intent.systems,
    };
    environment::check_python(&context)?;
    let from = source::settled(intent, scaffold, (release, facts));
    let mut findings = Findings::default();
    let packages = package::all(&context, from.is_monorepo(), &mut findings);
    let environment = environment::locked(&context, &packages, &mut findings)?;
    let third_party = third_party::all(&context, &mut findings);
    let needs = Needs {
        distributions: findings.needs(intent, facts, &scaffold.catalogue.hold),
        source: from.unknown(),
    };
    // What another version of something may mend is no problem yet.
    let read = |need: &Request| facts.distributions.contains_key(&need.name);
    let settled = !needs.distributions.iter().any(read);
    if findings.has_problems() && settled {
        return Err(Failure::all(Exit::Refused, findings.into_problems(intent)).hint(
            "correct the index under `[nixpkgs.versions]`, take another version under `[override]`, or change one package under `[package.NAME]` of the answers file",
        ));
    }
    if !needs.is_empty() {
        return Ok(Step::Need(needs));
    }
    let idle = intent
        .tweaks
        .keys()
        .filter(|name| !members.contains_key(*name));
    findings.notes.extend(
        idle.map(|name| format!("`[package.{name}]` changes nothing: {name} is not built here")),
    );
    findings.notes.extend(cost_of_python(&context));
    findings.notes.extend(findings.unknown_notes());
    findings.notes.extend(known_faults(&context));
    findings.notes.extend(loans(&packages));
    Ok(Step::Done(Box::new(Resolution {
        rests_on: findings.rests_on(),
        lock: Lock {
            schema: LOCK_SCHEMA,
            scaffold: scaffold.name.clone(),
            scaffold_digest: scaffold.digest.clone(),
            index: index.stamp(),
            release: from.locked(release),
            environment,
            packages,
            third_party,
            files: BTreeMap::new(),
        },
        notes: findings.notes,
    })))
}

/// What another interpreter costs than the one that is offered first.
fn cost_of_python(context: &Context<'_>) -> Option<String> {
    let python = context.intent.python;
    let is_usual = python.to_string() == context.scaffold.catalogue.upstream.python;
    (!is_usual).then(|| format!("{python}: {}", interpreter_cost(python.minor())))
}

/// What is not of the commit that is packaged.
fn loans(packages: &BTreeMap<PyName, LockedPackage>) -> Vec<String> {
    let lent = packages.iter();
    let lent = lent.filter_map(|(name, package)| Some((name, package.lent.as_ref()?)));
    lent.map(|(name, loan)| {
        format!(
            "`{name}`: no tree holds `{}`, so it is that of the release {}; what it and the commit ask of each other may differ",
            loan.directory, loan.version
        )
    })
    .collect()
}

/// What upstream did not declare and somebody found out.
fn known_faults(context: &Context<'_>) -> Vec<String> {
    let release = &context.release.packages;
    let members = context.members.keys();
    members
        .filter_map(|name| Some((name, &release.get(name)?.version)))
        .flat_map(|(name, version)| context.scaffold.catalogue.known(name, version))
        .map(|known| {
            format!(
                "{}: {} ({}, {})",
                known.package, known.text, known.source, known.date
            )
        })
        .collect()
}
