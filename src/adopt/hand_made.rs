//! What of the files was made by hand and is no matter of the release: attributes that can go along into the made file, and what
//! cannot.

use super::decide::Ground;
use super::evidence::Place;
use super::requirements::sort;
use super::survey::{Read, Role, Site, known};
use crate::python::PyName;
use crate::recipe::{Attribute, Build, Environment};
use crate::tree::RelPath;
use std::collections::{BTreeMap, BTreeSet};

/// Attributes that a made package has by itself.
const UNDERSTOOD: [&str; 20] = [
    "build-system",
    "dependencies",
    "disabled",
    "doCheck",
    "dontCheckRuntimeDeps",
    "format",
    "meta",
    "name",
    "nativeBuildInputs",
    "optional-dependencies",
    "pname",
    "propagatedBuildInputs",
    "pyproject",
    "pythonImportsCheck",
    "pythonRelaxDeps",
    "pythonRemoveDeps",
    "sourceRoot",
    "src",
    "unpackPhase",
    "version",
];

/// Attributes that a made environment has by itself, or that a link farm has and it has no use for.
const OF_ENVIRONMENTS: [&str; 11] = [
    "extraLibs",
    "ignoreCollisions",
    "meta",
    "name",
    "nativeBuildInputs",
    "passthru",
    "paths",
    "pathsToLink",
    "permitUserSite",
    "pname",
    "version",
];

/// Tools that only build a Python package; the release says which.
const BUILDERS: [&str; 11] = [
    "build",
    "flit-core",
    "hatch-vcs",
    "hatchling",
    "pip",
    "poetry-core",
    "pythonRelaxDepsHook",
    "setuptools",
    "setuptools-scm",
    "unzip",
    "wheel",
];

/// An attribute that goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Its name.
    pub(super) name: String,
    /// Its text, with the semicolon.
    pub(super) text: String,
    /// The names that it needs from around it.
    pub(super) needs: BTreeSet<String>,
    /// Which of them its file takes as arguments.
    pub(super) arguments: BTreeSet<String>,
    /// Its file.
    pub(super) path: RelPath,
    /// Where it stands.
    pub(super) place: Place,
}

/// What cannot go along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Obstacle {
    pub(super) text: String,
    pub(super) place: Place,
}

/// What was made by hand.
#[derive(Default)]
pub(super) struct HandMade {
    /// What goes along, by package.
    pub(super) parts: BTreeMap<PyName, Vec<Part>>,
    /// What does not, by file.
    pub(super) obstacles: BTreeMap<RelPath, Vec<Obstacle>>,
}

impl HandMade {
    /// Looks for it in every file of the upstream.
    pub(super) fn of(ground: &Ground<'_>) -> Self {
        let mut found = Self::default();
        for (name, places) in ground.survey.built(ground.scaffold) {
            for site in places {
                found.package(&name, site, ground);
            }
        }
        for (path, read) in &ground.survey.recipes {
            if read.role == Role::Environment {
                found.environment(path, read, ground);
            }
        }
        found
    }

    pub(super) fn obstacle(&mut self, place: Place, text: String) {
        let all = self.obstacles.entry(place.path.clone()).or_default();
        all.push(Obstacle { text, place });
    }

    fn package(&mut self, name: &PyName, site: Site<'_>, ground: &Ground<'_>) {
        let build = site.build;
        if let Some(said) = &build.wrapped {
            let text = format!("`{}` changes `{name}` after it is made", said.value);
            self.obstacle(site.place(said.range.start), text);
        }
        if !build.is_python() {
            let text = format!("`{name}` is built by `{}`", build.builder.value);
            self.obstacle(site.place(build.builder.range.start), text);
        }
        for range in &build.unread {
            let text = format!("this part of `{name}` cannot be read without evaluating it");
            self.obstacle(site.place(range.start), text);
        }
        if let Some(package) = ground.lock.packages.get(name) {
            for (own, at) in sort(site, package, ground).own {
                let text =
                    format!("`{name}` requires `{own}`, which is none of nixpkgs' Python packages");
                self.obstacle(site.place(at), text);
            }
        }
        for attribute in &build.attributes {
            if is_understood(attribute, build, &site.read.text) {
                continue;
            }
            self.part(name, site, attribute);
        }
    }

