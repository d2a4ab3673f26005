//! One rule for each answer: how it follows from the files.

use super::evidence::{Inference, Open, Place, Sure};
use super::infer::{Look, MANIFEST, one};
use super::survey::Role;
use crate::ask::{Field, LICENSES, Value};
use crate::model::{Layout, PythonSet, System};
use crate::python::PyName;
use crate::scaffold::Group;
use std::collections::{BTreeMap, BTreeSet};

impl Look<'_> {
    pub(super) fn name(&self) -> Option<Inference> {
        let env = self.survey.text(".flox/env.json")?;
        let env: serde_json::Value = serde_json::from_str(&env).ok()?;
        let name = env.get("name")?.as_str()?;
        name.parse::<crate::model::WorkspaceName>().ok()?;
        let path = ".flox/env.json".parse().ok()?;
        Some(
            one(
                Field::Name,
                Value::one(name),
                Sure::Certain,
                "Flox's environment is called so",
            )
            .at([Place::top(&path)]),
        )
    }

    /// Whoever fetched sdists goes on with them, and so does whoever fetched the monorepo at the release's tag and knows its hash;
    /// for the rest the scaffold decides.
    pub(super) fn source(&self, release: &str) -> Option<Inference> {
        if self.survey.sources(self.scaffold).next().is_some() {
            let (_, place) = self.survey.pinned(self.scaffold, release)?;
            let is_carried = self.scaffold.catalogue.source_hash(release).is_some();
            let because = "the monorepo is fetched at this tag, with its hash";
            return (!is_carried).then(|| {
                one(Field::Source, Value::one("github"), Sure::Certain, because).at([place])
            });
        }
        let built = self.survey.built(self.scaffold);
        let mut all = built.values().flatten();
        let from_index = all.find(|built| {
            let fetches = built.read.recipe.fetches.iter();
            fetches.clone().any(|fetch| fetch.function == "fetchPypi")
        })?;
        Some(
            one(
                Field::Source,
                Value::one("pypi"),
                Sure::Likely,
                "the packages are fetched as sdists",
            )
            .at([from_index.place(from_index.build.range.start)]),
        )
    }

    pub(super) fn layout(&self) -> Option<Inference> {
        let of = |wanted: fn(&Role) -> bool| {
            let mut recipes = self.survey.recipes.iter();
            recipes
                .find(|(_, read)| wanted(&read.role))
                .map(|(path, _)| path)
        };
        let package = of(|role| matches!(role, Role::Package(_)));
        let environment = of(|role| *role == Role::Environment);
        let (layout, because, at) = match (package, environment) {
            (Some(at), None) => (Layout::Split, "every package has a file of its own", at),
            (Some(at), Some(_)) => (
                Layout::Split,
                "packages have files of their own, and an environment stands beside them",
                at,
            ),
            (None, Some(at)) => (Layout::Single, "one file builds everything", at),
            (None, None) => return None,
        };
        let value = Value::one(layout.name());
        Some(one(Field::Layout, value, Sure::Certain, because).at([Place::top(at)]))
    }

    pub(super) fn packages(&self) -> Inference {
        let built = self.survey.built(self.scaffold);
        let asked: Vec<(&PyName, Place)> = built
            .iter()
            .filter(|(name, _)| {
                let package = self.scaffold.catalogue.packages.get(*name);
                package.is_some_and(|package| package.group != Group::Core)
            })
            .filter_map(|(name, places)| {
                let built = places.first()?;
                Some((name, built.place(built.build.range.start)))
            })
            .collect();
        let value = Value::many(asked.iter().map(|(name, _)| name.to_string()));
        let because = if asked.is_empty() {
            "nothing beside the core is built"
        } else {
            "they are built here; the core comes along in any case"
        };
        let places = asked.into_iter().map(|(_, place)| place);
        one(Field::Packages, value, Sure::Certain, because).at(places)
    }

    /// The Python that the files of the upstream name; where they name two, the person decides.
    pub(super) fn python(&self) -> Option<Result<Inference, Open>> {
        let mut found: BTreeMap<PythonSet, Place> = BTreeMap::new();
        let ours = self
            .survey
            .recipes
            .iter()
            .filter(|(_, read)| read.is_ours());
        for (path, read) in ours {
            for said in &read.recipe.pythons {
                if let Ok(python) = said.value.parse::<PythonSet>() {
                    let place = Place::of(path, &read.text, said.range.start);
                    found.entry(python).or_insert(place);
                }
            }
        }
        let (python, place) = found.first_key_value()?;
        if found.len() > 1 {
            return Some(Err(Open {
                field: Field::Python,
                candidates: found
                    .iter()
                    .map(|(python, place)| (python.to_string(), place.clone()))
                    .collect(),
            }));
        }
        let value = Value::one(python.to_string());
        let because = "the packages are taken from its set";
        Some(Ok(
            one(Field::Python, value, Sure::Certain, because).at([place.clone()])
        ))
    }

    pub(super) fn systems(&self) -> Option<Inference> {
        let systems = self.manifest.as_ref()?.get("options")?.get("systems")?;
        let systems: BTreeSet<System> = systems
            .as_array()?
            .iter()
            .map(|system| system.as_str()?.parse().ok())
            .collect::<Option<_>>()?;
        let value = Value::many(systems.iter().map(|system| system.name()));
        let path = MANIFEST.parse().ok()?;
        let place = Place {
            line: line_of(&self.survey.text(MANIFEST)?, "systems"),
            path,
        };
        let because = "the manifest states them";
        (!systems.is_empty())
            .then(|| one(Field::Systems, value, Sure::Certain, because).at([place]))
    }

    pub(super) fn environment(&self) -> Option<Inference> {
        let mut environments = self.survey.recipes.iter();
        let (path, _) = environments.find(|(_, read)| read.role == Role::Environment)?;
        let name = match path.name() {
            "default.nix" => path.parent()?.rsplit('/').next()?,
            name => name.strip_suffix(".nix")?,
        };
        name.parse::<crate::model::EnvironmentName>().ok()?;
        // The packages have their names already.
        let parsed: PyName = name.parse().ok()?;
        if self.scaffold.catalogue.packages.contains_key(&parsed) {
            return None;
        }
        let because = "its file is called so";
        Some(
            one(
                Field::EnvironmentName,
                Value::one(name),
                Sure::Certain,
                because,
            )
            .at([Place::top(path)]),
        )
    }

    /// Members of an environment that come from a Python set and are no packages of the upstream.
    pub(super) fn libraries(&self) -> Option<Inference> {
        let mut found: BTreeMap<PyName, Place> = BTreeMap::new();
        for (path, read) in &self.survey.recipes {
            if read.role != Role::Environment {
                continue;
            }
            let environments = read.recipe.environments.iter();
            for member in environments.flat_map(|made| &made.members) {
                let Ok(name) = member.name.parse::<PyName>() else {
                    continue;
                };
                let is_library =
                    !member.set.is_empty() && !self.scaffold.catalogue.packages.contains_key(&name);
                if is_library {
                    let place = Place::of(path, &read.text, member.range.start);
                    found.entry(name).or_insert(place);
                }
            }
        }
        if found.is_empty() {
            return None;
        }
        let value = Value::many(found.keys().map(ToString::to_string));
        let because = "the environment holds them";
        Some(one(Field::WithPython, value, Sure::Certain, because).at(found.into_values()))
    }

    /// The one storage whose package is built.
    pub(super) fn storage(&self) -> Option<Inference> {
        let built = self.survey.built(self.scaffold);
        let storage = self.scaffold.catalogue.storage.iter();
        let here: Vec<_> = storage
            .filter_map(|(storage, package)| Some((storage, built.get(package)?.first()?)))
            .collect();
        let [(storage, built)] = here.as_slice() else {
            return None;
        };
        let because = "its package is built here, and no other storage's";
        Some(
            one(
                Field::Storage,
                Value::one(storage.as_str()),
                Sure::Likely,
                because,
            )
            .at([built.place(built.build.range.start)]),
        )
    }

    pub(super) fn license(&self) -> Option<Inference> {
        let names = ["LICENSE", "LICENSE.md", "LICENSE.txt", "COPYING"];
        let (name, text) = names
            .iter()
            .find_map(|name| Some((*name, self.survey.text(name)?)))?;
        let head: String = text
            .split_whitespace()
            .take(8)
            .collect::<Vec<_>>()
            .join(" ");
        let license = LICENSES.iter().find(|license| {
            let word = license.split('-').next().unwrap_or_default();
            head.contains(word) && head.to_lowercase().contains("license")
        })?;
        let path = name.parse().ok()?;
        let because = "the repository's own licence reads so";
        Some(
            one(Field::License, Value::one(*license), Sure::Likely, because)
                .at([Place::top(&path)]),
        )
    }
}

/// The line, from 1, in which a word first stands.
fn line_of(text: &str, word: &str) -> usize {
    let at = text.lines().position(|line| line.contains(word));
    at.map_or(1, |at| at + 1)
}
