//! The Cargo workspace around a project: which it is, and its manifest with the project among its members.

use super::request::Request;
use crate::cmd::scaffolds::chain;
use crate::diagnostic::Failure;
use crate::disk::{is_there, read_text};
use crate::expand::Staged;
use crate::workspace::{Joining, Membership, join_workspace, package_name};
use std::path::{Path, PathBuf};

/// A Cargo manifest's name.
const MANIFEST: &str = "Cargo.toml";

/// What the workspace around a project makes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Member {
    /// There is none, or it does not want it.
    No,
    /// It is a member already.
    Already,
    /// It becomes one.
    Joins(Manifest),
}

/// A manifest that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) path: PathBuf,
    pub(super) before: String,
    pub(super) after: String,
}

/// What the workspace around `target` makes of the project.
pub(super) fn member(
    target: &Path,
    project: &Staged,
    request: &Request<'_>,
) -> Result<Member, Failure> {
    if request.is("no-workspace") {
        return Ok(Member::No);
    }
    if request.is_compat() {
        return as_cargo_generate(target, project);
    }
    // A project that is no package has no place in a workspace.
    if project
        .text(MANIFEST)
        .is_none_or(|text| package_name(text).is_err())
    {
        return Ok(Member::No);
    }
    for above in target.ancestors().skip(1) {
        let path = above.join(MANIFEST);
        if !is_there(&path) {
            continue;
        }
        let Ok(below) = target.strip_prefix(above) else {
            continue;
        };
        match joined(&path, &below.to_string_lossy(), Joining::InPlace)? {
            (Membership::NoWorkspace, _) => {}
            (membership, before) => return Ok(settled(membership, path, before)),
        }
    }
    Ok(Member::No)
}

/// Only the directory above counts, and a project that is no package stops the run.
fn as_cargo_generate(target: &Path, project: &Staged) -> Result<Member, Failure> {
    let Some(path) = target.parent().map(|above| above.join(MANIFEST)) else {
        return Ok(Member::No);
    };
    if !is_there(&path) {
        return Ok(Member::No);
    }
    let name = project
        .text(MANIFEST)
        .ok_or_else(|| "there is no such file".to_owned());
    let name = name.and_then(package_name);
    let probe = joined(&path, name.as_deref().unwrap_or_default(), Joining::Sorted)?;
    match (probe, name) {
        ((Membership::NoWorkspace, _), _) => Ok(Member::No),
        ((membership, before), Ok(_)) => Ok(settled(membership, path, before)),
        (_, Err(cause)) => {
            let own = target.join(MANIFEST);
            Err(Failure::refused(format!("Failed to read {}", own.display())).because(cause))
        }
    }
}

fn joined(path: &Path, member: &str, joining: Joining) -> Result<(Membership, String), Failure> {
    let refused = || {
        Failure::refused(format!(
            "the manifest `{}` cannot take the project",
            path.display()
        ))
        .hint("`--no-workspace` leaves it alone")
    };
    let before = read_text(path).map_err(|error| refused().because(chain(&error)))?;
    let membership = join_workspace(&before, member, joining);
    let membership = match membership.map_err(|cause| refused().because(cause))? {
        Membership::Joined(after) => Membership::Joined(with_line_ends_of(&before, after)),
        other => other,
    };
    Ok((membership, before))
}

/// The text with the line ends that the file has.
fn with_line_ends_of(before: &str, after: String) -> String {
    if before.contains("\r\n") && !after.contains("\r\n") {
        return after.replace('\n', "\r\n");
    }
    after
}

fn settled(membership: Membership, path: PathBuf, before: String) -> Member {
    match membership {
        Membership::NoWorkspace | Membership::Excluded => Member::No,
        Membership::Member => Member::Already,
        Membership::Joined(after) => Member::Joins(Manifest {
            path,
            before,
            after,
        }),
    }
}
