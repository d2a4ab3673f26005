//! The workspace as the templates see it.

use super::{View, environment};
use crate::model::{Nixpkgs, Storage, With};
use crate::nixpkgs::interpreter_cost;
use serde::Serialize;

/// `workspace`
#[derive(Serialize)]
pub(super) struct WorkspaceView {
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
#[expect(
    clippy::struct_excessive_bools,
    reason = "three independent parts, each there or not"
)]
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

/// The view of the workspace.
pub(super) fn view(of: &View<'_>) -> WorkspaceView {
    let intent = of.intent;
    let environment = environment::view(of);
    WorkspaceView {
        name: intent.name.to_string(),
        scaffold: of.scaffold.name.clone(),
        layout: intent.layout.name(),
        source: of.lock.release.source_kind().name(),
        source_because: of.lock.release.because.clone(),
        nixpkgs: intent.nixpkgs.name(),
        pinned: intent.nixpkgs == Nixpkgs::Pinned,
        python: python(of),
        systems: intent.systems.iter().map(ToString::to_string).collect(),
        documents: documents(of),
        storage: intent.storage.name(),
        server_storage: intent.storage != Storage::Sqlite,
        parts: PartsView {
            runtime: intent.with.contains(&With::Runtime),
            workflows: intent.with.contains(&With::Workflows),
            flake: intent.with.contains(&With::Flake),
        },
        handle: intent.handle.clone(),
        catalog: if intent.handle.is_empty() {
            "YOUR-HANDLE".to_owned()
        } else {
            intent.handle.clone()
        },
        publish: intent.published(of.lock),
        license: intent.license.clone(),
        remote: intent.remote.clone(),
        expose: intent.expose.name(),
        environment,
        index: IndexView {
            stamp: of.lock.index.clone(),
            date: of.index.date().to_owned(),
        },
    }
}

fn python(of: &View<'_>) -> PythonView {
    let python = of.intent.python;
    PythonView {
        set: python.to_string(),
        packages: python.packages(),
        version: python.version().to_string(),
        cost: interpreter_cost(python.minor()),
    }
}

fn documents(of: &View<'_>) -> DocumentsView {
    let dir = of.intent.documents_dir.as_ref();
    DocumentsView {
        set: of.intent.documents.name(),
        dir: dir.map_or(".", |dir| dir.as_str()).to_owned(),
        prefix: dir.map(|dir| format!("{dir}/")).unwrap_or_default(),
        up: dir.map_or(String::new(), |dir| "../".repeat(dir.components().count())),
    }
}
