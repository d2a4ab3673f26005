//! Which packages are built, and why each of them.

use crate::diagnostic::{Exit, Failure, Problem, did_you_mean};
use crate::model::{Intent, Storage};
use crate::python::PyName;
use crate::scaffold::{Group, Release, ReleasedPackage, Scaffold};
use std::collections::{BTreeMap, BTreeSet};

/// One package to build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// Why it is built.
    pub(super) because: String,
    /// Extras that were asked for.
    pub(super) extras: BTreeSet<PyName>,
}

/// The core, what was asked for, what the storage needs, and what these bring along.
pub(super) fn members(
    intent: &Intent,
    scaffold: &Scaffold,
    release: &Release,
) -> Result<BTreeMap<PyName, Member>, Failure> {
    let mut members: BTreeMap<PyName, Member> = BTreeMap::new();
    let mut problems = Vec::new();
    let mut add = |name: &PyName, because: &str, extras: &BTreeSet<PyName>| {
        let member = members.entry(name.clone()).or_insert_with(|| Member {
            because: because.to_owned(),
            extras: BTreeSet::new(),
        });
        member.extras.extend(extras.iter().cloned());
    };
    let none = BTreeSet::new();
    for (name, package) in &scaffold.catalogue.packages {
        if package.group == Group::Core && release.packages.contains_key(name) {
            add(name, "core", &none);
        }
    }
    for spec in &intent.packages {
        match known(&spec.name, scaffold, release)
            .and_then(|package| offered(&spec.name, package, &spec.extras))
        {
            Ok(()) => add(&spec.name, "asked for", &spec.extras),
            Err(problem) => problems.push(problem),
        }
    }
    for (name, tweaks) in &intent.tweaks {
        if let Err(problem) = known(name, scaffold, release) {
            problems.push(Problem::new(format!(
                "`[package.{name}]`: {}",
                problem.message
            )));
        }
        for extra in tweaks
            .extra_dependencies
            .iter()
            .filter(|extra| release.packages.contains_key(*extra))
        {
            add(extra, &format!("added to {name}"), &none);
        }
    }
    match scaffold.catalogue.storage.get(intent.storage.name()) {
        Some(name) => match known(name, scaffold, release) {
            Ok(_) => add(name, &format!("{} storage", intent.storage), &none),
            Err(problem) => problems.push(problem),
        },
        None if intent.storage != Storage::default() => problems.push(Problem::new(format!(
            "{} has no package for the storage `{}`",
            scaffold.catalogue.upstream.name, intent.storage
        ))),
        None => {}
    }
    if !problems.is_empty() {
        return Err(
            Failure::all(Exit::Invalid, problems).hint("`floxwright list packages` names them all")
        );
    }
    bring_along(&mut members, release);
    Ok(members)
}

/// The package, if the catalogue and the release have it.
fn known<'a>(
    name: &PyName,
    scaffold: &Scaffold,
    release: &'a Release,
) -> Result<&'a ReleasedPackage, Problem> {
    if let Some(package) = release.packages.get(name) {
        return Ok(package);
    }
    if let Some(refusal) = scaffold.catalogue.refusal(name) {
        return Err(Problem::new(refusal));
    }
    if scaffold.catalogue.packages.contains_key(name) {
        let releases: Vec<String> = scaffold
            .releases
            .values()
            .filter(|other| other.packages.contains_key(name))
            .map(|other| other.release.to_string())
            .collect();
        let fate = scaffold.catalogue.fate(name);
        return Err(Problem::new(format!(
            "there is no package `{name}` at the release {}; it is in {}{}",
            release.release,
            if releases.is_empty() {
                "no ready-made release".to_owned()
            } else {
                releases.join(", ")
            },
            fate.map(|fate| format!(": {fate}")).unwrap_or_default()
        )));
    }
    let names = release.packages.keys().map(PyName::as_str);
    let near = did_you_mean(name.as_str(), names).map(|near| format!("; did you mean `{near}`?"));
    Err(Problem::new(format!(
        "there is no package `{name}`{}",
        near.unwrap_or_default()
    )))
}

/// Whether the package has these extras.
fn offered(
    name: &PyName,
    package: &ReleasedPackage,
    extras: &BTreeSet<PyName>,
) -> Result<(), Problem> {
    match extras
        .iter()
        .find(|extra| !package.extras.contains_key(*extra))
    {
        None => Ok(()),
        Some(extra) => {
            let offered: Vec<&str> = package.extras.keys().map(PyName::as_str).collect();
            let offered = if offered.is_empty() {
                "it has none".to_owned()
            } else {
                format!("it has {}", offered.join(", "))
            };
            Err(Problem::new(format!(
                "`{name}` {} has no extra `{extra}`: {offered}",
                package.version
            )))
        }
    }
}

/// Adds what the members require from the same release, until nothing is missing.
fn bring_along(members: &mut BTreeMap<PyName, Member>, release: &Release) {
    let mut open: Vec<PyName> = members.keys().cloned().collect();
    while let Some(name) = open.pop() {
        let Some(package) = release.packages.get(&name) else {
            continue;
        };
        let extras = members
            .get(&name)
            .map(|member| member.extras.clone())
            .unwrap_or_default();
        let of_extras = package
            .extras
            .iter()
            .filter(|(extra, _)| extras.contains(*extra))
            .flat_map(|(_, all)| all);
        for requirement in package.requires.iter().chain(of_extras) {
            let wanted = requirement.name();
            if !release.packages.contains_key(wanted) {
                continue;
            }
            let is_new = !members.contains_key(wanted);
            let member = members.entry(wanted.clone()).or_insert_with(|| Member {
                because: format!("needed by {name}"),
                extras: BTreeSet::new(),
            });
            let before = member.extras.len();
            member.extras.extend(requirement.extras().iter().cloned());
            // An extra has members of its own.
            if is_new || member.extras.len() > before {
                open.push(wanted.clone());
            }
        }
    }
}
