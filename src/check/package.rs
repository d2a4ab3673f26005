//! A package of the upstream as a file builds it, beside what its release says of it.

use super::Place;
use super::subject::Subject;
use super::wanted::{Wanted, normal, wanted};
use crate::adopt::{Read, Site, Survey};
use crate::nixpkgs::Index;
use crate::python::PyName;
use crate::recipe::{Attribute, Build, Named};
use crate::scaffold::{ReleasedPackage, Scaffold};
use crate::tree::RelPath;
use std::ops::Range;

/// One package.
#[derive(Clone, Debug)]
pub struct Package<'a> {
    /// Its name.
    pub name: PyName,
    /// Its file.
    pub path: &'a RelPath,
    /// What the file says.
    pub read: &'a Read,
    /// The package in it.
    pub build: &'a Build,
    /// What the release says of it; nothing where that is not known or the release does not have it.
    pub released: Option<&'a ReleasedPackage>,
    /// What the release requires.
    pub wanted: Vec<Wanted<'a>>,
}

impl Package<'_> {
    /// A piece of its file.
    pub(super) fn place(&self, range: &Range<usize>) -> Place {
        Place::new(self.path, range)
    }

    /// The requirements that its file names, each by what is meant.
    pub(super) fn named(&self) -> impl Iterator<Item = (&Named, &str)> {
        let named = self.build.requires.iter();
        named.map(|one| (one, self.read.recipe.meant(one)))
    }

    /// Whether its file names a requirement.
    pub(super) fn names(&self, wanted: &Wanted<'_>) -> bool {
        self.named().any(|(_, name)| wanted.is_called(name))
    }

    /// Whether its file names an extra of a requirement, or every member of it.
    pub(super) fn has_extra(&self, wanted: &Wanted<'_>, extra: &PyName, index: &Index) -> bool {
        let mut named = self.named();
        if named.any(|(one, name)| {
            wanted.is_called(name)
                && one.extra.as_deref().map(normal).as_deref() == Some(extra.as_str())
        }) {
            return true;
        }
        let members = index.members(&wanted.attribute, extra.as_str());
        let has = |member: &String| self.named().any(|(_, name)| normal(name) == normal(member));
        !members.is_empty() && members.iter().all(has)
    }

    /// Whether its file takes a name as an argument, or binds it.
    pub(super) fn has_argument(&self, name: &str) -> bool {
        let recipe = &self.read.recipe;
        let mut arguments = recipe.arguments.iter();
        let mut bindings = recipe
            .builds
            .iter()
            .filter_map(|build| build.binding.as_ref());
        arguments.any(|said| said.value == name) || bindings.any(|binding| binding == name)
    }

    /// Whether an attribute is inherited, so that its entry may hold others.
    pub(super) fn is_inherited(&self, attribute: &Attribute) -> bool {
        let written = self.read.text.get(attribute.range.clone());
        written.is_none_or(|written| !written.starts_with(&attribute.name))
    }

    /// Whether a piece of text stands in the call that builds it, and not somewhere that others may look as well.
    pub(super) fn owns(&self, range: &Range<usize>) -> bool {
        self.build.range.start <= range.start && range.end <= self.build.range.end
    }

    /// A requirement of the release whose name begins with another one's, as the hooks of nixpkgs go.
    pub(super) fn prefixed(&self, name: &str) -> Option<&str> {
        let name = name.to_lowercase();
        let requires = self
            .released
            .into_iter()
            .flat_map(|released| &released.requires);
        let mut spellings = requires.map(crate::python::Requirement::spelling);
        spellings.find(|other| other.len() > name.len() && other.to_lowercase().starts_with(&name))
    }

    /// Where to point when the requirements are meant.
    pub(super) fn requirements_place(&self) -> Range<usize> {
        let wanted = ["dependencies", "propagatedBuildInputs"];
        let found = wanted.iter().find_map(|name| self.build.attribute(name));
        match found {
            Some(attribute) => attribute.range.start..attribute.range.start + attribute.name.len(),
            None => self.head(),
        }
    }

    /// The call that builds it, without its attributes.
    pub(super) fn head(&self) -> Range<usize> {
        self.build.builder.range.clone()
    }
}

/// The packages of the upstream that are built, in the order of their names.
pub(super) fn packages<'a>(
    survey: &'a Survey,
    scaffold: &'a Scaffold,
    index: &'a Index,
    subject: &'a Subject<'a>,
) -> Vec<Package<'a>> {
    let mut found = Vec::new();
    for (name, sites) in survey.built(scaffold) {
        let release = subject.released;
        let released = release.and_then(|release| release.packages.get(&name));
        for Site { path, read, build } in sites {
            let wanted = released.map(|one| wanted(&name, one, (scaffold, index), subject));
            found.push(Package {
                name: name.clone(),
                path,
                read,
                build,
                released,
                wanted: wanted.unwrap_or_default(),
            });
        }
    }
    found
}
