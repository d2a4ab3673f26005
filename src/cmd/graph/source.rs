//! Where the graph comes from: the lock of the workspace, or a release that is resolved in memory.

use crate::cmd::in_memory::{Asked, Resolved, resolve};
use crate::cmd::{Context, index, locked, scaffolds};
use crate::diagnostic::Failure;
use crate::graph::{Graph, of_lock};
use crate::model::{Lock, PackageSpec};
use crate::scaffold::Scaffold;

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
    let here = if of_release {
        None
    } else {
        locked::of_workspace(context)?
    };
    match here {
        Some((lock, scaffold)) => of_workspace(&lock, &scaffold, wanted),
        None => of_a_release(wanted, context),
    }
}

fn of_workspace(lock: &Lock, scaffold: &Scaffold, wanted: &Wanted<'_>) -> Result<Graph, Failure> {
    if let Some(spec) = wanted.packages.iter().find(|spec| !spec.extras.is_empty()) {
        return Err(Failure::invalid(format!(
            "`{spec}`: which extras are taken stands in the lock; name the package alone"
        ))
        .hint("`--release` looks at a release instead of the workspace"));
    }
    Ok(of_lock(lock, &scaffold.catalogue))
}

fn of_a_release(wanted: &Wanted<'_>, context: &Context<'_>) -> Result<Graph, Failure> {
    let scaffold = scaffolds::find(wanted.scaffold, context)?;
    let packages = if wanted.all {
        vec!["all".to_owned()]
    } else {
        let beyond = |spec: &&PackageSpec| {
            !spec.extras.is_empty() || !scaffold.catalogue.is_core(&spec.name)
        };
        let asked = wanted.packages.iter().filter(beyond);
        asked.map(ToString::to_string).collect()
    };
    let asked = Asked {
        release: wanted.release.map(str::to_owned),
        packages,
        ..Asked::default()
    };
    let Resolved { resolution, .. } = resolve(asked, &scaffold, &index::with_file(None)?, context)?;
    Ok(of_lock(&resolution.lock, &scaffold.catalogue))
}
