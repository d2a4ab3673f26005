//! One package: its source, its build system, its requirements.

use super::{Context, bound, findings::Findings, members::Member, requirement, tweak::tweak};
use crate::model::{Decision, LockedPackage, LockedRequirement, LockedSdist, Missing};
use crate::nixpkgs::Lookup;
use crate::python::{PyName, Requirement};
use crate::scaffold::ReleasedPackage;
use std::collections::{BTreeMap, BTreeSet};

/// Extras that serve the development of a package and never its use.
const DEVELOPMENT: [&str; 12] = [
    "black", "codegen", "dev", "docs", "lint", "mypy", "pyright", "ruff", "stubs", "test", "tests",
    "ty",
];

/// Every member, locked.
pub(super) fn all(
    context: &Context<'_>,
    has_source: bool,
    findings: &mut Findings,
) -> BTreeMap<PyName, LockedPackage> {
    let mut packages = BTreeMap::new();
    for (name, member) in context.members {
        let (Some(released), Some(fact)) = (
            context.release.packages.get(name),
            context.scaffold.catalogue.packages.get(name),
        ) else {
            findings.problem(name, "the catalogue and the release do not both know it");
            continue;
        };
        let mut package = locked(context, name, released, member, findings);
        if has_source && fact.sdist_only.is_none() {
            package.sdist = None;
            package.path = Some(fact.path.clone());
        }
        packages.insert(name.clone(), package);
    }
    check_circles(&packages, findings);
    packages
}

/// A package that requires itself through others cannot be evaluated. Upstream has no such circle; an added dependency can
/// close one.
fn check_circles(packages: &BTreeMap<PyName, LockedPackage>, findings: &mut Findings) {
    let siblings = |name: &str| -> Vec<String> {
        let package = packages.iter().find(|(other, _)| other.as_str() == name);
        let requires = package
            .into_iter()
            .flat_map(|(_, package)| package.requires.iter());
        requires
            .filter(|one| one.decision == Decision::Sibling)
            .map(|one| one.attribute.clone())
            .collect()
    };
    for name in packages.keys() {
        let (mut open, mut seen) = (siblings(name.as_str()), BTreeSet::new());
        while let Some(next) = open.pop() {
            if next == name.as_str() {
                findings.problem(name, "it requires itself, through an added dependency");
                break;
            }
            if seen.insert(next.clone()) {
                open.extend(siblings(&next));
            }
        }
    }
}

/// The locked form of a distribution that is built from its sdist.
pub(super) fn locked(
    context: &Context<'_>,
    name: &PyName,
    released: &ReleasedPackage,
    member: &Member,
    findings: &mut Findings,
) -> LockedPackage {
    let settled = released
        .requires
        .iter()
        .filter_map(|one| requirement::settle(context, name, one, None, findings));
    let mut requires: Vec<LockedRequirement> = settled.collect();
    tweak(context, name, &mut requires, findings);
    bound::keep_prefixes(name, &mut requires, findings);
    bound::check_removals(name, &requires, findings);
    let requires_python = released.requires_python.as_ref();
    LockedPackage {
        version: released.version.to_string(),
        because: member.because.clone(),
        path: None,
        sdist: Some(sdist(released)),
        build_system: build_system(context, name, released, findings),
        requires_python: requires_python.map(ToString::to_string).unwrap_or_default(),
        license: released.license.clone(),
        module: module(name, released),
        programs: released.programs.clone(),
        requires,
        extras: offered(context, name, &member.extras, released, findings),
    }
}

/// The sdist as `fetchPypi` names it: the file's name without version and ending.
fn sdist(released: &ReleasedPackage) -> LockedSdist {
    let ending = format!("-{}.tar.gz", released.version);
    let file = &released.sdist.file;
    LockedSdist {
        name: file.strip_suffix(&ending).unwrap_or(file).to_owned(),
        hash: released.sdist.hash.clone(),
    }
}

/// The module whose import proves the package: the one of its name, or else its first.
fn module(name: &PyName, released: &ReleasedPackage) -> String {
    let own = name.underscored();
    match released.modules.first() {
        Some(first) if !released.modules.contains(&own) => first.clone(),
        _ => own,
    }
}

/// nixpkgs attributes of what the build backend needs.
fn build_system(
    context: &Context<'_>,
    name: &PyName,
    released: &ReleasedPackage,
    findings: &mut Findings,
) -> Vec<String> {
    let mut attributes = BTreeSet::new();
    for wanted in &released.build_requires {
        let settled = requirement::build_requirement(context, name, wanted, findings);
        attributes.extend(settled);
    }
    attributes.into_iter().collect()
}

/// The extras that were asked for, and those whose members nixpkgs is known to have all.
fn offered(
    context: &Context<'_>,
    name: &PyName,
    asked: &BTreeSet<PyName>,
    released: &ReleasedPackage,
    findings: &mut Findings,
) -> BTreeMap<String, Vec<LockedRequirement>> {
    let mut extras = BTreeMap::new();
    for (extra, wanted) in &released.extras {
        let development = DEVELOPMENT
            .iter()
            .any(|dev| extra.as_str().starts_with(dev));
        // What nobody asked for is offered where it costs nothing: its problems are not the person's.
        let mut aside = Findings::default();
        let wanted_for = if asked.contains(extra) {
            &mut *findings
        } else {
            &mut aside
        };
        if !asked.contains(extra) && (development || !all_known(context, wanted)) {
            continue;
        }
        let settled = wanted
            .iter()
            .filter_map(|one| requirement::settle(context, name, one, Some(extra), wanted_for));
        let settled: Vec<_> = settled.collect();
        if aside.problems.is_empty() {
            extras.insert(extra.to_string(), settled);
        }
    }
    extras
}

/// Whether the index knows every one of these in nixpkgs, or the repository builds it.
fn all_known(context: &Context<'_>, wanted: &[Requirement]) -> bool {
    wanted.iter().all(|one| {
        context.members.contains_key(one.name())
            || matches!(context.index.look_up(one.name()), Lookup::Present { .. })
    })
}

/// Whether what nixpkgs lacks is to be packaged.
pub(super) fn packages_missing(context: &Context<'_>) -> bool {
    context.intent.missing == Missing::Package
}
