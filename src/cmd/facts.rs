//! Resolving an intent, with what has to be read from the package index on the way.

use super::Context;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::model::Intent;
use crate::nixpkgs::Index;
use crate::python::{PyName, Requirement};
use crate::resolve::{Facts, Request, Resolution, Step};
use crate::scaffold::Scaffold;
use std::collections::BTreeMap;

/// How deep requirements of requirements may go before something must be wrong.
const ROUNDS: usize = 32;

/// Versions that stay as long as they fit, by distribution.
pub(super) type Settled = BTreeMap<PyName, String>;

/// Resolves, reading what is asked for, until everything is known.
pub(super) fn resolve(
    intent: &Intent,
    scaffold: &Scaffold,
    index: &Index,
    settled: &Settled,
    context: &Context<'_>,
) -> Result<Resolution, Failure> {
    let mut facts = Facts::new();
    for _ in 0..ROUNDS {
        match crate::resolve::resolve(intent, scaffold, index, &facts)? {
            Step::Done(resolution) => return Ok(*resolution),
            Step::Need(requests) => read(&requests, settled, &mut facts, context)?,
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
