//! A requirement that the Python set has to meet: an attribute of nixpkgs' own, or one that is packaged beside the others.

use super::prediction::predict;
use super::{Context, bound, extra, findings::Findings, package::packages_missing};
use crate::model::{LockedRequirement, Prediction};
use crate::nixpkgs::Lookup;
use crate::python::{PyName, Requirement};

/// An attribute of the Python set: nixpkgs' own, or one that is packaged beside the others.
pub(super) fn from_python_set(
    context: &Context<'_>,
    package: &PyName,
    wanted: &Requirement,
    settled: &mut LockedRequirement,
    findings: &mut Findings,
) -> Option<()> {
    let overridden = context.intent.overrides.contains_key(wanted.name());
    settled.bound = bound::of(wanted);
    let version = match context.index.look_up(wanted.name()) {
        _ if overridden => return third_party(context, package, wanted, settled, findings),
        Lookup::Absent if packages_missing(context) => {
            return third_party(context, package, wanted, settled, findings);
        }
        Lookup::Absent => {
            findings.problem(
                package,
                format!(
                    "it requires `{}`, which nixpkgs lacks (`--missing package` packages it)",
                    wanted.raw()
                ),
            );
            return None;
        }
        Lookup::Unknown => {
            // What a person named is noted for itself.
            if package.as_str() != context.intent.environment.as_str() {
                findings.unknown(wanted.name(), package);
            }
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
    let read = context.index.read(wanted.name()).unwrap_or("no source");
    predict(
        package,
        wanted,
        version.map(|version| (version, read)),
        settled,
        findings,
    )
}

/// A distribution that is packaged beside the others. Until its facts are read, it is settled for the time being.
fn third_party(
    context: &Context<'_>,
    package: &PyName,
    wanted: &Requirement,
    settled: &mut LockedRequirement,
    findings: &mut Findings,
) -> Option<()> {
    settled.attribute = wanted.name().to_string();
    "packaged here".clone_into(&mut settled.reason);
    let on = if settled.systems.is_empty() {
        context.systems
    } else {
        &settled.systems
    };
    findings.package(wanted, Some(package), on);
    let Some(read) = context.facts.distributions.get(wanted.name()) else {
        return Some(());
    };
    for extra in wanted.extras() {
        if !read.extras.contains_key(extra) {
            let note = extra::no_such_extra(package, wanted, extra, &read.version);
            findings.notes.push(note);
            settled.extras.retain(|own| *own != extra.as_str());
        }
    }
    let version = read.version.to_string();
    if !context.intent.overrides.contains_key(wanted.name()) {
        // Where it does not fit, another version is read that does; so there is no bound that Nix could decide.
        settled.bound = None;
        settled.index = version;
        settled.prediction = Prediction::Satisfied;
        return Some(());
    }
    predict(
        package,
        wanted,
        Some((&version, "packaged here")),
        settled,
        findings,
    )
}
