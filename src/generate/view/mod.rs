//! What the templates see: the lock and the intent, with everything spelled out that a template should not have to work out.

mod environment;
mod order;
mod package;
mod requirements;

use crate::model::{Intent, Layout, Lock, Nixpkgs, Storage, With};
use crate::nixpkgs::{Index, interpreter_cost, license_attribute};
use crate::python::PyName;
use crate::scaffold::Scaffold;
use liquid::Object;
use serde::Serialize;

/// The values for all templates of one workspace.
pub(super) struct View<'a> {
    intent: &'a Intent,
    lock: &'a Lock,
    scaffold: &'a Scaffold,
    index: &'a Index,
}

/// Name of the package that holds the monorepo's source.
fn source_package(scaffold: &Scaffold) -> String {
    format!("{}-src", scaffold.name)
}

impl<'a> View<'a> {
    pub(super) fn new(intent: &'a Intent, lock: &'a Lock, scaffold: &'a Scaffold, index: &'a Index) -> Self {
        Self {
            intent,
            lock,
            scaffold,
            index,
        }
    }

    /// `workspace`, `release`, `upstream`, `packages`, `packages_in_order`, and cargo-generate's own names.
    pub(super) fn workspace_values(&self) -> Result<Object, String> {
        let packages: Vec<package::PackageView> =
            self.lock.packages.iter().filter_map(|(name, locked)| package::view(self, name, locked)).collect();
        let in_order: Vec<&package::PackageView> = order::dependencies_first(&packages);
        let values = Values {
            workspace: self.workspace(),
            release: self.release(),
            upstream: self.upstream(),
            packages_in_order: in_order,
            packages: &packages,
            project_name: self.intent.name.as_str(),
            crate_name: heck::ToSnakeCase::to_snake_case(self.intent.name.as_str()),
        };
        liquid::to_object(&values).map_err(|error| error.to_string())
    }

    /// The same with `package`, once for each package.
    pub(super) fn package_values(&self, workspace: &Object) -> Result<Vec<(PyName, Object)>, String> {
        let packages = self.lock.packages.iter();
        packages
            .filter_map(|(name, locked)| Some((name, package::view(self, name, locked)?)))
            .map(|(name, view)| {
                let mut values = workspace.clone();
                values.insert("package".into(), liquid::model::to_value(&view).map_err(|error| error.to_string())?);
                Ok((name.clone(), values))
            })
            .collect()
    }

    fn workspace(&self) -> WorkspaceView {
        let intent = self.intent;
        let environment = environment::view(self);
        let publish: Vec<String> = if intent.publish.contains("all") {
            let packages = self.lock.packages.keys().map(ToString::to_string);
            let packages = packages.filter(|_| intent.layout == Layout::Split);
            packages.chain([environment.name.clone()]).collect()
        } else {
            intent.publish.iter().cloned().collect()
        };
        WorkspaceView {
            name: intent.name.to_string(),
            scaffold: self.scaffold.name.clone(),
            layout: intent.layout.name(),
            source: if self.lock.release.source.is_some() { "github" } else { "pypi" },
            source_because: self.lock.release.because.clone(),
            nixpkgs: intent.nixpkgs.name(),
            pinned: intent.nixpkgs == Nixpkgs::Pinned,
            python: PythonView {
                set: intent.python.to_string(),
                packages: intent.python.packages(),
                version: intent.python.version(),
                cost: interpreter_cost(intent.python.minor()),
            },
            systems: intent.systems.iter().map(ToString::to_string).collect(),
            documents: DocumentsView {
                set: intent.documents.name(),
                dir: intent.documents_dir.as_ref().map_or(".", |dir| dir.as_str()).to_owned(),
                prefix: intent.documents_dir.as_ref().map(|dir| format!("{dir}/")).unwrap_or_default(),
                up: intent.documents_dir.as_ref().map_or(String::new(), |dir| "../".repeat(dir.components().count())),
            },
            storage: intent.storage.name(),
            server_storage: intent.storage != Storage::Sqlite,
            parts: PartsView {
                runtime: intent.with.contains(&With::Runtime),
                workflows: intent.with.contains(&With::Workflows),
                flake: intent.with.contains(&With::Flake),
            },
            handle: intent.handle.clone(),
            catalog: if intent.handle.is_empty() { "YOUR-HANDLE".to_owned() } else { intent.handle.clone() },
            publish,
            license: intent.license.clone(),
            remote: intent.remote.clone(),
            expose: intent.expose.name(),
            environment,
            index: IndexView {
                stamp: self.lock.index.clone(),
                date: self.index.date().to_owned(),
            },
        }
    }

