//! Patches of the person: files below `.flox/patches/PACKAGE` that the package's file names.

use crate::cmd::disk_failure::unchanged as failed;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk::Root;
use crate::model::Lock;
use crate::python::PyName;
use crate::tree::RelPath;
use std::collections::{BTreeMap, BTreeSet};

/// Where they are, a directory for each package.
const PATCHES: &str = ".flox/patches";

/// The patches that are there, by package.
pub(super) fn patches(root: &Root) -> Result<BTreeMap<PyName, BTreeSet<RelPath>>, Failure> {
    let below = root
        .files_below(&super::open::own(PATCHES))
        .map_err(|error| failed(&error))?;
    let mut found: BTreeMap<PyName, BTreeSet<RelPath>> = BTreeMap::new();
    let mut problems = Vec::new();
    for path in below
        .into_iter()
        .filter(|path| path.extension() == Some("patch"))
    {
        let inside = path.as_str().strip_prefix(PATCHES).unwrap_or_default();
        let Some((directory, _)) = inside.trim_start_matches('/').split_once('/') else {
            problems.push(Problem::new(format!(
                "`{path}` is for no package: it belongs into a directory of the package's name"
            )));
            continue;
        };
        match directory.parse::<PyName>() {
            Ok(name) if is_nix_path(path.as_str()) => {
                found.entry(name).or_default().insert(path);
            }
            Ok(_) => problems.push(Problem::new(format!(
                "`{path}` cannot be named in Nix: a path takes letters, digits, `.`, `_`, `-` and `+`"
            ))),
            Err(error) => problems.push(Problem::new(format!("`{path}` is for no package: {error}"))),
        }
    }
    if problems.is_empty() {
        return Ok(found);
    }
    Err(Failure::all(Exit::Invalid, problems)
        .hint("rename it, or give it another ending than `.patch`"))
}

fn is_nix_path(path: &str) -> bool {
    let plain = path
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "._-+/".contains(c));
    let name = path.rsplit('/').next().unwrap_or_default();
    plain && !name.starts_with('.')
}

/// Patches that nothing takes, one sentence each.
pub(in crate::cmd) fn unused(
    patches: &BTreeMap<PyName, BTreeSet<RelPath>>,
    lock: &Lock,
) -> Vec<String> {
    let told = |(name, paths): (&PyName, &BTreeSet<RelPath>)| {
        let why = match lock.third_party.get(name) {
            Some(other) if other.package.origin.sdist().is_none() => {
                "comes as a wheel, which is not patched"
            }
            Some(_) => return None,
            None if lock.packages.contains_key(name) => return None,
            None => "is not built here",
        };
        let paths: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
        Some(format!(
            "`{name}` {why}: {} has no effect",
            paths.join(", ")
        ))
    };
    patches.iter().filter_map(told).collect()
}
