//! A branch, tag or commit of the monorepo: which commit it is, and what the tree there says, told as a release.

use super::{Context, scaffolds};
use crate::ask::Field;
use crate::diagnostic::{Exit, Failure, Problem, did_you_mean};
use crate::model::{Intent, Source};
use crate::outside::git_remote;
use crate::outside::http::Reason;
use crate::outside::source_archive::{self, Holds};
use crate::python::{PyName, Version};
use crate::scaffold::release::{Origin, Read, SCHEMA};
use crate::scaffold::{Commit, Group, Loan, Release, ReleasedPackage, Scaffold};
use crate::source_tree::{self, Facts, SourceTree};
use std::collections::{BTreeMap, BTreeSet};

/// How many of the problems are told.
const TOLD: usize = 5;

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
    let known = scaffold.release_at(&intent.release, &intent.rev);
    let known = known.and_then(|release| release.commit.as_ref());
    let commit = match known {
        Some(known) => known.commit.clone(),
        None => commit(&intent.rev, scaffold, context)?,
    };
    let tree = tree(&commit, scaffold, context)?;
    let read = Tree {
        asked: &intent.rev,
        commit,
        hash: tree.0,
        tree: tree.1,
    };
    let release = read.release(lender, scaffold, context)?;
    scaffold.add_read(release);
    Ok(())
}

