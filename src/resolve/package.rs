//! One package: its source, its build system, its requirements.

use super::{Context, bound, findings::Findings, members::Member, requirement, tweak::tweak};
use crate::model::{
    Decision, LockedLoan, LockedOrigin, LockedPackage, LockedRequirement, LockedSdist, Missing,
};
use crate::nixpkgs::Lookup;
use crate::python::{PyName, Requirement, Version, VersionSpecifiers};
use crate::scaffold::ReleasedPackage;
use crate::scaffold::release::Artifact;
use std::collections::{BTreeMap, BTreeSet};

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
        let described = described(context, name, released, findings);
        let mut package = locked(context, name, described, member, findings);
        let commit = context.release.commit.as_ref();
        if has_source && (fact.sdist_only.is_none() || commit.is_some()) {
            package.origin = LockedOrigin::Path(fact.path.clone());
        }
        let loan = commit.and_then(|commit| commit.loans.get(name));
        package.lent = loan
            .zip(fact.sdist_only.as_ref())
            .map(|(loan, only)| LockedLoan {
                version: loan.version.to_string(),
                sdist: sdist(&loan.sdist, &loan.version),
                directory: only.directory.clone(),
            });
        let catalogue = &context.scaffold.catalogue;
        let starts = |program: &String| catalogue.starts(name, &released.version, program);
        package.programs.retain(starts);
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

/// What is known of a package of the release or of a third-party distribution.
pub(super) struct Described<'a> {
    pub(super) version: &'a Version,
    pub(super) requires: &'a [Requirement],
    pub(super) extras: &'a BTreeMap<PyName, Vec<Requirement>>,
    pub(super) requires_python: Option<&'a VersionSpecifiers>,
    pub(super) license: Option<&'a String>,
    pub(super) modules: &'a [String],
    pub(super) programs: &'a [String],
    pub(super) origin: LockedOrigin,
    pub(super) build_system: Vec<String>,
}

/// A package of the release, from its sdist.
fn described<'a>(
    context: &Context<'_>,
    name: &PyName,
    released: &'a ReleasedPackage,
    findings: &mut Findings,
) -> Described<'a> {
    Described {
        version: &released.version,
        requires: &released.requires,
        extras: &released.extras,
        requires_python: released.requires_python.as_ref(),
        license: released.license.as_ref(),
        modules: &released.modules,
        programs: &released.programs,
        // What has no sdist stands in the tree.
        origin: released.sdist.as_ref().map_or_else(
            || LockedOrigin::Path(String::new()),
            |file| LockedOrigin::Sdist(sdist(file, &released.version)),
        ),
        build_system: build_system(context, name, released, findings),
    }
}

/// The locked form of a package.
pub(super) fn locked(
    context: &Context<'_>,
    name: &PyName,
    described: Described<'_>,
    member: &Member,
    findings: &mut Findings,
) -> LockedPackage {
    let settled = described
        .requires
        .iter()
        .filter(|one| one.name() != name)
        .flat_map(|one| requirement::settle(context, name, one, None, findings));
    let mut requires: Vec<LockedRequirement> = settled.collect();
    tweak(context, name, &mut requires, findings);
    bound::keep_prefixes(name, &mut requires, findings);
    bound::check_removals(name, &requires, findings);
    let requires_python = described.requires_python;
    LockedPackage {
        version: described.version.to_string(),
        because: member.because.clone(),
        requires_python: requires_python.map(ToString::to_string).unwrap_or_default(),
        license: described.license.cloned(),
        module: module(context, name, described.modules),
        programs: described.programs.to_vec(),
        requires,
        extras: offered(context, name, &member.extras, described.extras, findings),
        patches: context
            .intent
            .patches
            .get(name)
            .cloned()
            .unwrap_or_default(),
        origin: described.origin,
        lent: None,
        build_system: described.build_system,
    }
}

/// The sdist as `fetchPypi` names it: the file's name without version and ending.
fn sdist(sdist: &Artifact, version: &Version) -> LockedSdist {
    let ending = format!("-{version}.tar.gz");
    let file = &sdist.file;
    LockedSdist {
        name: file.strip_suffix(&ending).unwrap_or(file).to_owned(),
        hash: sdist.hash.clone(),
    }
}

/// The module whose import proves the package: the one that the catalogue names, the one of its name, or else its first.
fn module(context: &Context<'_>, name: &PyName, modules: &[String]) -> String {
    let fact = context.scaffold.catalogue.packages.get(name);
    if let Some(module) = fact.and_then(|fact| fact.module.as_ref()) {
        return module.clone();
    }
    let own = name.underscored();
    match modules.first() {
        Some(first) if !modules.contains(&own) => first.clone(),
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
    extras: &BTreeMap<PyName, Vec<Requirement>>,
    findings: &mut Findings,
) -> BTreeMap<String, Vec<LockedRequirement>> {
    let mut offered = BTreeMap::new();
    let development = &context.scaffold.catalogue.upstream.development_extras;
    for extra in extras.keys() {
        let members = extra_members(name, extra, extras);
        let for_development = development
            .iter()
            .filter_map(|dev| extra.as_str().strip_prefix(dev.as_str()))
            .any(|rest| rest.is_empty() || rest.starts_with('-'));
        // What nobody asked for is offered where it costs nothing: its problems are not the person's.
        let mut aside = Findings::default();
        let wanted_for = if asked.contains(extra) {
            &mut *findings
        } else {
            &mut aside
        };
        if !asked.contains(extra) && (for_development || !all_known(context, &members)) {
            continue;
        }
        let settled: Vec<_> = members
            .iter()
            .flat_map(|(extra, one)| {
                requirement::settle(context, name, one, Some(extra), wanted_for)
            })
            .collect();
        if !aside.has_problems() {
            offered.insert(extra.to_string(), settled);
        }
    }
    offered
}

/// What an extra requires, each with the extra by which its marker is judged. An extra that asks for others of the same package
/// (`x[a,b]`) has their members.
fn extra_members<'a>(
    name: &PyName,
    extra: &'a PyName,
    extras: &'a BTreeMap<PyName, Vec<Requirement>>,
) -> Vec<(&'a PyName, &'a Requirement)> {
    let (mut open, mut seen) = (vec![extra], BTreeSet::new());
    let mut members: Vec<(&PyName, &Requirement)> = Vec::new();
    while let Some(extra) = open.pop() {
        if !seen.insert(extra) {
            continue;
        }
        for one in extras.get(extra).into_iter().flatten() {
            if one.name() == name {
                open.extend(one.extras());
            } else if !members.iter().any(|(_, other)| other.raw() == one.raw()) {
                members.push((extra, one));
            }
        }
    }
    members
}

/// Whether the index knows every one of these in nixpkgs, or the repository builds it, with its extras.
fn all_known(context: &Context<'_>, wanted: &[(&PyName, &Requirement)]) -> bool {
    let known = |one: &Requirement| {
        if let Some(member) = context.members.get(one.name()) {
            let mut extras = one.extras().iter();
            return extras.all(|extra| member.extras.contains(extra));
        }
        let there = matches!(context.index.look_up(one.name()), Lookup::Present { .. });
        let offers = |extra| context.index.offers(one.name(), extra);
        there && one.extras().iter().all(offers)
    };
    wanted.iter().all(|(_, one)| known(one))
}

/// Whether what nixpkgs lacks is to be packaged.
pub(super) fn packages_missing(context: &Context<'_>) -> bool {
    context.intent.missing == Missing::Package
}
