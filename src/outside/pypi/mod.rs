//! The Python package index: reading one release of several packages.

#[cfg(test)]
mod live_tests;
mod project;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod uploads;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use data_encoding::{BASE64, HEXLOWER_PERMISSIVE};
use sha2::{Digest, Sha256};

use super::archive::{Sdist, Wheel};
use super::http::{Client, Reason, resolve};
use super::parallel::in_parallel;
use crate::python::{BuildSystem, Metadata, PyName, Requirement, Version, console_scripts};
use crate::scaffold::date::Date;
use crate::scaffold::release::{Artifact, Origin, Package, Read, Release, SCHEMA};
use project::{File, Files, Project};

/// The largest answer of the index about one project, in bytes.
const MAX_PROJECT: u64 = 64 << 20;

/// The largest wheel or sdist, in bytes.
const MAX_FILE: u64 = 512 << 20;

/// The public index, when nobody names another one.
pub fn default_address() -> String {
    format!("https://{}.org", ["py", "pi"].concat())
}

/// One package index.
#[derive(Clone, Debug)]
pub struct Index {
    client: Client,
    address: String,
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

/// A release cannot be read. All that is wrong is listed, not only the first thing.
#[derive(Debug, thiserror::Error)]
#[error("the release cannot be read from the package index:{}", listed(.0))]
pub struct ReadError(pub Vec<Problem>);

/// What is wrong with one package.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` {version}: {reason}")]
pub struct Problem {
    /// The package.
    pub name: PyName,
    /// The version asked for.
    pub version: Version,
    /// What is wrong.
    pub reason: String,
}

/// The problems, each on its own line.
fn listed(problems: &[Problem]) -> String {
    let mut text = String::new();
    for problem in problems {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  {problem}");
    }
    text
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
            client,
            address: address.trim_end_matches('/').to_owned(),
        }
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
        let same_name = |one: &Wanted| wanted.iter().filter(|other| other.name == one.name).count();
        let choose = |one: &Wanted| match same_name(one) {
            1 => self.choose(one),
            _ => Err("it is asked for more than once".to_owned()),
        };
        let chosen = collect(in_parallel(wanted, choose), wanted)?;
        let packages = collect(
            in_parallel(&chosen, |chosen| self.read_package(chosen)),
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
            packages: names.zip(packages).collect(),
        })
    }

    /// Every version of a package that has files, newest first, with whether it was withdrawn.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn versions(&self, name: &PyName) -> Result<Vec<(Version, bool)>, String> {
        Ok(self.project(name)?.1.versions())
    }

    /// The page of a project: its address, and what it says about all releases.
    ///
    /// The page of one version is not used, because some mirrors do not have it.
    fn project(&self, name: &PyName) -> Result<(String, Project), String> {
        let page = format!("{}/{}/{name}/json", self.address, ["py", "pi"].concat());
        let bytes = self
            .client
            .get(&page, MAX_PROJECT)
            .map_err(|error| match error.reason {
                Reason::Missing => "the index does not have this package".to_owned(),
                _ => error.to_string(),
            })?;
        let project = serde_json::from_slice(&bytes)
            .map_err(|error| format!("the answer of `{page}` cannot be read: {error}"))?;
        Ok((page, project))
    }

    /// Finds the files of a package, and downloads none.
    fn choose(&self, wanted: &Wanted) -> Result<Chosen, String> {
        let (page, project) = self.project(&wanted.name)?;
        let files = project.files(&wanted.version)?;
        Ok(Chosen {
            wanted: wanted.clone(),
            files,
            page,
        })
    }

    /// Downloads a package's wheel and sdist and reads both.
    fn read_package(&self, chosen: &Chosen) -> Result<Package, String> {
        let Chosen {
            wanted,
            files,
            page,
        } = chosen;
        let (wheel_bytes, wheel) = self.download(page, &files.wheel)?;
        let contents = Wheel::read(&wheel_bytes).map_err(|error| in_file(&wheel.file, &error))?;
        let metadata =
            Metadata::parse(&contents.metadata).map_err(|error| in_file(&wheel.file, &error))?;
        if metadata.version != wanted.version || metadata.name != wanted.name {
            let (name, version) = (&metadata.name, &metadata.version);
            return Err(in_file(
                &wheel.file,
                &format!("its metadata says `{name}` {version}"),
            ));
        }
        let (sdist_bytes, sdist) = self.download(page, &files.sdist)?;
        let tree = Sdist::read(&sdist_bytes, &wanted.guards)
            .map_err(|error| in_file(&sdist.file, &error))?;
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
            sdist,
            wheel,
            files: tree.files,
            yanked: false,
        })
    }

    /// The bytes of a file, checked against the hash that the index states.
    fn download(&self, page: &str, file: &File) -> Result<(Vec<u8>, Artifact), String> {
        let url = resolve(page, &file.url)
            .ok_or_else(|| format!("`{}` is no address to fetch", file.url))?;
        let bytes = self
            .client
            .get(&url, MAX_FILE)
            .map_err(|error| error.to_string())?;
        let stated = HEXLOWER_PERMISSIVE.decode(file.digests.sha256.as_bytes());
        let digest = Sha256::digest(&bytes);
        if stated.as_deref() != Ok(digest.as_slice()) {
            let found = HEXLOWER_PERMISSIVE.encode(&digest);
            let stated = &file.digests.sha256;
            return Err(in_file(
                &file.filename,
                &format!("its sha256 is {found}, and the index states {stated}"),
            ));
        }
        let hash = format!("sha256-{}", BASE64.encode(&digest));
        Ok((
            bytes,
            Artifact {
                file: file.filename.clone(),
                hash,
            },
        ))
    }
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

/// Every result, or every problem.
fn collect<T>(results: Vec<Result<T, String>>, wanted: &[Wanted]) -> Result<Vec<T>, ReadError> {
    let mut good = Vec::new();
    let mut problems = Vec::new();
    for (result, Wanted { name, version, .. }) in results.into_iter().zip(wanted) {
        match result {
            Ok(value) => good.push(value),
            Err(reason) => problems.push(Problem {
                name: name.clone(),
                version: version.clone(),
                reason,
            }),
        }
    }
    if problems.is_empty() {
        Ok(good)
    } else {
        Err(ReadError(problems))
    }
}
