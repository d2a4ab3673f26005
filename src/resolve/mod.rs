//! From what a person chose to what is built: intent, catalogue, release and nixpkgs index in, lock out. Pure; it never waits
//! for the world.

mod bound;
mod environment;
mod members;
mod package;
mod requirement;
mod source;

use crate::diagnostic::{Failure, Problem};
use crate::model::{Intent, LOCK_SCHEMA, Lock, LockedPackage};
use crate::nixpkgs::Index;
use crate::python::PyName;
use crate::scaffold::{Release, Scaffold};
use members::Member;
use std::collections::BTreeMap;

/// The lock, and what the person ought to know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// What the intent resolved to; no files yet.
    pub lock: Lock,
    /// What the person ought to know, one sentence each.
    pub notes: Vec<String>,
}

/// What every step of the resolution reads.
struct Context<'a> {
    intent: &'a Intent,
    scaffold: &'a Scaffold,
    release: &'a Release,
    index: &'a Index,
    members: &'a BTreeMap<PyName, Member>,
}

/// Resolves an intent.
///
/// # Errors
/// All that is wrong, together: an unknown or yanked release, an unknown package or extra, an unsupported Python, a
/// requirement that nixpkgs lacks or violates, a hash that nobody knows.
pub fn resolve(intent: &Intent, scaffold: &Scaffold, index: &Index) -> Result<Resolution, Failure> {
    let release = source::release(intent, scaffold)?;
    let members = members::members(intent, scaffold, release)?;
    let index = index.clone().corrected(&intent.index_corrections);
    let context = Context {
        intent,
        scaffold,
        release,
        index: &index,
        members: &members,
    };
    environment::check_python(&context)?;
    let source = source::locked(intent, scaffold, release)?;
    let mut notes = Vec::new();
    let packages = packages(&context, source.source.is_some(), &mut notes)?;
    let environment = environment::locked(&context, &packages, &mut notes)?;
    notes.extend(known_faults(&context));
    let lock = Lock {
        schema: LOCK_SCHEMA,
        scaffold: scaffold.name.clone(),
        scaffold_digest: scaffold.digest.clone(),
        index: index.stamp(),
        release: source,
        environment,
        packages,
        files: BTreeMap::new(),
    };
    Ok(Resolution { lock, notes })
}

/// The packages, or all that is wrong with them.
fn packages(
    context: &Context<'_>,
    has_source: bool,
    notes: &mut Vec<String>,
) -> Result<BTreeMap<PyName, LockedPackage>, Failure> {
    let mut packages = BTreeMap::new();
    let mut problems = Vec::new();
    for (name, member) in context.members {
        match package::locked(context, name, member, has_source, notes) {
            Ok(package) => {
                packages.insert(name.clone(), package);
            }
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() {
        return Ok(packages);
    }
    Err(Failure::all(crate::diagnostic::Exit::Refused, problems)
        .hint("correct the index under `[nixpkgs.versions]`, or change one package under `[package.NAME]` of the answers file"))
}

/// What upstream did not declare and somebody found out.
fn known_faults(context: &Context<'_>) -> Vec<String> {
    let known = context.scaffold.catalogue.known.iter();
    known
        .filter(|known| context.members.contains_key(&known.package))
        .map(|known| {
            format!(
                "{}: {} ({}, {})",
                known.package, known.text, known.source, known.date
            )
        })
        .collect()
}

/// A problem with one package.
fn problem(package: &PyName, message: impl std::fmt::Display) -> Problem {
    Problem::new(format!("`{package}`: {message}"))
}
