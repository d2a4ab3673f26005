//! What a person wants changed about one package: requirements left out, put in, or taken whatever their bounds.

use super::{Context, bound, findings::Findings, requirement};
use crate::model::{Decision, LockedRequirement, Prediction};
use crate::python::PyName;

/// Applies what the person wants changed about the package.
pub(super) fn tweak(
    context: &Context<'_>,
    package: &PyName,
    requires: &mut Vec<LockedRequirement>,
    findings: &mut Findings,
) {
    complete(context, package, requires, findings);
    let Some(tweaks) = context.intent.tweaks.get(package) else {
        return;
    };
    for spelling in tweaks.remove_dependencies.iter().chain(&tweaks.relax) {
        if !requires
            .iter()
            .any(|one| same_name(&one.spelling, spelling))
        {
            findings.problem(
                package,
                format!("it does not require `{spelling}`, which `[package.{package}]` names"),
            );
        }
    }
    for one in requires.iter_mut() {
        if tweaks
            .remove_dependencies
            .iter()
            .any(|name| same_name(name, &one.spelling))
        {
            one.decision = Decision::Removed;
            one.bound = None;
            one.prediction = Prediction::None;
            one.extras.clear();
            one.reason = format!("removed by `[package.{package}]`");
        } else if tweaks
            .relax
            .iter()
            .any(|name| same_name(name, &one.spelling))
            && one.decision == Decision::Nixpkgs
        {
            one.bound = Some(bound::always());
            one.reason = format!("relaxed by `[package.{package}]`");
        }
    }
    for name in &tweaks.extra_dependencies {
        let added = add(context, package, name, findings);
        requires.extend(added.into_iter().map(|added| LockedRequirement {
            reason: format!("added by `[package.{package}]`"),
            ..added
        }));
    }
}

/// Adds what the package forgot to state, as far as the catalogue knows.
fn complete(
    context: &Context<'_>,
    package: &PyName,
    requires: &mut Vec<LockedRequirement>,
    findings: &mut Findings,
) {
    let Some(released) = context.release.packages.get(package) else {
        return;
    };
    for known in context.scaffold.catalogue.known(package, &released.version) {
        for name in &known.adds {
            let there = |one: &LockedRequirement| same_name(&one.spelling, name.as_str());
            if requires.iter().any(there) {
                continue;
            }
            let added = add(context, package, name, findings);
            requires.extend(added.into_iter().map(|added| LockedRequirement {
                reason: format!("not stated by upstream ({}, {})", known.source, known.date),
                ..added
            }));
        }
    }
}

/// A requirement that the metadata does not have, with what it brings along.
fn add(
    context: &Context<'_>,
    package: &PyName,
    name: &PyName,
    findings: &mut Findings,
) -> Vec<LockedRequirement> {
    let Ok(wanted) = name.as_str().parse() else {
        return Vec::new();
    };
    requirement::note_unknown(context, name, findings);
    let mut added = requirement::settle(context, package, &wanted, None, findings);
    for one in &mut added {
        if one.decision == Decision::Nixpkgs {
            one.decision = Decision::Added;
        }
    }
    added
}

/// Whether two spellings are one name.
fn same_name(a: &str, b: &str) -> bool {
    match (a.parse::<PyName>(), b.parse::<PyName>()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}
