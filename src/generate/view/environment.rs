//! The environment as the templates see it.

use super::View;
use super::requirements::within;
use crate::model::{Expose, Layout};
use crate::nix::nix_attr;
use crate::scaffold::Group;
use serde::Serialize;
use std::collections::BTreeSet;

/// `workspace.environment`
#[derive(Serialize)]
pub(super) struct EnvironmentView {
    pub(super) name: String,
    /// Its file below `.flox/pkgs`.
    file: String,
    description: String,
    programs: Vec<String>,
    /// Every package, as a Nix attribute.
    members: Vec<String>,
    libraries: Vec<LibraryView>,
    /// `package.optional-dependencies.extra`
    extras: Vec<String>,
    /// The header of its file.
    arguments: Vec<String>,
}

#[derive(Serialize)]
struct LibraryView {
    attribute: String,
    version: String,
}

/// The view of the environment.
pub(super) fn view(of: &View<'_>) -> EnvironmentView {
    let locked = &of.lock.environment;
    let members: Vec<String> = of
        .lock
        .packages
        .keys()
        .map(|name| nix_attr(name.as_str()))
        .collect();
    let extras = of.lock.environment_extras().flat_map(|spec| {
        let package = nix_attr(spec.name.as_str());
        spec.extras.into_iter().map(move |extra| {
            format!(
                "{package}.optional-dependencies.{}",
                nix_attr(extra.as_str())
            )
        })
    });
    EnvironmentView {
        name: locked.name.clone(),
        file: format!("{}.nix", locked.name),
        description: description(of),
        programs: locked.programs.clone(),
        libraries: locked
            .libraries
            .iter()
            .map(|(attribute, version)| LibraryView {
                attribute: within(&of.intent.python.packages(), attribute),
                version: version.clone(),
            })
            .collect(),
        extras: extras.collect(),
        arguments: arguments(of, &members),
        members,
    }
}

/// "Acme with its web UI, PostgreSQL storage and dg"
fn description(of: &View<'_>) -> String {
    let catalogue = &of.scaffold.catalogue;
    let offered = of.lock.packages.keys().filter_map(|name| {
        let package = catalogue.packages.get(name)?;
        (package.group != Group::Core)
            .then(|| package.label.clone())
            .flatten()
    });
    let mut parts: Vec<String> = catalogue
        .upstream
        .includes
        .iter()
        .cloned()
        .chain(offered)
        .collect();
    let last = parts.pop();
    match (parts.is_empty(), last) {
        (_, None) => catalogue.upstream.name.clone(),
        (true, Some(last)) => format!("{} with {last}", catalogue.upstream.name),
        (false, Some(last)) => format!(
            "{} with {} and {last}",
            catalogue.upstream.name,
            parts.join(", ")
        ),
    }
}

/// The header: `lib` first, the rest sorted.
fn arguments(of: &View<'_>, members: &[String]) -> Vec<String> {
    let mut rest = BTreeSet::from(["runCommand".to_owned()]);
    // What starts the interpreter under a name of its own is a script.
    if of.intent.expose == Expose::ProgramsAndPython {
        rest.insert("runtimeShell".to_owned());
    }
    // In one file the Python set is extended, and bound under its own name: it comes from `pkgs`.
    let extended = of.intent.layout == Layout::Single && !of.lock.third_party.is_empty();
    rest.insert(if extended {
        "pkgs".to_owned()
    } else {
        of.intent.python.packages()
    });
    if of.intent.layout == Layout::Split {
        rest.extend(members.iter().cloned());
    } else {
        rest.extend(single_file_arguments(of));
    }
    std::iter::once("lib".to_owned()).chain(rest).collect()
}

/// What the bodies of the packages need when they stand in one file.
fn single_file_arguments(of: &View<'_>) -> BTreeSet<String> {
    let packages = of.lock.packages.values();
    let mut arguments = BTreeSet::new();
    for package in packages {
        if package.origin.sdist().is_some() || package.lent.is_some() {
            arguments.insert("fetchPypi".to_owned());
        }
        let extras = package.extras.values().flatten();
        if package
            .requires
            .iter()
            .chain(extras)
            .any(|one| !one.systems.is_empty())
        {
            arguments.insert("stdenv".to_owned());
        }
    }
    if of.lock.release.source.is_some() {
        arguments.insert("fetchFromGitHub".to_owned());
    }
    arguments
}
