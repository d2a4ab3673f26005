//! What was found in the repository, and which of it belongs to the upstream.

use super::evidence::Place;
use crate::model::LockedSource;
use crate::parallel::{in_parallel, processors};
use crate::python::PyName;
use crate::recipe::{Build, Fetch, Gives, Hash, Recipe};
use crate::reconcile::plain;
use crate::scaffold::Scaffold;
use crate::tree::{File, Found, Kind, RelPath, Tree};
use std::collections::BTreeMap;

/// Where Flox looks for packages.
pub(super) const PACKAGES: &str = ".flox/pkgs";

/// What a Nix file is to the upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// It gives this package of it.
    Package(PyName),
    /// It gives its source.
    Source,
    /// It gives several of its packages in one.
    Environment,
    /// It has nothing to do with it.
    Foreign,
    /// The parser refuses it.
    Unread,
}

/// A Nix file, read.
#[derive(Clone, Debug)]
pub struct Read {
    /// Its text, with plain line ends.
    pub text: String,
    /// What it says.
    pub recipe: Recipe,
    /// What it is to the upstream.
    pub role: Role,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Every regular file that was looked at.
    pub files: Tree,
    /// What is no regular file.
    pub others: BTreeMap<RelPath, Kind>,
    /// What the directory is called.
    pub directory: String,
    /// The Nix files among Flox's packages.
    pub recipes: BTreeMap<RelPath, Read>,
}

/// A package of the upstream, where it is built.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// Its file.
    pub path: &'a RelPath,
    /// What the file says.
    pub read: &'a Read,
    /// The package.
    pub build: &'a Build,
}

impl Site<'_> {
    /// The place of a byte of its file.
    pub(super) fn place(&self, byte: usize) -> Place {
        Place::of(self.path, &self.read.text, byte)
    }
}

impl Survey {
    /// Reads the files among Flox's packages.
    pub fn of(
        files: Tree,
        others: BTreeMap<RelPath, Kind>,
        directory: String,
        scaffold: &Scaffold,
    ) -> Self {
        let all = files.iter().filter(|(path, _)| is_recipe(path));
        let all: Vec<(&RelPath, &File)> = all.collect();
        let recipes = in_parallel(&all, processors(), |(path, file)| {
            let text = plain(file);
            let recipe = text.as_deref().map(Recipe::read).unwrap_or_default();
            let role = match &text {
                Some(_) => role(&recipe, scaffold),
                None => Role::Unread,
            };
            let read = Read {
                text: text.unwrap_or_default(),
                recipe,
                role,
            };
            ((*path).clone(), read)
        });
        Self {
            recipes: recipes.into_iter().collect(),
            files,
            others,
            directory,
        }
    }

    /// Adds what stands at a path that nobody looked at before.
    pub fn see(&mut self, path: &RelPath, found: &Found) {
        match found {
            Found::File(file) => {
                self.files.insert(path.clone(), file.clone());
            }
            Found::Other(kind) => {
                self.others.insert(path.clone(), *kind);
            }
            Found::Absent | Found::Behind(..) => {}
        }
    }

    /// Whether any file belongs to the upstream.
    pub fn is_recognised(&self) -> bool {
        self.recipes.values().any(Read::is_ours)
    }

