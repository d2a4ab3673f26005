//! A branch, tag or commit of the monorepo: which commit it is, and what the tree there says, told as a release.

mod named;

use super::Context;
use super::tree_archive::{Archive, because, some_of};
use crate::ask::Field;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::model::{Intent, Source};
use crate::python::{PyName, Version};
use crate::scaffold::release::{Origin, Read, SCHEMA};
use crate::scaffold::{Commit, Group, Loan, Release, ReleasedPackage, Scaffold};
use crate::source_tree::{self, Facts, SourceTree};
use std::collections::BTreeMap;

/// The digits of a commit that stand in a version.
const SHORT: usize = 7;

/// Adds to the scaffold what is at the revision of the intent. A commit that is known stays; `scaffold` has the release that
/// lends.
pub(super) fn learn(
    scaffold: &mut Scaffold,
    intent: &Intent,
    context: &Context<'_>,
) -> Result<(), Failure> {
    if intent.source == Source::Pypi {
        return Err(Failure::invalid(format!(
            "`{}` is no release, and nobody published sdists of it",
            intent.rev
        ))
        .hint("`--source github`, or `--source auto`, takes the monorepo at it"));
    }
    let Some(lender) = scaffold.release(&intent.release) else {
        // Whoever resolves tells what is wrong with the release.
        return Ok(());
    };
    if scaffold.catalogue.upstream.development_version.is_none() {
        return Err(no_commits(intent, scaffold));
    }
    let known = scaffold.release_at(&intent.release, &intent.rev);
    let known = known.and_then(|release| release.commit.as_ref());
    let commit = match known {
        Some(known) => known.commit.clone(),
        None => named::commit(&intent.rev, scaffold, context)?,
    };
    let tree = tree(&commit, scaffold, context)?;
    let read = Tree {
        asked: &intent.rev,
        commit,
        hash: tree.0,
        files: tree.1,
    };
    let release = read.release(lender, scaffold, context)?;
    scaffold.add_read(release);
    Ok(())
}

/// The failure of an upstream whose trees between releases have no one version.
fn no_commits(intent: &Intent, scaffold: &Scaffold) -> Failure {
    let upstream = &scaffold.catalogue.upstream;
    Failure::invalid(format!(
        "`{}` is no release, and of {} only releases can be packaged",
        intent.rev, upstream.name
    ))
    .because("the scaffold names no one version that the packages have between releases")
    .hint(format!(
        "`{} RELEASE` takes a release; `update RELEASE` in a repository",
        Field::Release.flag()
    ))
}

/// A tree at a commit.
struct Tree<'a> {
    asked: &'a str,
    commit: String,
    /// SRI.
    hash: String,
    files: SourceTree,
}

