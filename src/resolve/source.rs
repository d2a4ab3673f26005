//! Which release, and where its sources come from.

use super::Facts;
use crate::diagnostic::{Exit, Failure, did_you_mean};
use crate::model::{Intent, LockedRelease, LockedSource, Source};
use crate::scaffold::{Release, Scaffold};

/// The ready-made release of this name.
///
/// # Errors
/// A release that is withdrawn or incomplete, with the good one beside it, or that is not there.
pub fn find_release<'a>(wanted: &str, scaffold: &'a Scaffold) -> Result<&'a Release, Failure> {
    let catalogue = &scaffold.catalogue;
    let ready = scaffold.ready_made();
    let ready: Vec<String> = ready.map(|release| release.release.to_string()).collect();
    if let Some(yanked) = catalogue
        .yanked
        .iter()
        .find(|yanked| yanked.release == wanted)
    {
        return Err(Failure::invalid(format!(
            "`{wanted}` of {} cannot be packaged",
            catalogue.upstream.name
        ))
        .because(&yanked.because)
        .hint(format!(
            "upstream's good release beside it is {}",
            yanked.instead
        ))
        .hint(format!("ready-made here: {}", ready.join(", "))));
    }
    scaffold.release(wanted).ok_or_else(|| {
        let failure = Failure::new(
            Exit::Invalid,
            format!(
                "the release `{}` of {} is not ready-made",
                wanted.escape_debug(),
                catalogue.upstream.name
            ),
        );
        match did_you_mean(wanted, ready.iter().map(String::as_str)) {
            Some(near) => failure.hint(format!(
                "did you mean `{near}`? Ready-made: {}",
                ready.join(", ")
            )),
            None => failure.hint(format!("ready-made: {}", ready.join(", "))),
        }
    })
}

/// What is packaged: the release, or the commit that was read where a branch, tag or commit is named.
///
/// # Errors
/// As for [`find_release`]; a commit that nobody read.
pub(super) fn release_of<'a>(
    intent: &Intent,
    scaffold: &'a Scaffold,
) -> Result<&'a Release, Failure> {
    let release = find_release(&intent.release, scaffold)?;
    if intent.rev.is_empty() {
        return Ok(release);
    }
    let commit = scaffold.release_at(&intent.release, &intent.rev);
    commit.ok_or_else(|| Failure::refused(format!("what is at `{}` has not been read", intent.rev)))
}

/// A tag of a git repository on GitHub.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceTag {
    /// The repository's owner.
    pub owner: String,
    /// The repository's name.
    pub repo: String,
    /// The tag.
    pub tag: String,
}

impl SourceTag {
    /// Whether a locked source is this one.
    pub fn is_of(&self, source: &LockedSource) -> bool {
        (&self.owner, &self.repo, &self.tag) == (&source.owner, &source.repo, &source.tag)
    }

    /// The source, with the NAR hash of its tree.
    pub fn with_hash(self, hash: &str) -> LockedSource {
        LockedSource {
            owner: self.owner,
            repo: self.repo,
            tag: self.tag,
            rev: String::new(),
            hash: hash.to_owned(),
        }
    }
}

/// Where the sources come from.
#[derive(Debug)]
enum From {
    Sdists,
    Monorepo(LockedSource),
    /// The monorepo at a tag whose hash has to be found out first.
    Unknown(SourceTag),
}

/// Where the sources come from, and why.
#[derive(Debug)]
pub(super) struct Settled {
    from: From,
    because: String,
}

impl Settled {
    /// Whether the packages come from the monorepo.
    pub(super) fn is_monorepo(&self) -> bool {
        !matches!(self.from, From::Sdists)
    }

    /// The tag whose hash has to be found out.
    pub(super) fn unknown(&self) -> Option<SourceTag> {
        match &self.from {
            From::Unknown(tag) => Some(tag.clone()),
            _ => None,
        }
    }

    /// The release for the lock.
    pub(super) fn locked(self, release: &Release) -> LockedRelease {
        LockedRelease {
            version: release.release.to_string(),
            source: match self.from {
                From::Monorepo(source) => Some(source),
                _ => None,
            },
            because: self.because,
        }
    }
}

/// Settles where the sources come from: what was asked for; `auto` is the monorepo where the catalogue has its hash.
pub(super) fn settled(
    intent: &Intent,
    scaffold: &Scaffold,
    (release, facts): (&Release, &Facts),
) -> Settled {
    let version = release.release.to_string();
    let upstream = &scaffold.catalogue.upstream;
    if let Some(commit) = &release.commit {
        return Settled {
            from: From::Monorepo(LockedSource {
                owner: upstream.owner.clone(),
                repo: upstream.repo.clone(),
                tag: String::new(),
                rev: commit.commit.clone(),
                hash: commit.hash.clone(),
            }),
            because: format!("asked for: the monorepo at `{}`", commit.asked),
        };
    }
    let tag = SourceTag {
        owner: upstream.owner.clone(),
        repo: upstream.repo.clone(),
        tag: upstream.tag(&version),
    };
    let name = tag.tag.clone();
    let (from, because) = match (intent.source, scaffold.catalogue.source_hash(&version)) {
        (Source::Pypi, _) => (From::Sdists, "asked for: each package's sdist".to_owned()),
        (Source::Auto, None) => (
            From::Sdists,
            format!("the catalogue has no hash of the tree at the tag {name}"),
        ),
        (Source::Auto, Some(hash)) => (
            From::Monorepo(tag.with_hash(hash)),
            format!("the catalogue has the hash of the tree at the tag {name}"),
        ),
        (Source::Github, hash) => {
            let read = facts.source.as_ref().filter(|source| tag.is_of(source));
            let from = match (hash, read) {
                (Some(hash), _) => From::Monorepo(tag.with_hash(hash)),
                (None, Some(read)) => From::Monorepo(read.clone()),
                (None, None) => From::Unknown(tag),
            };
            let because = format!("asked for: the monorepo at the tag {name}");
            (from, because)
        }
    };
    Settled { from, because }
}
