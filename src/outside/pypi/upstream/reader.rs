//! Reading one release, wave after wave: what is asked for, then what that brings along.

use std::collections::{BTreeMap, BTreeSet};

use super::super::pages::{PageError, ProjectPage};
use super::super::{Chosen, Index, Wanted, collect};
use super::{Asked, Unread, guesses, silent};
use crate::parallel::{WAITING, in_parallel};
use crate::python::{PyName, Requirement, Version, pinned};
use crate::scaffold::release::Package;
use crate::scaffold::{Catalogue, Group};

/// How a package stands to a release.
enum Place {
    /// It is there.
    Here(Box<Chosen>),
    /// It came into being later: its first version and the day of it.
    Later(String),
    /// It is not there, and why.
    Missing(String),
}

/// Why a package is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    Welcome,
    Core,
    Named,
}

/// What is known so far.
#[derive(Default)]
struct Found {
    packages: BTreeMap<PyName, Package>,
    /// What packages of the release say of each other's versions: by whom, and which.
    pins: BTreeMap<PyName, (String, Version)>,
    absent: BTreeSet<PyName>,
}

/// Reads one release.
pub(super) struct Reader<'a> {
    pub(super) index: &'a Index,
    pub(super) release: &'a Version,
    /// The package whose version is the release's.
    pub(super) first: &'a PyName,
    pub(super) catalogue: &'a Catalogue,
    pub(super) asked: &'a Asked,
    pub(super) day: &'a str,
}

