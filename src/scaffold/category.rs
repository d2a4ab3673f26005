//! What packages are for, what they are to the person who chooses, and which are offered.

use super::catalogue::{Catalogue, Package};
use super::release::Release;
use crate::python::PyName;
use serde::Deserialize;

/// What packages can be for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// The word of `category:NAME`.
    pub name: String,
    /// A few words for people.
    pub title: String,
}

/// What a package is to the person who chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Always built.
    Core,
    /// Offered.
    Integration,
    /// Offered: a program.
    Tool,
    /// Comes along when another package needs it; can be asked for by name.
    Support,
}

impl Group {
    /// Whether a person chooses it; the rest is there in any case, or comes along.
    pub fn is_offered(self) -> bool {
        matches!(self, Self::Integration | Self::Tool)
    }
}

impl Catalogue {
    /// Whether a package is part of the core, which is always built.
    pub fn is_core(&self, name: &PyName) -> bool {
        let package = self.packages.get(name);
        package.is_some_and(|package| package.group == Group::Core)
    }

    /// Place of a category in the order in which they are shown, and the category.
    pub fn category(&self, name: &str) -> Option<(usize, &Category)> {
        let mut all = self.category.iter().enumerate();
        all.find(|(_, category)| category.name == name)
    }

    /// The categories of the packages that are offered, in the order in which they are shown.
    pub fn categories(&self) -> Vec<&str> {
        let offered = |name: &str| {
            let mut packages = self.packages.values();
            packages.any(|package| package.group.is_offered() && package.category == name)
        };
        let names = self.category.iter().map(|category| category.name.as_str());
        names.filter(|name| offered(name)).collect()
    }

    /// The packages that are offered at the release, by category, with their names.
    pub fn offered<'a>(
        &'a self,
        release: &Release,
    ) -> impl Iterator<Item = (&'a PyName, &'a Package)> {
        self.ever_offered()
            .filter(|(name, _)| release.packages.contains_key(*name))
    }

    /// The packages that are offered at any release, by category, with their names.
    pub fn ever_offered(&self) -> impl Iterator<Item = (&PyName, &Package)> {
        let packages = self.packages.iter();
        let offered = packages.filter(|(_, package)| package.group.is_offered());
        let mut offered: Vec<_> = offered.collect();
        offered.sort_by_key(|(name, package)| (self.place(package), *name));
        offered.into_iter()
    }

    /// Where a package's category stands in the order of all.
    pub fn place(&self, package: &Package) -> usize {
        self.category(&package.category)
            .map_or(self.category.len(), |(place, _)| place)
    }
}
