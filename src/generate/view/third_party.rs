//! A third-party distribution as the templates see it: in exact nixpkgs form, so every attribute is an argument.

use super::View;
use super::hooks::{self, HooksView};
use super::requirements::{self, DependenciesView};
use crate::model::{LockedSdist, LockedThirdParty};
use crate::nix::nix_attr;
use crate::nixpkgs::license_attribute;
use crate::python::PyName;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// `package` in an output for third parties.
#[derive(Serialize)]
pub(super) struct ThirdPartyView {
    name: String,
    attr: String,
    /// Where its file stands below the directory of the Python set.
    file: String,
    version: String,
    because: String,
    description: String,
    homepage: String,
    license: Option<&'static str>,
    spdx: Option<String>,
    main_program: Option<String>,
    programs: Vec<String>,
    module: String,
    sdist: Option<LockedSdist>,
    build_system: Vec<String>,
    dependencies: DependenciesView,
    has_dependencies: bool,
    optional: BTreeMap<String, DependenciesView>,
    #[serde(flatten)]
    hooks: HooksView,
    arguments: Vec<String>,
    requirements: Vec<requirements::RowView>,
}

/// The view of a third-party distribution.
pub(super) fn view(of: &View<'_>, name: &PyName, locked: &LockedThirdParty) -> ThirdPartyView {
    let package = &locked.package;
    let dependencies = requirements::dependencies(of, &package.requires);
    let extras = package.extras.iter();
    let optional: BTreeMap<String, DependenciesView> = extras
        .map(|(extra, members)| (extra.clone(), requirements::dependencies(of, members)))
        .collect();
    let hooks = hooks::view(&package.requires);
    let license = package.license.as_deref().and_then(license_attribute);
    let lists = || std::iter::once(&dependencies).chain(optional.values());
    let uses_lib = license.is_some()
        || hooks.tested().next().is_some()
        || lists().any(DependenciesView::is_conditional);
    let arguments = arguments(&package.build_system, lists(), &hooks, uses_lib);
    ThirdPartyView {
        name: name.to_string(),
        attr: nix_attr(name.as_str()),
        file: super::package::file(name),
        version: package.version.clone(),
        because: package.because.clone(),
        description: locked.description.clone(),
        homepage: locked.homepage.clone(),
        license,
        spdx: package.license.clone(),
        main_program: match package.programs.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        },
        programs: package.programs.clone(),
        module: package.module.clone(),
        sdist: package.origin.sdist().cloned(),
        build_system: package
            .build_system
            .iter()
            .map(|attribute| nix_attr(attribute))
            .collect(),
        has_dependencies: !dependencies.is_empty(),
        dependencies,
        optional,
        hooks,
        arguments,
        requirements: requirements::rows(of, package),
    }
}

/// The header: `lib`, where it is used, and the two functions first, the rest sorted.
fn arguments<'a>(
    build_system: &[String],
    lists: impl Iterator<Item = &'a DependenciesView>,
    hooks: &HooksView,
    uses_lib: bool,
) -> Vec<String> {
    let functions = ["buildPythonPackage", "fetchPypi"].map(str::to_owned);
    let first = uses_lib.then(|| "lib".to_owned()).into_iter();
    let mut rest: BTreeSet<String> = build_system
        .iter()
        .map(|attribute| nix_attr(attribute))
        .collect();
    for list in lists {
        rest.extend(list.names());
        if list.is_conditional() {
            rest.insert("stdenv".to_owned());
        }
    }
    rest.extend(hooks.tested());
    first.chain(functions).chain(rest).collect()
}
