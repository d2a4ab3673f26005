//! The Python package index: reading one release of several packages.

mod distribution;
mod fetcher;
#[cfg(test)]
mod live_tests;
mod pages;
mod project;
mod read_error;
mod sources;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod uploads;
mod upstream;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use data_encoding::{BASE64, HEXLOWER_PERMISSIVE};

use super::archive::Sdist;
use super::http::{Client, resolve};
use super::store::Store;
use super::watch::{Ended, Watch};
use crate::parallel::{WAITING, in_parallel};
use crate::python::{BuildSystem, Metadata, PyName, Requirement, Version, console_scripts};
use crate::scaffold::date::Date;
use crate::scaffold::release::{Artifact, Origin, Package, Read, Release, SCHEMA};
use fetcher::Fetcher;
pub use fetcher::{Reach, Wheels};
use pages::ProjectPage;
use project::{File, Files};
use read_error::collect;
pub use read_error::{Problem, ReadError};
pub use sources::Published;
pub use upstream::{Asked, Unread};

/// The public index, when nobody names another one.
pub fn default_address() -> String {
    format!("https://{}.org", ["py", "pi"].concat())
}

/// One package index.
#[derive(Clone, Debug)]
pub struct Index {
    fetcher: Fetcher,
    address: String,
    /// The pages of this run, so that all of it sees the same.
    pages: Arc<Mutex<BTreeMap<PyName, Arc<ProjectPage>>>>,
}

/// One package to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its name.
    pub name: PyName,
    /// Its own version.
    pub version: Version,
    /// Paths below the root of its sdist; the release says whether they are there.
    pub guards: Vec<String>,
}

/// The files of one package that are going to be read.
struct Chosen {
    wanted: Wanted,
    files: Files,
    page: String,
}

impl Index {
    /// The index at an address such as [`default_address`]; a slash at its end does not matter.
    pub fn new(client: Client, address: &str) -> Self {
        Self {
            fetcher: Fetcher::new(client),
            address: address.trim_end_matches('/').to_owned(),
            pages: Arc::default(),
        }
    }

    /// The same index; what is fetched is kept in `store`, and taken from there.
    #[must_use]
    pub fn kept_in(mut self, store: Arc<dyn Store>) -> Self {
        self.fetcher.store = store;
        self
    }

    /// The same index; `watch` learns what is fetched.
    #[must_use]
    pub fn watched(mut self, watch: Arc<dyn Watch>) -> Self {
        self.fetcher.client = self.fetcher.client.watched(Arc::clone(&watch));
        self.fetcher.watch = watch;
        self
    }

    /// The same index, asked over the network or not.
    #[must_use]
    pub fn reached(mut self, reach: Reach) -> Self {
        self.fetcher.reach = reach;
        self
    }

    /// The same index, with so much of the wheels fetched.
    #[must_use]
    pub fn with_wheels(mut self, wheels: Wheels) -> Self {
        self.fetcher.wheels = wheels;
        self
    }

    /// Reads the facts of one release: hashes, requirements, programs, modules, build systems.
    ///
    /// Nothing is downloaded before every wanted version is known to be complete and not withdrawn.
    ///
    /// # Errors
    /// Everything that is wrong with any of the packages.
    pub fn read_release(
        &self,
        release: &Version,
        wanted: &[Wanted],
        date: Date,
    ) -> Result<Release, ReadError> {
        self.fetcher.watch.expected(wanted.len() * 2);
        let same_name = |one: &Wanted| wanted.iter().filter(|other| other.name == one.name).count();
        let choose = |one: &Wanted| match same_name(one) {
            1 => self.choose(one),
            _ => Err("it is asked for more than once".to_owned()),
        };
        let chosen = collect(in_parallel(wanted, WAITING, choose), wanted)?;
        let packages = collect(
            in_parallel(&chosen, WAITING, |chosen| self.read_package(chosen)),
            wanted,
        )?;
        let names = wanted.iter().map(|wanted| wanted.name.clone());
        Ok(Release {
            schema: SCHEMA,
            release: release.clone(),
            read: Read {
                from: Origin::Pypi,
                date,
            },
            commit: None,
            packages: names.zip(packages).collect(),
        })
    }

