//! The intent: everything that a person chose for a workspace.

use super::{
    Documents, EnvironmentName, Expose, Layout, Lock, Missing, Nixpkgs, PackageSpec, PythonSet,
    Source, Storage, System, With, WorkspaceName,
};
use crate::python::PyName;
use crate::tree::RelPath;
use std::collections::{BTreeMap, BTreeSet};

/// What a person wants changed about one package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tweaks {
    /// nixpkgs attributes to add to its dependencies.
    pub extra_dependencies: BTreeSet<PyName>,
    /// Requirements, in the metadata's spelling, to take out of its metadata and its dependencies.
    pub remove_dependencies: BTreeSet<String>,
    /// Requirements, in the metadata's spelling, whose bounds are dropped whatever nixpkgs has.
    pub relax: BTreeSet<String>,
}

/// What a person chose; `floxwright.toml` in a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// `workspace.name`
    pub name: WorkspaceName,
    /// `workspace.scaffold`: the name of a built-in scaffold, or a path.
    pub scaffold: String,
    /// `upstream.release`: the release, or at a commit the one that lends its number and what only releases have.
    pub release: String,
    /// `upstream.rev`: a branch, tag or commit of the monorepo that is packaged instead of the release; empty for the release.
    pub rev: String,
    /// `upstream.source`
    pub source: Source,
    /// `build.layout`
    pub layout: Layout,
    /// `build.python`
    pub python: PythonSet,
    /// `build.systems`
    pub systems: BTreeSet<System>,
    /// `build.packages`: beyond the core, only what was asked for.
    pub packages: BTreeSet<PackageSpec>,
    /// `build.missing`
    pub missing: Missing,
    /// `build.nixpkgs`
    pub nixpkgs: Nixpkgs,
    /// `environment.name`
    pub environment: EnvironmentName,
    /// `environment.expose`
    pub expose: Expose,
    /// `environment.python`: libraries that the person's own code imports.
    pub libraries: BTreeSet<PyName>,
    /// `documents.set`
    pub documents: Documents,
    /// `documents.dir`; `None` puts the documents at the root.
    pub documents_dir: Option<RelPath>,
    /// `documents.storage`
    pub storage: Storage,
    /// `documents.with`
    pub with: BTreeSet<With>,
    /// `publish.handle`; empty when unknown.
    pub handle: String,
    /// `publish.packages`: names of packages, or `all` alone.
    pub publish: BTreeSet<String>,
    /// `publish.license`: an SPDX identifier.
    pub license: String,
    /// `publish.remote`; empty when there is none.
    pub remote: String,
    /// `[package.NAME]`
    pub tweaks: BTreeMap<PyName, Tweaks>,
    /// `[override]`: a nixpkgs Python dependency at another version.
    pub overrides: BTreeMap<PyName, String>,
    /// `[nixpkgs.versions]`: corrections of the index.
    pub index_corrections: BTreeMap<PyName, String>,
    /// Patches of the person, by package: the files below `.flox/patches`. No key says them; that they are there does.
    pub patches: BTreeMap<PyName, BTreeSet<RelPath>>,
}

impl Intent {
    /// The packages that are published, `all` spelled out: those of the lock and the environment, or the environment alone
    /// where there is one file.
    pub fn published(&self, lock: &Lock) -> Vec<String> {
        if !self.publish.contains("all") {
            return self.publish.iter().cloned().collect();
        }
        let packages = lock.packages.keys().map(ToString::to_string);
        let packages = packages.filter(|_| self.layout == Layout::Split);
        packages.chain([lock.environment.name.clone()]).collect()
    }
}
