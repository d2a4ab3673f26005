//! Which packages a release has on the index, and in which version.

use super::super::Context;
use super::Request;
use crate::diagnostic::Failure;
use crate::outside::pypi::{Index, Wanted};
use crate::python::{PyName, Version};
use crate::scaffold::{Group, Package, Scaffold};

/// The packages of the release. Whatever is not core may be absent from it; so may be what is younger.
pub(super) fn published(
    request: &Request,
    index: &Index,
    context: &Context<'_>,
) -> Result<Vec<Wanted>, Failure> {
    let mut wanted = Vec::new();
    for (name, package) in &request.scaffold.catalogue.packages {
        let tracks = tracks(&request.scaffold, package, &request.release)?;
        let versions = versions(index, name)?;
        let found = tracks.iter().find(|version| versions.contains(version));
        let expected = tracks.first();
        match found.or(expected.filter(|_| package.group == Group::Core)) {
            Some(version) if found.is_some() || existed(&versions, &tracks) => {
                tell_track(name, (version, &tracks), context);
                wanted.push(of(name, version.clone(), package));
            }
            _ => {
                let version = expected.map(ToString::to_string).unwrap_or_default();
                context.ui.talk(&format!(
                    "`{name}` {version} is not on the index, and is left out"
                ));
            }
        }
    }
    Ok(wanted)
}

/// Says where a package is not on the track that the catalogue gives it.
pub(super) fn tell_track(
    name: &PyName,
    (version, tracks): (&Version, &[Version]),
    context: &Context<'_>,
) {
    if let Some(expected) = tracks.first().filter(|expected| *expected != version) {
        context.ui.talk(&format!(
            "`{name}` is {version} at this release, and {expected} by its track"
        ));
    }
}

/// A package to read.
pub(super) fn of(name: &PyName, version: Version, package: &Package) -> Wanted {
    let guards = package.guard.iter();
    Wanted {
        name: name.clone(),
        version,
        guards: guards.map(|guard| guard.file.clone()).collect(),
    }
}

/// The versions that a package can have at a release: that of its own track, then those of the others.
pub(super) fn tracks(
    scaffold: &Scaffold,
    package: &Package,
    release: &Version,
) -> Result<Vec<Version>, Failure> {
    let tracks = &scaffold.catalogue.tracks;
    let own = tracks.get(&package.track).ok_or_else(|| {
        Failure::refused(format!("the catalogue has no track `{}`", package.track))
    })?;
    let others = tracks
        .iter()
        .filter(|(name, _)| **name != package.track)
        .map(|(_, rule)| rule);
    let versions = std::iter::once(own).chain(others);
    let versions = versions.map(|rule| rule.apply(release));
    versions
        .collect::<Result<_, _>>()
        .map_err(|error| Failure::invalid(error.to_string()))
}

/// The versions of a package that the index has.
pub(super) fn versions(index: &Index, name: &PyName) -> Result<Vec<Version>, Failure> {
    let versions = index.versions(name).map_err(|error| {
        Failure::refused(format!("`{name}` cannot be read from the package index")).because(error)
    })?;
    Ok(versions.into_iter().map(|(version, _)| version).collect())
}

/// Whether a package has to be part of a release: it was there before.
pub(super) fn expected(request: &Request, index: &Index, name: &PyName) -> Result<bool, Failure> {
    let Some(package) = request.scaffold.catalogue.packages.get(name) else {
        return Ok(false);
    };
    let tracks = tracks(&request.scaffold, package, &request.release)?;
    Ok(existed(&versions(index, name)?, &tracks))
}

/// Whether a package was there before the release, on any track.
fn existed(versions: &[Version], tracks: &[Version]) -> bool {
    let same_track = |a: &Version, b: &Version| a.release().first() == b.release().first();
    tracks.iter().any(|track| {
        let mut before = versions.iter().filter(|version| *version <= track);
        before.any(|version| same_track(version, track))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_younger_than_a_release_was_not_there() {
        let all = |texts: &[&str]| -> Vec<Version> {
            texts.iter().map(|text| text.parse().unwrap()).collect()
        };
        let check = |versions: &[&str], tracks: &[&str], expected: bool| {
            assert_eq!(
                existed(&all(versions), &all(tracks)),
                expected,
                "{versions:?}"
            );
        };
        // It began on another track, after the release.
        check(
            &["1.12.0", "1.10.18", "0.26.6"],
            &["1.9.11", "0.25.11"],
            false,
        );
        check(
            &["1.12.0", "1.10.18", "0.26.6"],
            &["1.10.5", "0.26.5"],
            false,
        );
        // One version of it is missing.
        check(&["1.13.27", "1.13.26"], &["1.13.28", "0.29.28"], true);
        check(&["0.26.6", "0.26.7"], &["1.10.8", "0.26.8"], true);
        check(&[], &["1.9.11"], false);
    }
}
