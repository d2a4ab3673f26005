//! Resolving an intent, with what has to be read from the package index on the way.

use super::Context;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::model::Intent;
use crate::nixpkgs::Index;
use crate::outside::pypi::{self, Wanted};
use crate::python::{Verdict, Version, verdict};
use crate::resolve::{Facts, Request, Resolution, Step};
use crate::scaffold::Scaffold;
use crate::scaffold::date::Date;

/// How deep requirements of requirements may go before something must be wrong.
const ROUNDS: usize = 32;

/// Resolves, reading what is asked for, until everything is known.
pub(super) fn resolve(
    intent: &Intent,
    scaffold: &Scaffold,
    index: &Index,
    context: &Context<'_>,
) -> Result<Resolution, Failure> {
    let mut facts = Facts::new();
    for _ in 0..ROUNDS {
        match crate::resolve::resolve(intent, scaffold, index, &facts)? {
            Step::Done(resolution) => return Ok(*resolution),
            Step::Need(requests) => read(&requests, &mut facts, context)?,
        }
    }
    Err(Failure::refused(format!(
        "after {ROUNDS} rounds of reading requirements there are still new ones"
    )))
}

/// Reads what is asked for; all that cannot be read is told together.
fn read(requests: &[Request], facts: &mut Facts, context: &Context<'_>) -> Result<(), Failure> {
    let index = context.package_index();
    let date: Date = context
        .world
        .today()
        .parse()
        .map_err(|error| Failure::refused(format!("the clock is wrong: {error}")))?;
    let mut problems = Vec::new();
    for request in requests {
        let _progress = context.ui.spinner(&format!(
            "reading `{}` from the package index",
            request.name
        ));
        let wanted = choose(request, &index);
        let read = wanted.and_then(|wanted| {
            let version = wanted.version.clone();
            let release = index
                .read_release(&version, &[wanted], date.clone())
                .map_err(|error| {
                    error
                        .0
                        .iter()
                        .map(|problem| problem.reason.clone())
                        .collect::<Vec<_>>()
                        .join("; ")
                })?;
            Ok(release.packages)
        });
        match read {
            Ok(packages) => facts.extend(packages),
            Err(reason) => {
                let mut problem =
                    Problem::new(format!("`{}` cannot be packaged: {reason}", request.name));
                problem.cause = Some(request.because.clone());
                problems.push(problem);
            }
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Refused, problems)
        .hint("`--missing fail` names what nixpkgs lacks without asking the package index"))
}

/// The newest version that everybody who asks is content with.
fn choose(request: &Request, index: &pypi::Index) -> Result<Wanted, String> {
    let fits = |version: &Version| {
        request
            .requirements
            .iter()
            .all(|one| verdict(one, version) == Verdict::Satisfied)
    };
    let versions = index.versions(&request.name)?;
    let found = versions
        .into_iter()
        .find(|(version, yanked)| !yanked && !version.any_prerelease() && fits(version));
    let asked: Vec<&str> = request
        .requirements
        .iter()
        .map(crate::python::Requirement::raw)
        .collect();
    let (version, _) = found.ok_or_else(|| format!("no version fits {}", asked.join(" and ")))?;
    Ok(Wanted {
        name: request.name.clone(),
        version,
        guards: Vec::new(),
    })
}
