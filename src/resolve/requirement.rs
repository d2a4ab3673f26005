//! One requirement: what becomes of it.

use super::{Context, bound, problem};
use crate::diagnostic::Problem;
use crate::model::{Decision, LockedRequirement, Prediction, System};
use crate::nixpkgs::Lookup;
use crate::python::{Platform, PyName, PythonVersion, Requirement, Verdict, Version, verdict};
use std::collections::BTreeSet;

/// Settles one requirement of `package`; `extra` when it belongs to one of the package's extras.
pub(super) fn settle(
    context: &Context<'_>,
    package: &PyName,
    wanted: &Requirement,
    extra: Option<&PyName>,
) -> Result<LockedRequirement, Problem> {
    let systems = systems(context, wanted, extra).map_err(|message| problem(package, message))?;
    let mut settled = LockedRequirement {
        requirement: wanted.raw().to_owned(),
        decision: Decision::Nixpkgs,
        spelling: wanted.spelling().to_owned(),
        attribute: String::new(),
        extras: wanted.extras().iter().map(ToString::to_string).collect(),
        systems: BTreeSet::new(),
        bound: None,
        index: String::new(),
        prediction: Prediction::None,
        reason: String::new(),
    };
    if systems.is_empty() {
        settled.decision = Decision::Excluded;
        settled.extras.clear();
        settled.reason = format!(
            "its marker is false for Python {} on every system",
            context.intent.python.version()
        );
        return Ok(settled);
    }
    if systems.len() < context.intent.systems.len() {
        settled.systems = systems;
    }
    if context.members.contains_key(wanted.name()) {
        sibling(context, package, wanted, &mut settled)?;
    } else if let Some(stand_in) = context
        .scaffold
        .catalogue
        .substitution
        .iter()
        .find(|stand_in| stand_in.requirement == *wanted.name())
    {
        settled.decision = Decision::Substituted;
        settled.attribute.clone_from(&stand_in.attribute);
        settled.reason.clone_from(&stand_in.reason);
    } else {
        from_nixpkgs(context, package, wanted, &mut settled)?;
    }
    Ok(settled)
}

/// The systems of the intent on which the requirement holds.
fn systems(
    context: &Context<'_>,
    wanted: &Requirement,
    extra: Option<&PyName>,
) -> Result<BTreeSet<System>, String> {
    let python = PythonVersion {
        major: 3,
        minor: u32::from(context.intent.python.minor()),
    };
    let extras: BTreeSet<PyName> = extra.into_iter().cloned().collect();
    let mut systems = BTreeSet::new();
    for system in &context.intent.systems {
        let platform: Platform = system.name().parse().map_err(|error| format!("{error}"))?;
        if wanted
            .holds(python, platform, &extras)
            .map_err(|error| error.to_string())?
        {
            systems.insert(*system);
        }
    }
    Ok(systems)
}

/// A package of the same release: its pin must fit the version that is built.
fn sibling(
    context: &Context<'_>,
    package: &PyName,
    wanted: &Requirement,
    settled: &mut LockedRequirement,
) -> Result<(), Problem> {
    let Some(released) = context.release.packages.get(wanted.name()) else {
        return Err(problem(
            package,
            format!("`{}` is not in the release", wanted.raw()),
        ));
    };
    if verdict(wanted, &released.version) != Verdict::Satisfied {
        return Err(problem(
            package,
            format!(
                "it requires `{}`, and the release has {}",
                wanted.raw(),
                released.version
            ),
        ));
    }
    settled.decision = Decision::Sibling;
    settled.attribute = wanted.name().to_string();
    settled.index = released.version.to_string();
    settled.prediction = Prediction::Satisfied;
    Ok(())
}

/// An attribute of nixpkgs' Python set.
fn from_nixpkgs(
    context: &Context<'_>,
    package: &PyName,
    wanted: &Requirement,
    settled: &mut LockedRequirement,
) -> Result<(), Problem> {
    let version = match context.index.look_up(wanted.name()) {
        Lookup::Absent => {
            return Err(problem(
                package,
                format!("it requires `{}`, which nixpkgs lacks", wanted.raw()),
            ));
        }
        Lookup::Unknown => {
            settled.attribute = wanted.name().to_string();
            settled.reason.push_str(
                "not in the index: the attribute is taken to have the distribution's name",
            );
            None
        }
        Lookup::Present { attribute, version } => {
            attribute.clone_into(&mut settled.attribute);
            version
        }
    };
    for extra in wanted.extras() {
        let offered = context.index.offers(wanted.name(), extra);
        if !offered {
            return Err(problem(
                package,
                format!(
                    "it requires `{}`, and the index does not know that nixpkgs offers the extra `{extra}`",
                    wanted.raw()
                ),
            ));
        }
    }
    settled.bound = bound::of(wanted);
    predict(context, package, wanted, version, settled)
}

/// Compares the index's version with the bounds. Only an upper bound may be violated: Nix relaxes it.
fn predict(
    context: &Context<'_>,
    package: &PyName,
    wanted: &Requirement,
    version: Option<&str>,
    settled: &mut LockedRequirement,
) -> Result<(), Problem> {
    let Some(text) = version else {
        settled.prediction = Prediction::Unknown;
        return Ok(());
    };
    text.clone_into(&mut settled.index);
    let version: Version = text.parse().map_err(|_| {
        problem(
            package,
            format!(
                "the index has `{text}` as the version of `{}`, which is none",
                wanted.name()
            ),
        )
    })?;
    settled.prediction = match verdict(wanted, &version) {
        Verdict::Satisfied => Prediction::Satisfied,
        Verdict::AboveUpper => Prediction::Relaxed,
        Verdict::BelowLower | Verdict::Excluded => {
            let read = context.index.read(wanted.name()).unwrap_or("no source");
            return Err(problem(
                package,
                format!(
                    "it requires `{}`, and nixpkgs has {text} ({read}): only an upper bound can be relaxed",
                    wanted.raw()
                ),
            ));
        }
    };
    Ok(())
}

/// Applies what the person wants changed about the package.
pub(super) fn tweak(
    context: &Context<'_>,
    package: &PyName,
    requires: &mut Vec<LockedRequirement>,
    problems: &mut Vec<Problem>,
) {
    let Some(tweaks) = context.intent.tweaks.get(package) else {
        return;
    };
    for spelling in tweaks.remove_dependencies.iter().chain(&tweaks.relax) {
        if !requires
            .iter()
            .any(|one| same_name(&one.spelling, spelling))
        {
            problems.push(problem(
                package,
                format!("it does not require `{spelling}`, which `[package.{package}]` names"),
            ));
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
        let attribute = match context.index.look_up(name) {
            Lookup::Present { attribute, .. } => attribute.to_owned(),
            Lookup::Absent | Lookup::Unknown => name.to_string(),
        };
        requires.push(LockedRequirement {
            requirement: name.to_string(),
            decision: Decision::Added,
            spelling: name.to_string(),
            attribute,
            extras: Vec::new(),
            systems: BTreeSet::new(),
            bound: None,
            index: String::new(),
            prediction: Prediction::None,
            reason: format!("added by `[package.{package}]`"),
        });
    }
}

/// Whether two spellings are one name.
fn same_name(a: &str, b: &str) -> bool {
    match (a.parse::<PyName>(), b.parse::<PyName>()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}