/// A tree at a commit.
struct Tree<'a> {
    asked: &'a str,
    commit: String,
    /// SRI.
    hash: String,
    tree: SourceTree,
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
        let development = catalogue.upstream.development_version.to_string();
        let short = self.commit.get(..SHORT).unwrap_or(&self.commit);
        let number: Version = format!("{}+g{short}", lender.release)
            .parse()
            .map_err(|error| Failure::refused("the commit has no version").because(error))?;
        self.tree.rewrite(&development, &number.to_string());
        let (mut packages, mut loans) = (BTreeMap::new(), BTreeMap::new());
        let mut problems = Vec::new();
        for (name, package) in &catalogue.packages {
            let is_core = package.group == Group::Core;
            match source_tree::read(&self.tree, &package.path) {
                Ok(Some(facts)) if facts.name != *name => {
                    let text = format!("`{}` stands where the catalogue has `{name}`", facts.name);
                    problems.push(Problem::new(text).at(facts.place.span()));
                }
                Ok(Some(facts)) if is_core && facts.version != number => {
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
}

/// A failure of all that is wrong with a tree, unless nothing is.
fn judged(mut problems: Vec<Problem>, asked: &str) -> Result<(), Failure> {
    if problems.is_empty() {
        return Ok(());
    }
    let more = problems.len().saturating_sub(TOLD);
    problems.truncate(TOLD);
    if more > 0 {
        problems.push(Problem::new(format!("and {more} more of the kind")));
    }
    Err(Failure::all(Exit::Refused, problems)
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
    ReleasedPackage {
        version: facts.version,
        uploaded: uploaded.clone(),
        summary: facts.summary,
        homepage: facts.homepage,
        license: facts.license,
        requires_python: facts.requires_python,
        requires: facts.requires,
        extras: facts.extras,
        programs: facts.programs,
        modules: facts.modules,
        build_backend: facts.build.backend,
        build_requires: facts.build.requires,
        sdist: None,
        wheel: None,
        files: BTreeMap::new(),
        yanked: false,
    }
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
    let downloads = context.watched_downloads(&what);
    let download = downloads.get(&url, Some(commit)).map_err(|error| {
        let failure = Failure::refused(format!(
            "the tree of {}/{} at the commit {commit} cannot be downloaded",
            upstream.owner, upstream.repo
        ));
        match error.reason {
            Reason::Offline => failure
                .because("floxwright was told to stay offline, and its cache does not have it"),
            _ => failure.because(error),
        }
    })?;
    let progress = context.ui.spinner(&format!("hashing {what}"));
    let packages = catalogue.packages.values();
    let folders: Vec<&str> = packages.map(|package| package.path.as_str()).collect();
    let read = source_archive::hash_and_read(&|| download.file.open(), Holds::Packages(&folders));
    drop(progress);
    let (hash, tree) = read.map_err(|error| {
        Failure::refused(format!("what `{url}` gives is not the monorepo"))
            .because(scaffolds::chain(&error))
    })?;
    downloads.remember(&download);
    Ok((hash.sri, tree))
}

/// The commit that a branch, a tag or a commit's beginning leads to.
fn commit(rev: &str, scaffold: &Scaffold, context: &Context<'_>) -> Result<String, Failure> {
    if is_hex(rev) && rev.len() == 40 {
        return Ok(rev.to_ascii_lowercase());
    }
    let upstream = &scaffold.catalogue.upstream;
    let address = context.github().repository(&upstream.owner, &upstream.repo);
    if context.is_offline() {
        return Err(Failure::refused(format!(
            "floxwright was told to stay offline, and only `{address}` knows which commit `{rev}` is"
        ))
        .hint("a commit's 40 digits are known without asking"));
    }
    let progress = context.ui.spinner(&format!("looking for {rev}"));
    let refs = git_remote::refs(&address, context.patience(), context.world);
    drop(progress);
    let refs = refs.map_err(|error| {
        Failure::refused(format!("the branches of `{address}` cannot be read")).because(error)
    })?;
    found(rev, &refs).map_err(|wrong| {
        let failure = Failure::refused(format!("`{address}` {}", wrong.what));
        wrong.hints.into_iter().fold(failure, Failure::hint)
    })
}

/// Why no commit is found: the end of a sentence, and what to do.
#[derive(Debug, PartialEq, Eq)]
struct Wrong {
    what: String,
    hints: Vec<String>,
}

/// The commit of a name among the refs of a repository.
fn found(rev: &str, refs: &BTreeMap<String, String>) -> Result<String, Wrong> {
    if let Some(commit) = refs.get(rev) {
        return Ok(commit.clone());
    }
    let full = ["heads", "tags"].map(|kind| format!("{kind}/{rev}"));
    let named = full.iter().filter_map(|name| refs.get(name));
    let named: BTreeSet<&String> = named.collect();
    let starts = |commit: &&String| is_hex(rev) && rev.len() >= SHORT && commit.starts_with(rev);
    let commits: BTreeSet<&String> = match named.len() {
        0 => refs.values().filter(starts).collect(),
        _ => named,
    };
    let mut commits = commits.into_iter();
    match (commits.next(), commits.next()) {
        (Some(commit), None) => Ok(commit.clone()),
        (Some(one), Some(other)) => Err(Wrong {
            what: format!("has several commits for `{rev}`, {one} and {other} among them"),
            hints: vec![format!(
                "`heads/{rev}` is the branch, `tags/{rev}` the tag; 40 digits are one commit"
            )],
        }),
        (None, _) => {
            let names = refs.keys();
            let names = names.filter_map(|name| Some(name.split_once('/')?.1));
            let near = did_you_mean(rev, names).map(|near| format!("did you mean `{near}`?"));
            let digits = is_hex(rev).then(|| {
                "only the heads of branches and tags are listed: of another commit give all 40 digits"
                    .to_owned()
            });
            Err(Wrong {
                what: format!("has no branch and no tag `{rev}`"),
                hints: near.into_iter().chain(digits).collect(),
            })
        }
    }
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rev: &str, expected: Result<char, &str>) {
        let refs = [
            ("heads/master", '1'),
            ("heads/both", '2'),
            ("tags/both", '3'),
            ("heads/same", '4'),
            ("tags/same", '4'),
            ("heads/a/b", 'a'),
        ];
        let refs = refs.map(|(name, digit)| (name.to_owned(), digit.to_string().repeat(40)));
        let commit = found(rev, &BTreeMap::from(refs));
        match expected {
            Ok(digit) => assert_eq!(commit, Ok(digit.to_string().repeat(40)), "{rev}"),
            Err(says) => {
                let wrong = commit.unwrap_err();
                let told = format!("{} {}", wrong.what, wrong.hints.join(" "));
                assert!(told.contains(says), "{rev}: {told}");
            }
        }
    }

    #[test]
    fn a_name_leads_to_one_commit() {
        check("master", Ok('1'));
        check("heads/both", Ok('2'));
        check("tags/both", Ok('3'));
        check("same", Ok('4'));
        check("a/b", Ok('a'));
        check("aaaaaaa", Ok('a'));
        check("both", Err("several commits for `both`"));
        check("mastre", Err("did you mean `master`?"));
        check("aaaaaa", Err("give all 40 digits"));
        check("bbbbbbb", Err("no branch and no tag `bbbbbbb`"));
    }
}
