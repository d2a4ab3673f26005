//! One package as the templates see it.

use super::hooks::{self, HooksView};
use super::{View, requirements};
use crate::model::{LockedLoan, LockedPackage, LockedSdist};
use crate::nix::nix_attr;
use crate::nixpkgs::license_attribute;
use crate::python::PyName;
use requirements::DependenciesView;
use serde::Serialize;
use std::collections::BTreeSet;

/// `package`
#[derive(Serialize)]
pub(super) struct PackageView {
    pub(super) name: String,
    /// The name as a Nix attribute.
    pub(super) attr: String,
    /// Where its file stands below `.flox/pkgs`.
    pub(super) file: String,
    /// `release.json` as seen from there.
    release_file: &'static str,
    pub(super) version: String,
    description: String,
    label: Option<String>,
    group: &'static str,
    category: String,
    because: String,
    homepage: String,
    license: Option<&'static str>,
    spdx: Option<String>,
    main_program: Option<String>,
    programs: Vec<String>,
    module: String,
    requires_python: String,
    /// Whether it is built from the monorepo.
    monorepo: bool,
    path: String,
    sdist: Option<LockedSdist>,
    sdist_because: Option<String>,
    /// What the sdist of a release lends to it.
    lent: Option<LockedLoan>,
    /// The version that the tree gives it, where that is the one of all between releases.
    development: Option<String>,
    build_system: Vec<String>,
    dependencies: DependenciesView,
    has_dependencies: bool,
    optional: Vec<OptionalView>,
    #[serde(flatten)]
    hooks: HooksView,
    patches: Vec<String>,
    guard: Option<crate::scaffold::Guard>,
    check: String,
    /// The header of its file.
    arguments: Vec<String>,
    requirements: Vec<requirements::RowView>,
    /// Names of the packages of this repository that it requires.
    pub(super) siblings: Vec<String>,
}

/// An extra that the package offers.
#[derive(Serialize)]
struct OptionalView {
    name: String,
    dependencies: DependenciesView,
}

/// The view of a package; `None` where the catalogue does not know it, which the resolver excludes.
pub(super) fn view(of: &View<'_>, name: &PyName, locked: &LockedPackage) -> Option<PackageView> {
    let fact = of.scaffold.catalogue.packages.get(name)?;
    let dependencies = requirements::dependencies(of, &locked.requires);
    let mut view = PackageView {
        name: name.to_string(),
        attr: nix_attr(name.as_str()),
        file: file(name),
        release_file: if must_be_directory(name) {
            "../release.json"
        } else {
            "./release.json"
        },
        version: locked.version.clone(),
        description: fact.description.clone(),
        label: fact.label.clone(),
        group: group(fact.group),
        category: fact.category.clone(),
        because: locked.because.clone(),
        homepage: format!(
            "{}{}/{}",
            of.scaffold.catalogue.upstream.tree,
            at(of),
            fact.path
        ),
        license: locked.license.as_deref().and_then(license_attribute),
        spdx: locked.license.clone(),
        main_program: fact
            .main_program
            .clone()
            .filter(|program| locked.programs.contains(program)),
        programs: locked.programs.clone(),
        module: locked.module.clone(),
        requires_python: locked.requires_python.clone(),
        monorepo: locked.origin.path().is_some(),
        path: fact.path.clone(),
        sdist: locked.origin.sdist().cloned(),
        sdist_because: fact.sdist_only.as_ref().map(|only| only.because.clone()),
        lent: locked.lent.clone(),
        development: development(of, locked),
        build_system: locked.build_system.clone(),
        has_dependencies: !dependencies.is_empty(),
        siblings: dependencies.sibling_names(),
        dependencies,
        optional: optional(of, locked),
        hooks: hooks::view(&locked.requires),
        patches: super::patches::paths(of, &file(name), &locked.patches),
        guard: fact.guard.clone(),
        check: of.scaffold.catalogue.check(fact).to_owned(),
        arguments: Vec::new(),
        requirements: requirements::rows(of, locked),
    };
    view.arguments = arguments(of, &view);
    Some(view)
}

/// The version that the tree gives a package at a commit, where that is the one of all.
fn development(of: &View<'_>, locked: &LockedPackage) -> Option<String> {
    let release = &of.lock.release;
    let is_commit = !release.source.as_ref()?.rev.is_empty();
    let upstream = &of.scaffold.catalogue.upstream;
    let development = upstream.development_version.as_ref()?;
    (is_commit && locked.version == release.version).then(|| development.to_string())
}

/// The tag or commit whose tree is shown.
fn at(of: &View<'_>) -> String {
    let source = of.lock.release.source.as_ref();
    let commit = source.filter(|source| !source.rev.is_empty());
    let upstream = &of.scaffold.catalogue.upstream;
    commit.map_or_else(
        || upstream.tag(&of.lock.release.version),
        |source| source.rev.clone(),
    )
}

/// The extras that the package offers.
fn optional(of: &View<'_>, locked: &LockedPackage) -> Vec<OptionalView> {
    let extras = locked.extras.iter();
    extras
        .map(|(extra, members)| OptionalView {
            name: extra.clone(),
            dependencies: requirements::dependencies(of, members),
        })
        .collect()
}

fn group(group: crate::scaffold::Group) -> &'static str {
    match group {
        crate::scaffold::Group::Core => "core",
        crate::scaffold::Group::Integration => "integration",
        crate::scaffold::Group::Tool => "tool",
        crate::scaffold::Group::Support => "support",
    }
}

/// Where the file of a package stands below the directory that holds it.
pub(super) fn file(name: &PyName) -> String {
    if must_be_directory(name) {
        format!("{name}/default.nix")
    } else {
        format!("{name}.nix")
    }
}

/// Flox passes over every file whose name ends in `flake.nix`.
fn must_be_directory(name: &PyName) -> bool {
    name.as_str().ends_with("flake")
}

/// The header: `lib` first, the rest sorted.
fn arguments(of: &View<'_>, package: &PackageView) -> Vec<String> {
    let mut rest: BTreeSet<String> = package.siblings.iter().map(|name| nix_attr(name)).collect();
    for extra in &package.optional {
        rest.extend(
            extra
                .dependencies
                .sibling_names()
                .iter()
                .map(|name| nix_attr(name)),
        );
    }
    rest.insert(of.intent.python.packages());
    rest.insert(if package.monorepo {
        of.scaffold.source_package()
    } else {
        "fetchPypi".to_owned()
    });
    if package.lent.is_some() {
        rest.insert("fetchPypi".to_owned());
    }
    let conditional = package
        .optional
        .iter()
        .any(|extra| extra.dependencies.is_conditional());
    if conditional || package.dependencies.is_conditional() {
        rest.insert("stdenv".to_owned());
    }
    std::iter::once("lib".to_owned()).chain(rest).collect()
}
