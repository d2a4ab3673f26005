//! A third-party distribution as the templates see it: in exact nixpkgs form, so every attribute is an argument.

use super::View;
use super::hooks::{self, HooksView};
use super::requirements::{self, DependenciesView};
use super::wheel::{self, WheelView};
use crate::model::{LockedPackage, LockedSdist, LockedThirdParty, System};
use crate::nix::nix_attr;
use crate::nixpkgs::license_attribute;
use crate::python::PyName;
use serde::Serialize;
use std::collections::BTreeSet;

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
    wheel: Option<WheelView>,
    /// The systems to which its files limit it; empty where they do not.
    platforms: Vec<&'static str>,
    build_system: Vec<String>,
    dependencies: DependenciesView,
    has_dependencies: bool,
    optional: Vec<(String, DependenciesView)>,
    #[serde(flatten)]
    hooks: HooksView,
    patches: Vec<String>,
    arguments: Vec<String>,
    requirements: Vec<requirements::RowView>,
}

/// The view of a third-party distribution.
pub(super) fn view(of: &View<'_>, name: &PyName, locked: &LockedThirdParty) -> ThirdPartyView {
    let package = &locked.package;
    let dependencies = requirements::dependencies(of, &package.requires);
    let extras = package.extras.iter();
    let optional: Vec<(String, DependenciesView)> = extras
        .map(|(extra, members)| (extra.clone(), requirements::dependencies(of, members)))
        .collect();
    let hooks = hooks::view(&package.requires);
    let license = package.license.as_deref().and_then(license_attribute);
    let lists: Vec<&DependenciesView> = std::iter::once(&dependencies)
        .chain(optional.iter().map(|(_, list)| list))
        .collect();
    let arguments = arguments(package, &lists, &hooks);
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
            several => several
                .iter()
                .find(|program| *program == name.as_str())
                .cloned(),
        },
        programs: package.programs.clone(),
        module: package.module.clone(),
        sdist: package.origin.sdist().cloned(),
        wheel: wheel::view(&package.origin),
        platforms: package
            .origin
            .systems()
            .into_iter()
            .map(System::name)
            .collect(),
        build_system: package
            .build_system
            .iter()
            .map(|attribute| nix_attr(attribute))
            .collect(),
        has_dependencies: !dependencies.is_empty(),
        dependencies,
        optional,
        hooks,
        patches: super::patches::paths(
            of,
            &format!(
                "{}/{}",
                of.intent.python.packages(),
                super::package::file(name)
            ),
            &package.patches,
        ),
        arguments,
        requirements: requirements::rows(of, package),
    }
}

/// The header: `lib`, where it is used, and the two functions first, the rest sorted.
fn arguments(
    package: &LockedPackage,
    lists: &[&DependenciesView],
    hooks: &HooksView,
) -> Vec<String> {
    let wheel = wheel::view(&package.origin);
    let native = wheel.as_ref().is_some_and(WheelView::is_native);
    let conditional = lists.iter().any(|list| list.is_conditional());
    let license = package.license.as_deref().and_then(license_attribute);
    let uses_lib = license.is_some() || native || conditional || hooks.tested().next().is_some();
    let mut names: BTreeSet<String> = lists.iter().flat_map(|list| list.names()).collect();
    let build_system = package.build_system.iter();
    names.extend(build_system.map(|attribute| nix_attr(attribute)));
    names.extend(hooks.tested());
    let of_wheel = wheel.as_ref().map(WheelView::arguments);
    names.extend(of_wheel.into_iter().flatten().map(str::to_owned));
    if conditional {
        names.insert("stdenv".to_owned());
    }
    let functions = ["buildPythonPackage", "fetchPypi"].map(str::to_owned);
    let first = uses_lib.then(|| "lib".to_owned()).into_iter();
    first.chain(functions).chain(names).collect()
}