    fn release(&self) -> ReleaseView<'_> {
        let catalogue = &self.scaffold.catalogue;
        let known = catalogue.known.iter().filter(|known| self.lock.packages.contains_key(&known.package));
        ReleaseView {
            version: &self.lock.release.version,
            source: self.lock.release.source.as_ref(),
            because: &self.lock.release.because,
            date: self.scaffold.release(&self.lock.release.version).map(|release| release.read.date.to_string()),
            known: known
                .map(|known| KnownView {
                    package: known.package.to_string(),
                    text: &known.text,
                    source: &known.source,
                    date: &known.date,
                })
                .collect(),
        }
    }

    fn upstream(&self) -> UpstreamView<'_> {
        let upstream = &self.scaffold.catalogue.upstream;
        UpstreamView {
            facts: upstream,
            main_program: &upstream.main_program,
            license_attr: license_attribute(&upstream.license),
            source_package: source_package(self.scaffold),
            not_built: &self.scaffold.catalogue.not_built,
            yanked: self.scaffold.catalogue.yanked.iter().map(|yanked| yanked.release.as_str()).collect(),
        }
    }
}

#[derive(Serialize)]
struct Values<'a> {
    workspace: WorkspaceView,
    release: ReleaseView<'a>,
    upstream: UpstreamView<'a>,
    packages: &'a [package::PackageView],
    packages_in_order: Vec<&'a package::PackageView>,
    #[serde(rename = "project-name")]
    project_name: &'a str,
    crate_name: String,
}

/// `workspace`
#[derive(Serialize)]
struct WorkspaceView {
    name: String,
    scaffold: String,
    layout: &'static str,
    source: &'static str,
    source_because: String,
    nixpkgs: &'static str,
    pinned: bool,
    python: PythonView,
    systems: Vec<String>,
    documents: DocumentsView,
    storage: &'static str,
    #[serde(rename = "storage_is_server")]
    server_storage: bool,
    #[serde(flatten)]
    parts: PartsView,
    handle: String,
    catalog: String,
    publish: Vec<String>,
    license: String,
    remote: String,
    expose: &'static str,
    environment: environment::EnvironmentView,
    index: IndexView,
}

/// Which further parts there are.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "three independent parts, each there or not")]
struct PartsView {
    runtime: bool,
    workflows: bool,
    flake: bool,
}

#[derive(Serialize)]
struct PythonView {
    set: String,
    packages: String,
    version: String,
    cost: &'static str,
}

/// `dir` is `.` at the root; `prefix` stands before a document's name as seen from the root; `up` leads back.
#[derive(Serialize)]
struct DocumentsView {
    set: &'static str,
    dir: String,
    prefix: String,
    up: String,
}

#[derive(Serialize)]
struct IndexView {
    stamp: String,
    date: String,
}

/// `release`
#[derive(Serialize)]
struct ReleaseView<'a> {
    version: &'a str,
    source: Option<&'a crate::model::LockedSource>,
    because: &'a str,
    date: Option<String>,
    known: Vec<KnownView<'a>>,
}

#[derive(Serialize)]
struct KnownView<'a> {
    package: String,
    text: &'a str,
    source: &'a str,
    date: &'a str,
}

/// `upstream`: the catalogue's facts under their own names, with `_` for `-`.
#[derive(Serialize)]
struct UpstreamView<'a> {
    #[serde(flatten)]
    facts: &'a crate::scaffold::Upstream,
    main_program: &'a str,
    license_attr: Option<&'static str>,
    source_package: String,
    not_built: &'a [crate::scaffold::NotBuilt],
    /// Releases that are refused.
    yanked: Vec<&'a str>,
}