    /// An attribute of a package goes along; what two files say of one attribute has to be the same.
    fn part(&mut self, name: &PyName, site: Site<'_>, attribute: &Attribute) {
        let text = site.read.text.get(attribute.range.clone());
        let arguments = site.read.recipe.arguments.iter();
        let part = Part {
            name: attribute.name.clone(),
            text: text.unwrap_or_default().to_owned(),
            needs: attribute.needs.clone(),
            arguments: arguments.map(|said| said.value.clone()).collect(),
            path: site.path.clone(),
            place: site.place(attribute.range.start),
        };
        let known = self.parts.entry(name.clone()).or_default();
        let other = known
            .iter()
            .find(|other| other.name == part.name && other.path != part.path);
        match other {
            None => known.push(part),
            Some(other) if squeezed(&other.text) == squeezed(&part.text) => {}
            Some(other) => {
                let text = format!("`{}` of `{name}` is another in {}", part.name, other.place);
                self.obstacle(part.place, text);
            }
        }
    }

    fn environment(&mut self, path: &RelPath, read: &Read, ground: &Ground<'_>) {
        let place = |byte: usize| Place::of(path, &read.text, byte);
        let foreign = read
            .recipe
            .builds
            .iter()
            .filter(|build| known(build, ground.scaffold).is_none());
        for build in foreign {
            let name = build.name().unwrap_or("a package");
            let upstream = &ground.scaffold.catalogue.upstream.name;
            let text = format!("it builds `{name}`, which is no package of {upstream}");
            self.obstacle(place(build.range.start), text);
        }
        for made in &read.recipe.environments {
            self.made_environment(path, read, made, ground);
        }
    }

    /// One environment of a file; another one of the same file may be a member of it.
    fn made_environment(
        &mut self,
        path: &RelPath,
        read: &Read,
        made: &Environment,
        ground: &Ground<'_>,
    ) {
        let place = |byte: usize| Place::of(path, &read.text, byte);
        for range in &made.unread {
            let text = "this member of the environment cannot be read without evaluating it";
            self.obstacle(place(range.start), text.to_owned());
        }
        for attribute in &made.attributes {
            if !OF_ENVIRONMENTS.contains(&attribute.value.as_str()) {
                let text = format!("the made environment has no `{}`", attribute.value);
                self.obstacle(place(attribute.range.start), text);
            }
        }
        for member in &made.members {
            let is_bound = |binding: &Option<String>| {
                member.set.is_empty() && binding.as_ref() == Some(&member.name)
            };
            let mut environments = read.recipe.environments.iter();
            if environments.any(|other| is_bound(&other.binding)) {
                continue;
            }
            let parsed = read.recipe.meant(member).parse::<PyName>();
            let is_ours = parsed
                .as_ref()
                .is_ok_and(|name| ground.lock.packages.contains_key(name));
            let is_library = parsed.is_ok_and(|name| ground.intent.libraries.contains(&name));
            if !is_ours && !is_library {
                let text = format!(
                    "the environment holds `{}`, which is no Python package of nixpkgs or of the release",
                    member.name
                );
                self.obstacle(place(member.range.start), text);
            }
        }
    }
}

/// Whether the made package says by itself what an attribute says.
fn is_understood(attribute: &Attribute, build: &Build, text: &str) -> bool {
    let written = text.get(attribute.range.clone()).unwrap_or_default();
    match attribute.name.as_str() {
        "doCheck" => !written.contains("true"),
        "nativeBuildInputs" => build
            .tools
            .iter()
            .all(|tool| BUILDERS.contains(&tool.name.as_str())),
        name => UNDERSTOOD.contains(&name),
    }
}

/// A text without what only its form is.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
