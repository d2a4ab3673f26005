//! Where the graph comes from: the lock of the workspace, or a release that is resolved in memory.

use crate::ask::Field;
use crate::cmd::in_memory::{Asked, resolve};
use crate::cmd::nearest_lock::nearest_lock;
use crate::cmd::{Context, scaffolds};
use crate::diagnostic::Failure;
use crate::disk;
use crate::graph::{Graph, of_lock};
use crate::model::{Lock, PackageSpec};
use crate::scaffold::{Group, Scaffold};
use crate::workspace::{INTENT_FILE, read_answers};
use std::path::Path;

/// What the picture shall be of.
pub(super) struct Wanted<'a> {
    pub(super) packages: &'a [PackageSpec],
    pub(super) release: Option<&'a str>,
    pub(super) all: bool,
    pub(super) scaffold: Option<&'a str>,
}

/// The graph of the workspace's lock; of a release, where one is named or there is no workspace.
pub(super) fn graph(wanted: &Wanted<'_>, context: &Context<'_>) -> Result<Graph, Failure> {
    let of_release = wanted.all || wanted.release.is_some() || wanted.scaffold.is_some();
    match nearest_lock(&context.world.cwd)? {
        Some((root, lock)) if !of_release => of_workspace(&root, &lock, wanted, context),
        _ => of_a_release(wanted, context),
    }
}

fn of_workspace(
    root: &Path,
    lock: &Lock,
    wanted: &Wanted<'_>,
    context: &Context<'_>,
) -> Result<Graph, Failure> {
    if let Some(spec) = wanted.packages.iter().find(|spec| !spec.extras.is_empty()) {
        return Err(Failure::invalid(format!(
            "`{spec}`: which extras are taken stands in the lock; name the package alone"
        ))
        .hint("`--release` looks at a release instead of the workspace"));
    }
    // A scaffold from a path has the path in the intent, and its last name in the lock.
    let intent = disk::read_text(&root.join(INTENT_FILE)).unwrap_or_default();
    let scaffold = read_answers(INTENT_FILE, &intent)
        .answers
        .text(Field::Scaffold);
    let scaffold = scaffolds::find(Some(&scaffold.unwrap_or(lock.scaffold.clone())), context)?;
    Ok(of_lock(lock, &scaffold.catalogue))
}

fn of_a_release(wanted: &Wanted<'_>, context: &Context<'_>) -> Result<Graph, Failure> {
    let scaffold = scaffolds::find(wanted.scaffold, context)?;
    let packages = if wanted.all {
        vec!["all".to_owned()]
    } else {
        let asked = wanted
            .packages
            .iter()
            .filter(|spec| !is_core(spec, &scaffold));
        asked.map(ToString::to_string).collect()
    };
    let asked = Asked {
        release: wanted.release.map(str::to_owned),
        packages,
        ..Asked::default()
    };
    let (_, resolution) = resolve(asked, &scaffold, context)?;
    Ok(of_lock(&resolution.lock, &scaffold.catalogue))
}

/// Whether a package is built in any case, and nothing more is asked of it.
fn is_core(spec: &PackageSpec, scaffold: &Scaffold) -> bool {
    let known = scaffold.catalogue.packages.get(&spec.name);
    spec.extras.is_empty() && known.is_some_and(|package| package.group == Group::Core)
}
