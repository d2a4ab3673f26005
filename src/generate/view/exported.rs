//! A package as the template for nixpkgs itself sees it: every attribute an argument, every value literal.

use super::View;
use super::exported_lists::{ListsView, lists};
use super::wheel::{self, WheelView};
use crate::model::{
    BoundTest, Decision, LockedOrigin, LockedPackage, LockedRequirement, LockedThirdParty,
    Prediction, System,
};
use crate::nix::nix_attr;
use crate::nixpkgs::license_attribute;
use crate::python::PyName;
use crate::scaffold::Package;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// `package` in the template.
#[derive(Serialize)]
pub(in crate::generate) struct ExportedView {
    pub(in crate::generate) name: String,
    pub(in crate::generate) version: String,
    description: String,
    homepage: String,
    /// Address of the notes on the release, without the release; empty for a third party.
    changelog: String,
    /// What stands before the release in the name of its tag.
    tag_prefix: String,
    license: Option<&'static str>,
    main_program: Option<String>,
    module: String,
    /// The release that the package belongs to; empty for a third party.
    release: String,
    source: SourceView,
    /// Why it does not come from the monorepo although the others do.
    sdist_because: Option<String>,
    build_system: Vec<String>,
    dependencies: ListsView,
    has_dependencies: bool,
    optional: BTreeMap<String, ListsView>,
    relax: Vec<EntryView>,
    remove: Vec<EntryView>,
    guard: Option<crate::scaffold::Guard>,
    check: String,
    /// Arguments of the file: what is used of nixpkgs, then the build system, then what it requires, each sorted.
    uses: Vec<String>,
    needs: Vec<String>,
    optional_needs: Vec<String>,
    /// The handle of whoever looks after it; empty where nobody was named.
    maintainer: String,
}

/// Where the source comes from.
#[derive(Serialize)]
#[serde(tag = "from", rename_all = "kebab-case")]
enum SourceView {
    Github {
        owner: String,
        repo: String,
        tag: String,
        hash: String,
        path: String,
    },
    Pypi {
        name: String,
        hash: String,
    },
    Wheel {
        #[serde(flatten)]
        wheel: WheelView,
        /// The systems to which it limits the package; empty where it does not.
        platforms: Vec<&'static str>,
    },
}

/// An entry of a list, with the reason for it.
#[derive(Serialize)]
struct EntryView {
    name: String,
    because: String,
}

/// The view of a package of the upstream, or of a third party, by name.
pub(in crate::generate) fn view(
    of: &View<'_>,
    name: &PyName,
    maintainer: &str,
) -> Option<ExportedView> {
    let own = of.lock.packages.get(name);
    let third = of.lock.third_party.get(name);
    let locked = own.or(third.map(|third| &third.package))?;
    let fact = own.and_then(|_| of.scaffold.catalogue.packages.get(name));
    let source = source(of, locked)?;
    let (description, homepage) = words(of, fact, third)?;
    let dependencies = lists(of, &locked.requires);
    let extras = locked.extras.iter();
    let optional: BTreeMap<String, ListsView> = extras
        .map(|(extra, members)| (extra.clone(), lists(of, members)))
        .collect();
    let upstream = &of.scaffold.catalogue.upstream;
    let mut view = ExportedView {
        name: name.to_string(),
        version: locked.version.clone(),
        description,
        homepage,
        changelog: fact.map(|_| upstream.changelog.clone()).unwrap_or_default(),
        tag_prefix: upstream.tag_prefix.clone(),
        license: locked.license.as_deref().and_then(license_attribute),
        main_program: main_program(fact, locked),
        module: locked.module.clone(),
        release: fact
            .map(|_| of.lock.release.version.clone())
            .unwrap_or_default(),
        sdist_because: fact
            .and_then(|fact| fact.sdist_only.as_ref())
            .filter(|_| of.lock.release.source.is_some())
            .map(|only| only.because.clone()),
        source,
        build_system: sorted(
            locked
                .build_system
                .iter()
                .map(|attribute| nix_attr(attribute)),
        ),
        relax: relax(&locked.requires),
        remove: remove(&locked.requires),
        guard: fact.and_then(|fact| fact.guard.clone()),
        check: fact.map_or_else(
            || "Which tests there are, and what they need, was not looked into.".to_owned(),
            |fact| of.scaffold.catalogue.check(fact).to_owned(),
        ),
        uses: Vec::new(),
        needs: Vec::new(),
        optional_needs: Vec::new(),
        maintainer: maintainer.to_owned(),
        has_dependencies: !dependencies.names().is_empty(),
        dependencies,
        optional,
    };
    arguments(&mut view);
    Some(view)
}

/// The attributes that a package's file names: what has to be there before it.
pub(in crate::generate) fn named(view: &ExportedView) -> BTreeSet<String> {
    let lists = std::iter::once(&view.dependencies).chain(view.optional.values());
    let build_system = view.build_system.iter().cloned();
    build_system
        .chain(lists.flat_map(ListsView::names))
        .collect()
}