impl Reader<'_> {
    /// Reads wave after wave, until nothing that is read asks for more.
    pub(super) fn all(&self) -> Result<BTreeMap<PyName, Package>, Unread> {
        let mut found = Found::default();
        let release = ("the release".to_owned(), self.release.clone());
        found.pins.insert(self.first.clone(), release);
        for (name, package) in &self.asked.known {
            self.add(name, package.clone(), &mut found)?;
        }
        // A wave adds a package or corrects a version, and there are no more of either.
        for _ in 0..=2 * self.catalogue.packages.len() {
            let wave = self.wave(&found);
            if wave.is_empty() {
                return Ok(found.packages);
            }
            self.read(&wave, &mut found)?;
        }
        Err(Unread::Faulty(vec![
            "its packages do not agree on each other's versions".to_owned(),
        ]))
    }

    /// What has to be read next, and why.
    fn wave(&self, found: &Found) -> BTreeMap<PyName, Why> {
        let mut wanted: BTreeMap<PyName, Why> = BTreeMap::new();
        let mut want = |name: &PyName, why: Why| {
            let reason = wanted.entry(name.clone()).or_insert(why);
            *reason = why.max(*reason);
        };
        let packages = self.catalogue.packages.iter();
        for (name, _) in packages.filter(|(_, package)| package.group == Group::Core) {
            want(name, Why::Core);
        }
        self.asked
            .welcome
            .iter()
            .for_each(|name| want(name, Why::Welcome));
        self.asked
            .named
            .keys()
            .for_each(|name| want(name, Why::Named));
        for (name, package) in &found.packages {
            self.needs(name, package)
                .for_each(|needed| want(needed.name(), Why::Named));
        }
        wanted.retain(|name, why| match found.packages.get(name) {
            None => !found.absent.contains(name) || *why == Why::Named,
            Some(package) => {
                let pin = found.pins.get(name);
                pin.is_some_and(|(_, version)| *version != package.version)
            }
        });
        wanted
    }

    /// What a package needs of the same release.
    fn needs<'p>(
        &'p self,
        name: &PyName,
        package: &'p Package,
    ) -> impl Iterator<Item = &'p Requirement> {
        let extras = self.asked.named.get(name);
        let of_extras = package
            .extras
            .iter()
            .filter(move |(extra, _)| extras.is_some_and(|extras| extras.contains(*extra)))
            .flat_map(|(_, all)| all);
        let all = package.requires.iter().chain(of_extras);
        all.filter(|one| self.catalogue.packages.contains_key(one.name()))
    }

    /// Reads the packages of one wave, and remembers what they pin.
    fn read(&self, wave: &BTreeMap<PyName, Why>, found: &mut Found) -> Result<(), Unread> {
        self.index.fetcher.watch.expected(wave.len() * 2);
        let names: Vec<&PyName> = wave.keys().collect();
        let places = in_parallel(&names, WAITING, |name| self.place(name, found));
        let mut chosen = Vec::new();
        let mut missing = Vec::new();
        for ((name, why), place) in wave.iter().zip(places) {
            match (place?, why) {
                (Place::Here(here), _) => chosen.push(*here),
                (Place::Later(_), Why::Core | Why::Welcome) | (Place::Missing(_), Why::Welcome) => {
                    found.absent.insert(name.clone());
                }
                (Place::Later(reason) | Place::Missing(reason), _) => {
                    missing.push((name.clone(), reason));
                }
            }
        }
        if !missing.is_empty() {
            return Err(Unread::Lacks(
                missing,
                self.index.latest(self.catalogue).ok(),
            ));
        }
        let wanted: Vec<Wanted> = chosen.iter().map(|one| one.wanted.clone()).collect();
        let read = in_parallel(&chosen, WAITING, |one| self.index.read_package(one));
        let read = collect(read, &wanted)
            .map_err(|error| Unread::Faulty(error.0.iter().map(ToString::to_string).collect()))?;
        for (wanted, package) in wanted.into_iter().zip(read) {
            self.add(&wanted.name, package, found)?;
        }
        Ok(())
    }

    /// Adds a package, with what it says of the versions of others.
    fn add(&self, name: &PyName, package: Package, found: &mut Found) -> Result<(), Unread> {
        for needed in self.needs(name, &package) {
            if let Some(version) = pinned(needed) {
                let by = format!("`{name}` {}", package.version);
                pin(&mut found.pins, needed.name(), (by, version.clone()))?;
            }
        }
        found.packages.insert(name.clone(), package);
        Ok(())
    }

    /// Which version of a package is the release's.
    fn place(&self, name: &PyName, found: &Found) -> Result<Place, Unread> {
        let pin = found.pins.get(name);
        let versions = match pin {
            Some((_, version)) => vec![version.clone()],
            None => guesses(self.catalogue, name, self.release),
        };
        let mut page = match self.index.project(name) {
            Ok(page) => page,
            Err(PageError::Missing) => {
                return Ok(Place::Missing(PageError::Missing.to_string()));
            }
            Err(error) => return Err(silent(&error)),
        };
        let there = |page: &ProjectPage| {
            let mut versions = versions.iter();
            versions.find(|version| page.project.has(version)).cloned()
        };
        let mut version = there(&page);
        if version.is_none() && self.index.may_be_old(&page) {
            page = self
                .index
                .project_now(name)
                .map_err(|error| silent(&error))?;
            version = there(&page);
        }
        let Some(version) = version else {
            return Ok(self.absence(&page, &versions, pin.map(|(by, _)| by)));
        };
        let guards = self.catalogue.packages.get(name);
        let guards = guards.and_then(|package| package.guard.as_ref());
        let wanted = Wanted {
            name: name.clone(),
            version,
            guards: guards.iter().map(|guard| guard.file.clone()).collect(),
        };
        Ok(match self.index.choose(&wanted) {
            Ok(chosen) => Place::Here(Box::new(chosen)),
            Err(reason) => Place::Missing(format!("{} cannot be taken: {reason}", wanted.version)),
        })
    }

    /// Why a package has none of the versions.
    fn absence(&self, page: &ProjectPage, versions: &[Version], by: Option<&String>) -> Place {
        let first = page.project.first();
        if let Some((version, day)) = first
            && by.is_none()
            && day.as_str() > self.day
        {
            return Place::Later(format!(
                "it came later than {}: its first version is {version}, of {day}",
                self.release
            ));
        }
        let versions: Vec<String> = versions.iter().map(ToString::to_string).collect();
        let by = by
            .map(|by| format!(", which {by} requires"))
            .unwrap_or_default();
        let newest = page.project.newest_good();
        let newest = newest.map(|newest| format!("; its newest complete version is {newest}"));
        Place::Missing(format!(
            "the index has no version {}{by}{}",
            versions.join(" or "),
            newest.unwrap_or_default()
        ))
    }
}

/// Remembers which version somebody requires, unless somebody else requires another.
fn pin(
    pins: &mut BTreeMap<PyName, (String, Version)>,
    name: &PyName,
    (by, version): (String, Version),
) -> Result<(), Unread> {
    match pins.get(name) {
        Some((other, there)) if *there != version => Err(Unread::Faulty(vec![format!(
            "{by} requires `{name}` {version}, and {other} {there}"
        )])),
        Some(_) => Ok(()),
        None => {
            pins.insert(name.clone(), (by, version));
            Ok(())
        }
    }
}
