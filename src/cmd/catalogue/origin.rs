//! The source trees from which a release is read: of the index's sdists, or of a monorepo.

use super::super::{Context, scaffolds};
use super::{Request, members, refused};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk::{self, SourcePlace};
use crate::outside::pypi::{Index, Wanted};
use crate::outside::source_archive::{self, Holds};
use crate::scaffold::Group;
use crate::source_tree::{self, Facts, SourceTree};

/// How many of the problems of one kind are told.
const TOLD: usize = 3;

/// The packages of a release with the facts of their source trees.
pub(super) type Found = Vec<(Wanted, Facts)>;

/// Reads every package's sdist as a source tree.
pub(super) fn from_index(
    request: &Request,
    index: &Index,
    context: &Context<'_>,
) -> Result<Found, Failure> {
    let wanted = members::published(request, index, context)?;
    let sources = index.sources(&wanted).map_err(|error| refused(&error))?;
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for (wanted, (tree, folder)) in wanted.into_iter().zip(&sources) {
        match source_tree::read(tree, folder) {
            Ok(Some(facts)) => found.push((wanted, facts)),
            Ok(None) => problems.push(Problem::new(format!("`{folder}` holds no package"))),
            Err(more) => problems.extend(more),
        }
    }
    told(found, problems)
}

/// Reads the packages of a monorepo, and sees that it is the monorepo at the release.
pub(super) fn from_path(
    request: &Request,
    index: &Index,
    context: &Context<'_>,
) -> Result<Found, Failure> {
    let tree = tree(request, context)?;
    if tree.is_empty() {
        let from = request.from.escape_debug();
        let text = format!("`{from}` has no directory of the catalogue's packages");
        return Err(Failure::refused(text));
    }
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    let (mut others, mut missing) = (Vec::new(), Vec::new());
    for (name, package) in &request.scaffold.catalogue.packages {
        let tracks = members::tracks(&request.scaffold, package, &request.release)?;
        match source_tree::read(&tree, &package.path) {
            Ok(Some(facts)) if facts.name != *name => {
                let (path, other) = (&package.path, &facts.name);
                let text =
                    format!("the catalogue has `{name}` at `{path}`, where `{other}` stands");
                problems.push(Problem::new(text).at(facts.place.span()));
            }
            Ok(Some(facts)) if tracks.contains(&facts.version) => {
                members::tell_track(name, (&facts.version, &tracks), context);
                found.push((members::of(name, facts.version.clone(), package), facts));
            }
            Ok(Some(facts)) => others.push(other_version(request, &facts)),
            Ok(None) => missing.push((name, package)),
            Err(more) => problems.extend(more),
        }
    }
    if !others.is_empty() {
        return Err(other_release(request, others));
    }
    let found = told(found, problems)?;
    let mut problems = Vec::new();
    for (name, package) in missing {
        let text = format!("`{name}` is not in the tree at `{}`", package.path);
        if package.group == Group::Core && members::expected(request, index, name)? {
            problems.push(Problem::new(text));
        } else {
            context.ui.talk(&format!("{text}, and is left out"));
        }
    }
    told(found, problems)
}

/// The problem of a package that has a version of another release, or a placeholder.
fn other_version(request: &Request, facts: &Facts) -> Problem {
    let text = format!(
        "`{}` says the version {}, which it does not have at the release {}",
        facts.name, facts.version, request.release
    );
    Problem::new(text).at(facts.version_place.span())
}

/// The failure of a tree that is not at the release: a few of the packages are enough to see it.
fn other_release(request: &Request, mut problems: Vec<Problem>) -> Failure {
    let more = problems.len().saturating_sub(TOLD);
    problems.truncate(TOLD);
    if more > 0 {
        problems.push(Problem::new(format!("so do {more} other packages")));
    }
    Failure::all(Exit::Refused, problems).hint(format!(
        "`git checkout {}` in the tree, or the archive of that tag; a branch has placeholders for versions",
        request.release
    ))
}

/// The tree at the path that was given.
fn tree(request: &Request, context: &Context<'_>) -> Result<SourceTree, Failure> {
    let from = request.from.as_str();
    let path = context.path(from);
    let cannot = |error: &dyn std::error::Error| {
        Failure::refused(format!("`{}` cannot be read", from.escape_debug()))
            .because(scaffolds::chain(error))
    };
    let packages = request.scaffold.catalogue.packages.values();
    let folders: Vec<&str> = packages.map(|package| package.path.as_str()).collect();
    match disk::open_source(&path).map_err(|error| cannot(&error))? {
        SourcePlace::Directory => {
            disk::read_source(&path, &folders).map_err(|error| cannot(&error))
        }
        SourcePlace::File(file) => {
            source_archive::read(file, Holds::Packages(&folders)).map_err(|error| cannot(&error))
        }
    }
}

/// What was found, unless something was wrong.
fn told(found: Found, problems: Vec<Problem>) -> Result<Found, Failure> {
    if problems.is_empty() {
        Ok(found)
    } else {
        Err(Failure::all(Exit::Refused, problems))
    }
}
