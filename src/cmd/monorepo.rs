//! The monorepo at a tag: found by git, downloaded once, hashed and read, and compared with what the package index says.

use super::Context;
use super::git_failure::git_failure;
use super::tree_archive::{Archive, TOLD, because, some_of};
use crate::diagnostic::{Exit, Failure, Problem, did_you_mean};
use crate::model::{Lock, LockedSource};
use crate::outside::git_remote;
use crate::outside::http::HttpError;
use crate::python::{Metadata, PyName};
use crate::resolve::SourceTag;
use crate::scaffold::release::{Package, Release};
use crate::scaffold::{Catalogue, Group, Scaffold};
use crate::source_tree::{self, Built, SourceTree};

/// The monorepo at a tag.
#[derive(Debug)]
pub(super) struct Monorepo {
    /// For the lock.
    pub(super) source: LockedSource,
    tree: SourceTree,
}

impl Monorepo {
    /// Reads it, and sees that it is the monorepo at the release.
    ///
    /// # Errors
    /// There is no such tag; what cannot be downloaded, is no tree, or is that of another release.
    pub(super) fn read(
        tag: SourceTag,
        (release, scaffold): (&Release, &Scaffold),
        context: &Context<'_>,
    ) -> Result<Self, Failure> {
        let catalogue = &scaffold.catalogue;
        let commit = if context.is_offline() {
            None
        } else {
            Some(commit(&tag, context)?)
        };
        let url = context
            .github()
            .archive_of_tag(&tag.owner, &tag.repo, &tag.tag);
        let what = format!("{}/{} {}", tag.owner, tag.repo, tag.tag);
        let archive = Archive {
            url: &url,
            commit: commit.as_deref(),
            what: &what,
        };
        let fetched = archive.fetch(catalogue, |error| not_fetched(&tag, error), context);
        let fetched = fetched.map_err(|failure| failure.hint(instead()))?;
        check(&tag.tag, &fetched.tree, release, catalogue)?;
        let (hash, tree) = fetched.keep();
        Ok(Self {
            source: tag.with_hash(&hash),
            tree,
        })
    }
}

/// Sees that the core packages are there, in the versions of the release.
fn check(
    tag: &str,
    tree: &SourceTree,
    release: &Release,
    catalogue: &Catalogue,
) -> Result<(), Failure> {
    let mut problems = Vec::new();
    for (name, package) in &catalogue.packages {
        let Some(published) = release.packages.get(name) else {
            continue;
        };
        match source_tree::read(tree, &package.path) {
            Ok(Some(facts)) if facts.version != published.version => {
                let text = format!(
                    "`{name}` is {} in the tree at the tag `{}`, and {} at the release {}",
                    facts.version, tag, published.version, release.release
                );
                problems.push(Problem::new(text).at(facts.version_place.span()));
            }
            Ok(None) if package.group == Group::Core => problems.push(Problem::new(format!(
                "`{name}` is not in the tree at the tag `{}`, where the catalogue has it at `{}`",
                tag, package.path
            ))),
            _ => {}
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Refused, some_of(problems)).hint(instead()))
}

/// Where the tree says something else than the package index, of which the facts are; for what is built from the tree.
pub(super) fn differences(
    monorepo: &Monorepo,
    lock: &Lock,
    (release, scaffold): (&Release, &Scaffold),
) -> Vec<String> {
    let mut found = Vec::new();
    for (name, locked) in &lock.packages {
        let both = (locked.origin.path(), release.packages.get(name));
        let (Some(path), Some(published)) = both else {
            continue;
        };
        match source_tree::read(&monorepo.tree, path) {
            Ok(Some(facts)) => {
                let built = Built {
                    metadata: &metadata(name, published),
                    programs: &published.programs,
                    modules: &published.modules,
                };
                let compared = source_tree::compare(&facts, &built);
                found.extend(compared.differences.into_iter().map(|one| one.message));
            }
            Ok(None) => found.push(format!("`{name}` is not in the tree at `{path}`")),
            Err(problems) => {
                let problems = problems.into_iter().map(|one| one.message);
                found.extend(problems.map(|text| format!("`{name}`: {text}")));
            }
        }
    }
    let more = found.len().saturating_sub(TOLD);
    found.truncate(TOLD);
    if more > 0 {
        let name = &scaffold.catalogue.upstream.name;
        found.push(format!(
            "{more} more differences between the tree of {name} and the package index"
        ));
    }
    found
}

/// What the package index says of a package, as a wheel's metadata has it.
fn metadata(name: &PyName, package: &Package) -> Metadata {
    let extras = package.extras.values().flatten();
    Metadata {
        spelling: name.to_string(),
        name: name.clone(),
        version: package.version.clone(),
        summary: package.summary.clone(),
        license: package.license.clone(),
        requires_python: package.requires_python.clone(),
        requires: package.requires.iter().chain(extras).cloned().collect(),
        extras: package.extras.keys().cloned().collect(),
        home_page: package.homepage.clone(),
        project_urls: Vec::new(),
        requires_are_final: true,
    }
}

/// The commit that a tag leads to.
fn commit(tag: &SourceTag, context: &Context<'_>) -> Result<String, Failure> {
    let address = context.github().repository(&tag.owner, &tag.repo);
    let _progress = context
        .ui
        .spinner(&format!("looking for the tag {}", tag.tag));
    let tags = git_remote::tags(&address, context.patience(), context.world).map_err(|error| {
        let failure = Failure::refused(format!("the tags of `{address}` cannot be read"));
        git_failure(failure, error).hint(instead())
    })?;
    tags.get(&tag.tag).cloned().ok_or_else(|| {
        let failure = Failure::refused(format!("`{address}` has no tag `{}`", tag.tag));
        match did_you_mean(&tag.tag, tags.keys().map(String::as_str)) {
            Some(near) => failure.because(format!(
                "the nearest of its {} tags is `{near}`",
                tags.len()
            )),
            None => failure.because(format!("it has {} tags, and none is near", tags.len())),
        }
        .hint(instead())
    })
}

fn not_fetched(tag: &SourceTag, error: HttpError) -> Failure {
    let SourceTag { owner, repo, tag } = tag;
    let failure = Failure::refused(format!(
        "the tree of {owner}/{repo} at the tag `{tag}` cannot be downloaded"
    ));
    let offline = "the catalogue does not carry its hash, floxwright was told to stay offline, and its cache does not have it";
    because(failure, error, offline)
}

fn instead() -> &'static str {
    "`--source pypi` takes each package's sdist, whose hashes are known; in a repository, `source = \"pypi\"` under `[upstream]` of `floxwright.toml`"
}
