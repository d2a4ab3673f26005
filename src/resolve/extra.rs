//! Extras that nixpkgs is not known to offer: their members are required one by one, as the package index has them.

use super::package::packages_missing;
use super::{Context, findings::Findings, requirement};
use crate::model::{Decision, LockedRequirement, Prediction};
use crate::nixpkgs::Lookup;
use crate::python::{PyName, Requirement};
use std::collections::BTreeSet;

/// Takes the extras that nixpkgs is not known to offer out of a settled requirement, and returns their members.
pub(super) fn members(
    context: &Context<'_>,
    package: &PyName,
    wanted: &Requirement,
    settled: &mut LockedRequirement,
    findings: &mut Findings,
) -> Vec<LockedRequirement> {
    let name = wanted.name();
    let of_nixpkgs = settled.decision == Decision::Nixpkgs
        && !context.intent.overrides.contains_key(name)
        && context.index.look_up(name) != Lookup::Absent;
    let lacking: Vec<&PyName> = wanted
        .extras()
        .iter()
        .filter(|extra| of_nixpkgs && !context.index.offers(name, extra))
        .collect();
    if lacking.is_empty() {
        return Vec::new();
    }
    if !packages_missing(context) {
        findings.problem(
            package,
            format!(
                "it requires `{}`, and the index does not know that nixpkgs offers the extra `{}` (`--missing package` takes its members)",
                wanted.raw(),
                lacking[0]
            ),
        );
        return Vec::new();
    }
    settled
        .extras
        .retain(|extra| !lacking.iter().any(|other| other.as_str() == extra));
    let systems = if settled.systems.is_empty() {
        context.systems.clone()
    } else {
        settled.systems.clone()
    };
    findings.look_up(wanted, package, &systems);
    let Some(read) = context.facts.distributions.get(name) else {
        return Vec::new();
    };
    let narrowed = Context {
        systems: &systems,
        ..*context
    };
    let mut members = Vec::new();
    for extra in lacking {
        let Some(found) = read.extras.get(extra) else {
            findings
                .notes
                .push(no_such_extra(package, wanted, extra, &read.version));
            continue;
        };
        let others = found.iter().filter(|one| one.name() != name);
        members.extend(others.flat_map(|one| {
            requirement::settle(&narrowed, package, one, Some(extra), findings)
                .into_iter()
                .map(|member| as_member(member, wanted, &systems, context.systems))
                .collect::<Vec<_>>()
        }));
    }
    members
}

/// What installers say as well, and go on.
pub(super) fn no_such_extra(
    package: &PyName,
    wanted: &Requirement,
    extra: &PyName,
    version: impl std::fmt::Display,
) -> String {
    format!(
        "{package} requires `{}`, and {} {version} has no extra `{extra}`: nothing is added for it",
        wanted.raw(),
        wanted.name()
    )
}

/// A member is no requirement of the package's own metadata: no hook looks at it, and its bounds are not the package's.
fn as_member(
    mut member: LockedRequirement,
    wanted: &Requirement,
    systems: &BTreeSet<crate::model::System>,
    all: &BTreeSet<crate::model::System>,
) -> LockedRequirement {
    if member.decision == Decision::Nixpkgs {
        member.decision = Decision::Added;
        member.bound = None;
        if member.prediction == Prediction::Relaxed {
            member.prediction = Prediction::None;
        }
    }
    if member.systems.is_empty() && systems != all {
        member.systems.clone_from(systems);
    }
    if member.decision != Decision::Excluded {
        member.reason = format!(
            "for `{}`: nixpkgs is not known to offer that extra",
            wanted.raw()
        );
    }
    member
}
