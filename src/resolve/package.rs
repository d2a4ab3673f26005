//! One package: its source, its build system, its requirements.

use super::{Context, bound, members::Member, problem, requirement};
use crate::diagnostic::Problem;
use crate::model::{LockedPackage, LockedRequirement, LockedSdist};
use crate::nixpkgs::Lookup;
use crate::python::{PyName, Requirement};
use crate::scaffold::ReleasedPackage;
use std::collections::BTreeMap;

/// Extras that serve the development of a package and never its use.
const DEVELOPMENT: [&str; 12] = [
    "black", "codegen", "dev", "docs", "lint", "mypy", "pyright", "ruff", "stubs", "test", "tests",
    "ty",
];

/// The locked form of a package, or all that is wrong with it.
pub(super) fn locked(
    context: &Context<'_>,
    name: &PyName,
    member: &Member,
    has_source: bool,
    notes: &mut Vec<String>,
) -> Result<LockedPackage, Vec<Problem>> {
    let (Some(released), Some(fact)) = (
        context.release.packages.get(name),
        context.scaffold.catalogue.packages.get(name),
    ) else {
        return Err(vec![problem(
            name,
            "the catalogue and the release do not both know it",
        )]);
    };
    let from_source = has_source && fact.sdist_only.is_none();
    let mut problems = Vec::new();
    let mut requires = Vec::new();
    for wanted in &released.requires {
        match requirement::settle(context, name, wanted, None) {
            Ok(settled) => requires.push(settled),
            Err(found) => problems.push(found),
        }
    }
    requirement::tweak(context, name, &mut requires, &mut problems);
    notes.extend(bound::keep_prefixes(name, &mut requires));
    let build_system = build_system(context, name, released, &mut problems);
    let extras = extras(context, name, member, released, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(LockedPackage {
        version: released.version.to_string(),
        because: member.because.clone(),
        path: from_source.then(|| fact.path.clone()),
        sdist: (!from_source).then(|| sdist(released)),
        build_system,
        requires_python: released
            .requires_python
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        license: released.license.clone(),
        module: module(name, released),
        programs: released.programs.clone(),
        requires,
        extras,
    })
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
    problems: &mut Vec<Problem>,
) -> Vec<String> {
    let mut attributes = Vec::new();
    for wanted in &released.build_requires {
        match context.index.look_up(wanted.name()) {
            Lookup::Present { attribute, .. } => attributes.push(attribute.to_owned()),
            Lookup::Unknown => attributes.push(wanted.name().to_string()),
            Lookup::Absent => problems.push(problem(
                name,
                format!("nixpkgs lacks `{}`, which builds it", wanted.raw()),
            )),
        }
    }
    attributes.sort();
    attributes.dedup();
    attributes
}

/// The extras that were asked for, and those whose members nixpkgs is known to have all.
fn extras(
    context: &Context<'_>,
    name: &PyName,
    member: &Member,
    released: &ReleasedPackage,
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, Vec<LockedRequirement>> {
    let mut extras = BTreeMap::new();
    for (extra, wanted) in &released.extras {
        let asked = member.extras.contains(extra);
        if !asked
            && (DEVELOPMENT
                .iter()
                .any(|dev| extra.as_str().starts_with(dev))
                || !all_known(context, wanted))
        {
            continue;
        }
        let settled: Result<Vec<_>, _> = wanted
            .iter()
            .map(|one| requirement::settle(context, name, one, Some(extra)))
            .collect();
        match settled {
            Ok(settled) => {
                extras.insert(extra.to_string(), settled);
            }
            Err(found) if asked => problems.push(found),
            Err(_) => {}
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