/// The description and the home page.
fn words(
    of: &View<'_>,
    fact: Option<&Package>,
    third: Option<&LockedThirdParty>,
) -> Option<(String, String)> {
    if let Some(fact) = fact {
        let upstream = &of.scaffold.catalogue.upstream.homepage;
        let page = fact.documentation.as_ref().unwrap_or(upstream);
        return Some((fact.description.clone(), page.clone()));
    }
    third.map(|third| (third.description.clone(), third.homepage.clone()))
}

fn source(of: &View<'_>, locked: &LockedPackage) -> Option<SourceView> {
    Some(match (&locked.origin, &of.lock.release.source) {
        (LockedOrigin::Path(path), Some(source)) => SourceView::Github {
            owner: source.owner.clone(),
            repo: source.repo.clone(),
            tag: source.tag.clone(),
            hash: source.hash.clone(),
            path: path.clone(),
        },
        (LockedOrigin::Path(_), None) => return None,
        (LockedOrigin::Sdist(sdist), _) => SourceView::Pypi {
            name: sdist.name.clone(),
            hash: sdist.hash.clone(),
        },
        (LockedOrigin::Wheel(_) | LockedOrigin::Wheels(_), _) => SourceView::Wheel {
            wheel: wheel::view(&locked.origin)?,
            platforms: locked
                .origin
                .systems()
                .into_iter()
                .map(System::name)
                .collect(),
        },
    })
}

fn main_program(fact: Option<&Package>, locked: &LockedPackage) -> Option<String> {
    match (fact, locked.programs.as_slice()) {
        (Some(fact), programs) => fact
            .main_program
            .clone()
            .filter(|program| programs.contains(program)),
        (None, [only]) => Some(only.clone()),
        (None, _) => None,
    }
}

/// What is relaxed: a bound that the index knows to be passed. nixpkgs has one version of everything, so nothing is compared.
fn relax(requires: &[LockedRequirement]) -> Vec<EntryView> {
    let relaxed = requires.iter().filter(|one| {
        let test = one.bound.as_ref().map(|bound| bound.test);
        one.decision == Decision::Nixpkgs
            && match test {
                Some(BoundTest::Always) => true,
                Some(BoundTest::AtLeast | BoundTest::Past) => one.prediction == Prediction::Relaxed,
                Some(BoundTest::Kept) | None => false,
            }
    });
    let entries: BTreeMap<String, EntryView> = relaxed
        .map(|one| {
            let entry = EntryView {
                name: one.spelling.clone(),
                because: format!("{}; nixpkgs has {}", one.requirement, one.index),
            };
            (one.spelling.to_lowercase(), entry)
        })
        .collect();
    entries.into_values().collect()
}

fn remove(requires: &[LockedRequirement]) -> Vec<EntryView> {
    let removed = requires.iter().filter_map(|one| {
        let because = match one.decision {
            Decision::Substituted => format!("{} is {}", one.attribute, one.reason),
            Decision::Removed => one.reason.clone(),
            _ => return None,
        };
        Some(EntryView {
            name: one.spelling.clone(),
            because,
        })
    });
    removed.collect()
}

/// The groups of the header. An attribute stands in the first group that uses it.
fn arguments(view: &mut ExportedView) {
    let mut uses = BTreeSet::from(["buildPythonPackage".to_owned()]);
    uses.insert(match view.source {
        SourceView::Github { .. } => "fetchFromGitHub".to_owned(),
        SourceView::Pypi { .. } | SourceView::Wheel { .. } => "fetchPypi".to_owned(),
    });
    let wheel = match &view.source {
        SourceView::Wheel { wheel, .. } => Some(wheel),
        _ => None,
    };
    let native = wheel.is_some_and(WheelView::is_native);
    let for_wheel = wheel.map(WheelView::arguments).unwrap_or_default();
    uses.extend(for_wheel.into_iter().map(str::to_owned));
    if view.guard.is_some() {
        uses.insert("python".to_owned());
    }
    let lists = || std::iter::once(&view.dependencies).chain(view.optional.values());
    let conditional = lists().any(ListsView::is_conditional);
    if conditional {
        uses.insert("stdenv".to_owned());
    }
    let uses_lib = conditional || native || view.license.is_some() || !view.maintainer.is_empty();
    let mut named: BTreeSet<String> = view.build_system.iter().cloned().collect();
    let mut rest = |names: BTreeSet<String>| -> Vec<String> {
        let new = names.into_iter().filter(|name| !uses.contains(name));
        new.filter(|name| named.insert(name.clone())).collect()
    };
    let needs = rest(view.dependencies.names());
    let optional = rest(view.optional.values().flat_map(ListsView::names).collect());
    (view.needs, view.optional_needs) = (needs, optional);
    let first = uses_lib.then(|| "lib".to_owned());
    view.uses = first.into_iter().chain(uses).collect();
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The line that the list of Python packages gets.
pub(in crate::generate) fn binding(name: &PyName) -> String {
    let attribute = nix_attr(name.as_str());
    format!("{attribute} = callPackage ../development/python-modules/{name} {{ }};")
}
