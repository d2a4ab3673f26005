//! Resolving an intent, with what has to be read from the package index on the way.

use super::Context;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::model::Intent;
use crate::nixpkgs::Index;
use crate::python::{PyName, Requirement, Verdict, Version, verdict};
use crate::resolve::{Facts, Request, Resolution, Step};
use crate::scaffold::{Distribution, Scaffold};
use std::collections::BTreeMap;

/// How deep requirements of requirements may go before something must be wrong.
const ROUNDS: usize = 32;

/// Versions that stay as long as they fit, by distribution.
pub(super) type Settled = BTreeMap<PyName, String>;

/// Resolves, taking what the scaffold carries and reading what it does not, until everything is known. Tells what was found, too.
pub(super) fn resolve(
    intent: &Intent,
    scaffold: &Scaffold,
    index: &Index,
    settled: &Settled,
    context: &Context<'_>,
) -> Result<(Resolution, Facts), Failure> {
    let mut facts = Facts::new();
    for _ in 0..ROUNDS {
        match crate::resolve::resolve(intent, scaffold, index, &facts)? {
            Step::Done(resolution) => return Ok((*resolution, facts)),
            Step::Need(requests) => {
                let mut open = Vec::new();
                for request in requests {
                    match carried(&request, settled, scaffold) {
                        Some(known) => {
                            facts.insert(request.name, known.clone());
                        }
                        None => open.push(request),
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
    let version = settled.get(&request.name)?;
    let exactly: Requirement = format!("{}=={version}", request.name).parse().ok()?;
    let mut request = request.clone();
    request.asked.push((exactly, "settled".to_owned()));
    Some(request)
}

/// What the scaffold carries of a distribution: the version that is settled, or the newest where none is or it does not fit.
fn carried<'a>(
    request: &Request,
    settled: &Settled,
    scaffold: &'a Scaffold,
) -> Option<&'a Distribution> {
    let newest = request.ready_made(scaffold);
    match settled
        .get(&request.name)
        .and_then(|text| text.parse().ok())
    {
        // Another version than the newest that is carried is settled: it stays if it fits, which the package index tells.
        Some(version) if fits(&version, request) => {
            with_settled(request, settled)?.ready_made(scaffold)
        }
        _ => newest,
    }
}

/// Whether everybody is content with the version.
fn fits(version: &Version, request: &Request) -> bool {
    let mut asked = request.asked.iter();
    asked.all(|(one, _)| verdict(one, version) == Verdict::Satisfied)
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
                facts.insert(request.name.clone(), read);
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