impl Tree<'_> {
    /// What its packages declare, with one valid version in the place of the one that development trees have.
    fn release(
        mut self,
        lender: &Release,
        scaffold: &Scaffold,
        context: &Context<'_>,
    ) -> Result<Release, Failure> {
        let catalogue = &scaffold.catalogue;
        let development = catalogue.upstream.development_version.as_ref();
        let development = development.map(ToString::to_string).unwrap_or_default();
        let short = self.commit.get(..SHORT).unwrap_or(&self.commit);
        let number: Version = format!("{}+g{short}", lender.release)
            .parse()
            .map_err(|error| Failure::refused("the commit has no version").because(error))?;
        self.files.rewrite(&development, &number.to_string());
        let (packages, loans, mut problems) = self.packages((&number, lender), scaffold, context);
        let release = Release {
            schema: SCHEMA,
            release: number,
            read: Read {
                from: Origin::Tree,
                date: lender.read.date.clone(),
            },
            commit: Some(Commit {
                asked: self.asked.to_owned(),
                commit: self.commit,
                hash: self.hash,
                lender: lender.release.clone(),
                loans,
            }),
            packages,
        };
        if problems.is_empty() {
            problems = release
                .contradictions()
                .into_iter()
                .map(Problem::new)
                .collect();
        }
        judged(problems, self.asked)?;
        Ok(release)
    }

    /// The packages, what is lent to them, and what is wrong.
    fn packages(
        &self,
        (number, lender): (&Version, &Release),
        scaffold: &Scaffold,
        context: &Context<'_>,
    ) -> (
        BTreeMap<PyName, ReleasedPackage>,
        BTreeMap<PyName, Loan>,
        Vec<Problem>,
    ) {
        let catalogue = &scaffold.catalogue;
        let development = catalogue.upstream.development_version.as_ref();
        let development = development.map(ToString::to_string).unwrap_or_default();
        let (mut packages, mut loans) = (BTreeMap::new(), BTreeMap::new());
        let mut problems = Vec::new();
        for (name, package) in &catalogue.packages {
            let is_core = package.group == Group::Core;
            match source_tree::read(&self.files, &package.path) {
                Ok(Some(facts)) if facts.name != *name => {
                    let text = format!("`{}` stands where the catalogue has `{name}`", facts.name);
                    problems.push(Problem::new(text).at(facts.place.span()));
                }
                Ok(Some(facts)) if is_core && facts.version != *number => {
                    let text = format!(
                        "`{name}` is {}, and not {development} as between releases",
                        facts.version
                    );
                    problems.push(Problem::new(text).at(facts.version_place.span()));
                }
                Ok(Some(facts)) => {
                    if package.sdist_only.is_some() {
                        match loan(name, lender) {
                            Ok(loan) => drop(loans.insert(name.clone(), loan)),
                            Err(problem) => problems.push(problem),
                        }
                    }
                    packages.insert(name.clone(), released(name, facts, lender));
                }
                Ok(None) if is_core && lender.packages.contains_key(name) => {
                    let path = &package.path;
                    problems.push(Problem::new(format!(
                        "`{name}` is not in the tree at `{path}`"
                    )));
                }
                Ok(None) => {}
                Err(more) if is_core => problems.extend(more),
                Err(more) => {
                    let causes: Vec<String> = more.into_iter().map(|one| one.message).collect();
                    let causes = causes.join("; ");
                    context
                        .ui
                        .warn(&format!("`{name}` cannot be had at the commit: {causes}"));
                }
            }
        }
        (packages, loans, problems)
    }
}

/// A failure of all that is wrong with a tree, unless nothing is.
fn judged(problems: Vec<Problem>, asked: &str) -> Result<(), Failure> {
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Refused, some_of(problems))
        .hint(format!("the tree at `{asked}` cannot be packaged as it is"))
        .hint(format!(
            "`{} RELEASE` takes a release; `update RELEASE` in a repository",
            Field::Release.flag()
        )))
}

/// What the release lends to a package.
fn loan(name: &PyName, lender: &Release) -> Result<Loan, Problem> {
    let package = lender.packages.get(name);
    let sdist = package.and_then(|package| Some((package.version.clone(), package.sdist.clone()?)));
    let (version, sdist) = sdist.ok_or_else(|| {
        Problem::new(format!(
            "the release {} has no sdist of `{name}`, and the tree does not hold all of it",
            lender.release
        ))
    })?;
    Ok(Loan { version, sdist })
}

fn released(name: &PyName, facts: Facts, lender: &Release) -> ReleasedPackage {
    let uploaded = lender.packages.get(name);
    let uploaded = uploaded.map_or(&lender.read.date, |package| &package.uploaded);
    ReleasedPackage::declared(facts, uploaded.clone())
}

/// Downloads the tree at a commit, hashes and reads it.
fn tree(
    commit: &str,
    scaffold: &Scaffold,
    context: &Context<'_>,
) -> Result<(String, SourceTree), Failure> {
    let catalogue = &scaffold.catalogue;
    let upstream = &catalogue.upstream;
    let url = context
        .github()
        .archive_of_commit(&upstream.owner, &upstream.repo, commit);
    let what = format!("{}/{} {commit}", upstream.owner, upstream.repo);
    let archive = Archive {
        url: &url,
        commit: Some(commit),
        what: &what,
    };
    let refused = |error| {
        let failure = Failure::refused(format!(
            "the tree of {}/{} at the commit {commit} cannot be downloaded",
            upstream.owner, upstream.repo
        ));
        let offline = "floxwright was told to stay offline, and its cache does not have it";
        because(failure, error, offline)
    };
    Ok(archive.fetch(catalogue, refused, context)?.keep())
}
