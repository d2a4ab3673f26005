//! One release of an upstream whose packages are numbered on several tracks: which version each has, and what else comes along.
//!
//! The track's rule is the first guess. What packages of the release pin each other to is certain, and wins.

mod reader;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::Index;
use super::pages::PageError;
use crate::python::{PyName, Version};
use crate::scaffold::release::{Origin, Package, Read, Release, SCHEMA};
use crate::scaffold::{Catalogue, Group};
use reader::Reader;

/// How many releases are looked at in search of a complete one.
const LOOKED_AT: usize = 20;

/// What is wanted of a release beside the core packages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Packages that were named, with the extras that were asked for.
    pub named: BTreeMap<PyName, BTreeSet<PyName>>,
    /// Packages that are taken where the release has them.
    pub welcome: BTreeSet<PyName>,
    /// Packages of the release that were read before, and are not read again.
    pub known: BTreeMap<PyName, Package>,
}

/// Why a release cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// The index cannot be asked, or does not answer in a way that can be read.
    Silent(String),
    /// The index does not have such a release, or not all of it, or it was withdrawn: why, and the newest release that is
    /// complete.
    NotThere(Vec<String>, Option<Version>),
    /// The index has the release, and not these packages of it: why, and the newest release that is complete.
    Lacks(Vec<(PyName, String)>, Option<Version>),
    /// It is there and something in it is wrong.
    Faulty(Vec<String>),
}

impl Index {
    /// Reads what is needed of one release: the core packages, those asked for, and what they bring along from it. The day that
    /// it gives is that of the release's first upload: published files do not change, and the same facts are the same bytes.
    ///
    /// # Errors
    /// See [`Unread`]; every package that something is wrong with is told.
    pub fn read_upstream(
        &self,
        release: &Version,
        catalogue: &Catalogue,
        asked: &Asked,
    ) -> Result<Release, Unread> {
        let (first, day) = self.first(release, catalogue)?;
        let date = day.parse();
        let date = date.map_err(|error| Unread::Faulty(vec![format!("`{first}`: {error}")]))?;
        let reader = Reader {
            index: self,
            release,
            first,
            catalogue,
            asked,
            day: &day,
        };
        Ok(Release {
            schema: SCHEMA,
            release: release.clone(),
            read: Read {
                from: Origin::Pypi,
                date,
            },
            commit: None,
            packages: reader.all()?,
        })
    }

    /// The newest release of which every core package is there and none was withdrawn.
    ///
    /// # Errors
    /// The index cannot be asked, or has no such release.
    pub fn latest(&self, catalogue: &Catalogue) -> Result<Version, Unread> {
        let (first, core) = core(catalogue)?;
        let page = self.project(first).map_err(|error| silent(&error))?;
        let refused = |version: &Version| {
            let yanked = catalogue.yanked.iter();
            yanked
                .filter_map(|yanked| yanked.release.parse::<Version>().ok())
                .any(|yanked| yanked == *version)
        };
        let versions = page.project.versions().into_iter();
        let candidates = versions
            .filter(|(version, yanked)| !yanked && version.is_stable() && !refused(version));
        for (candidate, _) in candidates.take(LOOKED_AT) {
            let complete = core.iter().map(|name| {
                let page = self.project(name).map_err(|error| silent(&error))?;
                let versions = guesses(catalogue, name, &candidate).into_iter();
                Ok(versions
                    .into_iter()
                    .any(|version| page.project.files(&version).is_ok()))
            });
            if complete
                .collect::<Result<Vec<bool>, Unread>>()?
                .iter()
                .all(|is| *is)
            {
                return Ok(candidate);
            }
        }
        Err(Unread::Faulty(vec![format!(
            "none of the {LOOKED_AT} newest releases is complete"
        )]))
    }

    /// The package whose version is the release's, and the day on which it came out.
    fn first<'c>(
        &self,
        release: &Version,
        catalogue: &'c Catalogue,
    ) -> Result<(&'c PyName, String), Unread> {
        let (first, _) = core(catalogue)?;
        let mut page = self.project(first).map_err(|error| silent(&error))?;
        if !page.project.has(release) && self.may_be_old(&page) {
            page = self.project_now(first).map_err(|error| silent(&error))?;
        }
        match page.project.uploaded(release) {
            Some(day) => Ok((first, day)),
            None if page.kept => Err(Unread::Silent(format!(
                "floxwright was told to stay offline, and its cache does not know `{first}` {release}"
            ))),
            None => {
                let reason = format!("the index has no `{first}` {release}");
                Err(Unread::NotThere(vec![reason], self.latest(catalogue).ok()))
            }
        }
    }
}

/// The core packages, and the first of those whose version is the release's.
fn core(catalogue: &Catalogue) -> Result<(&PyName, Vec<&PyName>), Unread> {
    let core = catalogue
        .packages
        .iter()
        .filter(|(_, package)| package.group == Group::Core);
    let probe = Version::new([1, 2, 3]);
    let is_same = |track: &str| {
        let rule = catalogue.tracks.get(track);
        rule.is_some_and(|rule| rule.apply(&probe).is_ok_and(|version| version == probe))
    };
    let first = core.clone().find(|(_, package)| is_same(&package.track));
    let first = first.ok_or_else(|| {
        Unread::Faulty(vec![
            "the catalogue has no core package whose version is the release's".to_owned(),
        ])
    })?;
    Ok((first.0, core.map(|(name, _)| name).collect()))
}

/// The versions that a package can have at a release: by its own track, then by the others.
fn guesses(catalogue: &Catalogue, name: &PyName, release: &Version) -> Vec<Version> {
    let own = catalogue.packages.get(name).map(|package| &package.track);
    let own = own.and_then(|track| catalogue.tracks.get(track));
    let rules = own.into_iter().chain(catalogue.tracks.values());
    let mut versions = Vec::new();
    for version in rules.filter_map(|rule| rule.apply(release).ok()) {
        if !versions.contains(&version) {
            versions.push(version);
        }
    }
    versions
}

fn silent(error: &PageError) -> Unread {
    Unread::Silent(error.to_string())
}