    /// Every version of a package that has files, newest first, with whether it was withdrawn.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn versions(&self, name: &PyName) -> Result<Vec<(Version, bool)>, String> {
        Ok(self.project(name)?.project.versions())
    }

    /// Finds the files of a package, and downloads none.
    fn choose(&self, wanted: &Wanted) -> Result<Chosen, String> {
        let _done = Ended(self.fetcher.watch.as_ref());
        let mut page = self.project(&wanted.name)?;
        if self.may_be_old(&page) && page.project.files(&wanted.version).is_err() {
            // What was kept may be older than the release.
            page = self.project_now(&wanted.name)?;
        }
        Ok(Chosen {
            wanted: wanted.clone(),
            files: page.project.files(&wanted.version)?,
            page: page.address.clone(),
        })
    }

    /// Downloads a package's wheel and sdist and reads both.
    fn read_package(&self, chosen: &Chosen) -> Result<Package, String> {
        let _done = Ended(self.fetcher.watch.as_ref());
        let Chosen {
            wanted,
            files,
            page,
        } = chosen;
        let contents = self
            .fetcher
            .wheel(&url(page, &files.wheel)?, &files.wheel)?;
        let (wheel, sdist) = (artifact(&files.wheel)?, artifact(&files.sdist)?);
        let metadata =
            Metadata::parse(&contents.metadata).map_err(|error| in_file(&wheel.file, &error))?;
        if metadata.version != wanted.version || metadata.name != wanted.name {
            let (name, version) = (&metadata.name, &metadata.version);
            return Err(in_file(
                &wheel.file,
                &format!("its metadata says `{name}` {version}"),
            ));
        }
        let bytes = self.fetcher.file(&url(page, &files.sdist)?, &files.sdist)?;
        let tree =
            Sdist::read(&bytes, &wanted.guards).map_err(|error| in_file(&sdist.file, &error))?;
        let build = BuildSystem::parse(tree.pyproject.as_deref())
            .map_err(|error| in_file(&sdist.file, &error))?;
        let uploaded = files
            .uploaded
            .parse()
            .map_err(|error| format!("its time of upload: {error}"))?;
        let (requires, extras) = by_extra(metadata.requires, metadata.extras);
        Ok(Package {
            version: wanted.version.clone(),
            uploaded,
            summary: metadata.summary,
            homepage: metadata.home_page,
            license: metadata.license,
            requires_python: metadata.requires_python,
            requires,
            extras,
            programs: console_scripts(&contents.entry_points),
            modules: contents.modules,
            build_backend: build.backend,
            build_requires: build.requires,
            sdist: Some(sdist),
            wheel: Some(wheel),
            files: tree.files,
            yanked: false,
        })
    }
}

/// The address of a file that a page names.
fn url(page: &str, file: &File) -> Result<String, String> {
    resolve(page, &file.url).ok_or_else(|| format!("`{}` is no address to fetch", file.url))
}

/// A file with its hash as Nix takes it.
fn artifact(file: &File) -> Result<Artifact, String> {
    let stated = &file.digests.sha256;
    let digest = HEXLOWER_PERMISSIVE.decode(stated.as_bytes());
    let digest = digest.ok().filter(|digest| digest.len() == 32);
    let digest = digest.ok_or_else(|| {
        let stated = stated.escape_debug();
        in_file(
            &file.filename,
            &format!("the index states the sha256 `{stated}`, which is none"),
        )
    })?;
    Ok(Artifact {
        file: file.filename.clone(),
        hash: format!("sha256-{}", BASE64.encode(&digest)),
    })
}

/// What is wrong, with the file in which it is.
fn in_file(file: &str, error: &impl ToString) -> String {
    format!("`{file}`: {}", error.to_string())
}

/// Splits requirements into those that always hold, and those of each extra. None is lost: an extra that is only named
/// by a marker gets its entry too.
fn by_extra(
    all: Vec<Requirement>,
    extras: Vec<PyName>,
) -> (Vec<Requirement>, BTreeMap<PyName, Vec<Requirement>>) {
    let mut of_extras: BTreeMap<PyName, Vec<Requirement>> = extras
        .into_iter()
        .map(|extra| (extra, Vec::new()))
        .collect();
    let mut always = Vec::new();
    for requirement in all {
        let guards = requirement.guards();
        for guard in &guards {
            of_extras
                .entry(guard.clone())
                .or_default()
                .push(requirement.clone());
        }
        if guards.is_empty() {
            always.push(requirement);
        }
    }
    (always, of_extras)
}
