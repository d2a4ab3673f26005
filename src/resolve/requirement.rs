//! One requirement: what becomes of it.

use super::python_set::from_python_set;
use super::{Context, extra, findings::Findings};
use crate::diagnostic::did_you_mean;
use crate::model::{Decision, LockedRequirement, Prediction, System};
use crate::nixpkgs::Lookup;
use crate::python::{PyName, Requirement, Verdict, verdict};
use std::collections::BTreeSet;

/// Settles one requirement of `package`; `extra` when it belongs to one of the package's extras. Behind it stand the members of
/// extras that nixpkgs does not offer. Nothing when it cannot be settled, which is told in the findings.
pub(super) fn settle(
    context: &Context<'_>,
    package: &PyName,
    wanted: &Requirement,
    extra: Option<&PyName>,
    findings: &mut Findings,
) -> Vec<LockedRequirement> {
    let Some(mut settled) = alone(context, package, wanted, extra, findings) else {
        return Vec::new();
    };
    let members = extra::members(context, package, wanted, &mut settled, findings);
    std::iter::once(settled).chain(members).collect()
}

/// The requirement itself.
fn alone(
    context: &Context<'_>,
    package: &PyName,
    wanted: &Requirement,
    extra: Option<&PyName>,
    findings: &mut Findings,
) -> Option<LockedRequirement> {
    let systems = systems(context, wanted, extra)
        .map_err(|message| findings.problem(package, message))
        .ok()?;
    if let Some(link) = wanted.link() {
        findings.problem(
            package,
            format!("it requires `{}` from `{link}`: what stands at an address of its own is not packaged", wanted.name()),
        );
        return None;
    }
    let mut settled = plain(wanted);
    if systems.is_empty() {
        settled.decision = Decision::Excluded;
        settled.extras.clear();
        settled.reason = format!(
            "its marker is false for Python {} on {}",
            context.intent.python.version(),
            if *context.systems == context.intent.systems {
                "every system"
            } else {
                "every system that needs it"
            }
        );
        return Some(settled);
    }
    if systems.len() < context.systems.len() {
        settled.systems = systems;
    }
    let substitutions = &context.scaffold.catalogue.substitution;
    if context.members.contains_key(wanted.name()) {
        sibling(context, package, wanted, &mut settled, findings)?;
    } else if let Some(stand_in) = substitutions
        .iter()
        .find(|stand_in| stand_in.requirement == *wanted.name())
    {
        settled.decision = Decision::Substituted;
        settled.attribute.clone_from(&stand_in.attribute);
        settled.reason.clone_from(&stand_in.reason);
    } else {
        from_python_set(context, package, wanted, &mut settled, findings)?;
    }
    Some(settled)
}

/// A requirement of which nothing is decided yet.
fn plain(wanted: &Requirement) -> LockedRequirement {
    LockedRequirement {
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
    }
}

/// A name that a person gave and the index does not know: Nix will say whether it is there.
pub(super) fn note_unknown(context: &Context<'_>, name: &PyName, findings: &mut Findings) {
    let here = context.members.contains_key(name) || context.intent.overrides.contains_key(name);
    if here || context.index.look_up(name) != Lookup::Unknown {
        return;
    }
    let near = did_you_mean(name.as_str(), context.index.names());
    let near = near
        .map(|near| format!(" Did you mean `{near}`?"))
        .unwrap_or_default();
    findings.notes.push(format!(
        "`{name}` is not in the index, so it is taken to be nixpkgs' attribute of that name; Nix says when it is not.{near}"
    ));
}

/// Attribute and version of a library that the person's own code imports.
pub(super) fn library(
    context: &Context<'_>,
    name: &PyName,
    findings: &mut Findings,
) -> Option<(String, String)> {
    let asker: PyName = context.intent.environment.as_str().parse().ok()?;
    let wanted: Requirement = name.as_str().parse().ok()?;
    let mut settled = plain(&wanted);
    from_python_set(context, &asker, &wanted, &mut settled, findings)?;
    Some((settled.attribute, settled.index))
}

/// The attribute of something that the build backend needs.
pub(super) fn build_requirement(
    context: &Context<'_>,
    package: &PyName,
    wanted: &Requirement,
    findings: &mut Findings,
) -> Option<String> {
    let systems = systems(context, wanted, None)
        .map_err(|message| findings.problem(package, message))
        .ok()?;
    if systems.is_empty() {
        return None;
    }
    let mut settled = plain(wanted);
    from_python_set(context, package, wanted, &mut settled, findings)?;
    Some(settled.attribute)
}

/// The systems at hand on which the requirement holds.
pub(super) fn systems(
    context: &Context<'_>,
    wanted: &Requirement,
    extra: Option<&PyName>,
) -> Result<BTreeSet<System>, String> {
    let python = context.intent.python.version();
    let extras: BTreeSet<PyName> = extra.into_iter().cloned().collect();
    let mut systems = BTreeSet::new();
    for system in context.systems {
        if wanted
            .holds(python, *system, &extras)
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
    findings: &mut Findings,
) -> Option<()> {
    let released = context.release.packages.get(wanted.name())?;
    if verdict(wanted, &released.version) != Verdict::Satisfied {
        findings.problem(
            package,
            format!(
                "it requires `{}`, and the release has {}",
                wanted.raw(),
                released.version
            ),
        );
        return None;
    }
    let mut extras = wanted.extras().iter();
    if let Some(extra) = extras.find(|extra| !released.extras.contains_key(*extra)) {
        findings.problem(
            package,
            format!(
                "it requires `{}`, and {} has no extra `{extra}`",
                wanted.raw(),
                released.version
            ),
        );
        return None;
    }
    settled.decision = Decision::Sibling;
    settled.attribute = wanted.name().to_string();
    settled.index = released.version.to_string();
    settled.prediction = Prediction::Satisfied;
    Some(())
}
