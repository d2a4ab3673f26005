//! A third-party distribution as the templates see it: in exact nixpkgs form, so every attribute is an argument.

use super::View;
use super::hooks::{self, HooksView};
use super::requirements::{self, DependenciesView};
use crate::model::{LockedOrigin, LockedSdist, LockedThirdParty, LockedWheel, System};
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
    wheel: Option<WheelView>,
    /// The systems to which its files limit it; empty where they do not.
    platforms: Vec<&'static str>,
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
    let wheel = wheel(&package.origin);
    let arguments = {
        let lists = || std::iter::once(&dependencies).chain(optional.values());
        let native = wheel.as_ref().is_some_and(|wheel| wheel.native);
        let uses_lib = license.is_some()
            || native
            || hooks.tested().next().is_some()
            || lists().any(DependenciesView::is_conditional);
        let mut names: BTreeSet<String> = lists().flat_map(DependenciesView::names).collect();
        names.extend(
            package
                .build_system
                .iter()
                .map(|attribute| nix_attr(attribute)),
        );
        names.extend(hooks.tested());
        if native || lists().any(DependenciesView::is_conditional) {
            names.insert("stdenv".to_owned());
        }
        if native {
            names.insert("autoPatchelfHook".to_owned());
        }
        let functions = ["buildPythonPackage", "fetchPypi"].map(str::to_owned);
        let first = uses_lib.then(|| "lib".to_owned()).into_iter();
        first.chain(functions).chain(names).collect()
    };
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
        wheel,
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
        arguments,
        requirements: requirements::rows(of, package),
    }
}

/// A wheel as `fetchPypi` wants it: what all systems share, and what each has of its own.
#[derive(Serialize)]
struct WheelView {
    name: String,
    /// The tags that are the same everywhere, `python`, `abi`, `platform`, without those that `fetchPypi` supposes.
    shared: Vec<(&'static str, String)>,
    /// The hash, where there is one wheel for all.
    hash: Option<String>,
    /// By system; empty where there is one wheel for all.
    systems: Vec<SystemView>,
    /// The names of a system's values.
    own: Vec<&'static str>,
    /// Whether it carries machine code.
    native: bool,
    /// Whether some of that is for Linux.
    linux: bool,
    /// Whether all of it is.
    only_linux: bool,
}

#[derive(Serialize)]
struct SystemView {
    system: &'static str,
    values: Vec<(&'static str, String)>,
}

/// The tags of a wheel by the names of `fetchPypi`'s arguments.
fn tags(wheel: &LockedWheel) -> [(&'static str, &str, &'static str); 4] {
    // The third is what is supposed where nothing is said.
    [
        ("dist", &wheel.python, "py2.py3"),
        ("python", &wheel.python, "py2.py3"),
        ("abi", &wheel.abi, "none"),
        ("platform", &wheel.platform, "any"),
    ]
}

fn wheel(origin: &LockedOrigin) -> Option<WheelView> {
    let wheels: Vec<(Option<System>, &LockedWheel)> = match origin {
        LockedOrigin::Path(_) | LockedOrigin::Sdist(_) => return None,
        LockedOrigin::Wheel(wheel) => vec![(None, wheel)],
        LockedOrigin::Wheels(wheels) => {
            let each = wheels.iter().map(|(system, wheel)| (Some(*system), wheel));
            each.collect()
        }
    };
    let (_, first) = *wheels.first()?;
    let same = |at: usize| {
        wheels
            .iter()
            .all(|(_, wheel)| tags(wheel).get(at) == tags(first).get(at))
    };
    let (mut shared, mut own) = (Vec::new(), Vec::new());
    for (at, (key, value, supposed)) in tags(first).into_iter().enumerate() {
        if !same(at) {
            own.push(key);
        } else if value != supposed {
            shared.push((key, value.to_owned()));
        }
    }
    let systems = wheels.iter().filter_map(|(system, wheel)| {
        let tags = tags(wheel).into_iter();
        let values = tags.filter(|(key, ..)| own.contains(key));
        let values = values.map(|(key, value, _)| (key, value.to_owned()));
        Some(SystemView {
            system: (*system)?.name(),
            values: values.chain([("hash", wheel.hash.clone())]).collect(),
        })
    });
    let systems: Vec<SystemView> = systems.collect();
    let limits = origin.systems();
    let linux = |system: &System| system.name().ends_with("linux");
    Some(WheelView {
        name: first.name.clone(),
        hash: systems.is_empty().then(|| first.hash.clone()),
        own: if systems.is_empty() {
            Vec::new()
        } else {
            own.into_iter().chain(["hash"]).collect()
        },
        shared,
        systems,
        native: !limits.is_empty(),
        linux: limits.iter().any(|system| system.name().ends_with("linux")),
    })
}