    /// The packages of the upstream that are built, by name; files of one package come before those of several.
    pub fn built(&self, scaffold: &Scaffold) -> BTreeMap<PyName, Vec<Site<'_>>> {
        let mut found: BTreeMap<PyName, Vec<Site<'_>>> = BTreeMap::new();
        let ours = self.recipes.iter().filter(|(_, read)| read.is_ours());
        for (path, read) in ours {
            for build in &read.recipe.builds {
                let Some(name) = known(build, scaffold) else {
                    continue;
                };
                found
                    .entry(name)
                    .or_default()
                    .push(Site { path, read, build });
            }
        }
        for places in found.values_mut() {
            places.sort_by_key(|built| !matches!(built.read.role, Role::Package(_)));
        }
        found
    }

    /// The fetches of the upstream's monorepo.
    pub fn sources<'a>(
        &'a self,
        scaffold: &'a Scaffold,
    ) -> impl Iterator<Item = (&'a RelPath, &'a Read, &'a Fetch)> {
        let ours = self.recipes.iter().filter(|(_, read)| read.is_ours());
        ours.flat_map(|(path, read)| {
            read.recipe
                .fetches
                .iter()
                .map(move |fetch| (path, read, fetch))
        })
        .filter(|(_, _, fetch)| is_upstream(fetch, scaffold))
    }

    /// The monorepo at a release's tag with the hash that the repository has for it, and where that stands.
    pub fn pinned(&self, scaffold: &Scaffold, release: &str) -> Option<(LockedSource, Place)> {
        let upstream = &scaffold.catalogue.upstream;
        self.sources(scaffold).find_map(|(path, read, fetch)| {
            let revision = &fetch.revision.as_ref()?.value;
            let hash = fetch.hash.as_ref()?;
            let Hash::Text(text) = &hash.value else {
                return None;
            };
            let is_it = *revision == upstream.tag(release) && is_sri(text);
            is_it.then(|| {
                let source = LockedSource {
                    owner: upstream.owner.clone(),
                    repo: upstream.repo.clone(),
                    tag: upstream.tag(release),
                    rev: String::new(),
                    hash: text.clone(),
                };
                (source, Place::of(path, &read.text, hash.range.start))
            })
        })
    }

    /// The plain text of a file.
    pub fn text(&self, path: &str) -> Option<String> {
        plain(self.files.get(&path.parse().ok()?)?)
    }
}

impl Read {
    /// Whether the file belongs to the upstream.
    pub fn is_ours(&self) -> bool {
        is_ours(&self.role)
    }
}

/// Whether a role is one of the upstream.
pub(super) fn is_ours(role: &Role) -> bool {
    !matches!(role, Role::Foreign | Role::Unread)
}

/// Whether a text is a SHA-256 hash as a fetch of a tree wants it.
fn is_sri(text: &str) -> bool {
    let body = text.strip_prefix("sha256-").unwrap_or_default();
    data_encoding::BASE64
        .decode(body.as_bytes())
        .is_ok_and(|bytes| bytes.len() == 32)
}

/// Whether Flox takes a file for a package's.
fn is_recipe(path: &RelPath) -> bool {
    path.as_str().starts_with(&format!("{PACKAGES}/")) && path.extension() == Some("nix")
}

/// The upstream's package that is built, if it is one.
pub(super) fn known(build: &Build, scaffold: &Scaffold) -> Option<PyName> {
    let name: PyName = build.name()?.parse().ok()?;
    scaffold
        .catalogue
        .packages
        .contains_key(&name)
        .then_some(name)
}

/// Whether a fetch is one of the upstream's monorepo.
pub fn is_upstream(fetch: &Fetch, scaffold: &Scaffold) -> bool {
    let upstream = &scaffold.catalogue.upstream;
    let says = |said: &Option<crate::recipe::Said<String>>, wanted: &str| {
        said.as_ref()
            .is_some_and(|said| said.value.eq_ignore_ascii_case(wanted))
    };
    let by_url = fetch.url.as_ref().is_some_and(|url| {
        let wanted = format!("{}/{}", upstream.owner, upstream.repo);
        url.value.contains(&wanted)
    });
    by_url || says(&fetch.owner, &upstream.owner) && says(&fetch.repo, &upstream.repo)
}

/// What a file is to the upstream.
pub(super) fn role(recipe: &Recipe, scaffold: &Scaffold) -> Role {
    if recipe.fault.is_some() {
        return Role::Unread;
    }
    match recipe.gives {
        Gives::Build(at) => recipe
            .builds
            .get(at)
            .and_then(|build| known(build, scaffold))
            .map_or(Role::Foreign, Role::Package),
        Gives::Fetch(at) => match recipe.fetches.get(at) {
            Some(fetch) if is_upstream(fetch, scaffold) => Role::Source,
            _ => Role::Foreign,
        },
        Gives::Environment(at) => {
            let members = recipe.environments.get(at).map(|made| &made.members);
            let mut members = members.into_iter().flatten();
            let is_ours = |name: &str| {
                name.parse::<PyName>()
                    .is_ok_and(|name| scaffold.catalogue.packages.contains_key(&name))
            };
            let by_name = members.any(|member| is_ours(&member.name));
            let by_build = recipe
                .builds
                .iter()
                .any(|build| known(build, scaffold).is_some());
            if by_name || by_build {
                Role::Environment
            } else {
                Role::Foreign
            }
        }
        Gives::Other => Role::Foreign,
    }
}
