//! An archive of the monorepo: downloaded once, hashed and read in one pass.

use super::{Context, scaffolds};
use crate::diagnostic::{Failure, Problem};
use crate::outside::download::{Download, Downloads};
use crate::outside::http::{HttpError, Reason};
use crate::outside::source_archive::{self, Holds};
use crate::scaffold::Catalogue;
use crate::source_tree::SourceTree;

/// How many of the problems or differences of a tree are told.
pub(super) const TOLD: usize = 5;

/// Which archive.
pub(super) struct Archive<'a> {
    /// Where it is.
    pub(super) url: &'a str,
    /// What names its content, where that is known: the commit.
    pub(super) commit: Option<&'a str>,
    /// What it is, for a bar: owner, repository and revision.
    pub(super) what: &'a str,
}

/// An archive that was read.
pub(super) struct Fetched {
    /// The hash of the tree, SRI.
    pub(super) hash: String,
    pub(super) tree: SourceTree,
    downloads: Downloads,
    download: Download,
}

impl Fetched {
    /// It is what was wanted: it is not downloaded again.
    pub(super) fn keep(self) -> (String, SourceTree) {
        self.downloads.remember(&self.download);
        (self.hash, self.tree)
    }
}

impl Archive<'_> {
    /// Downloads it, hashes it and reads the packages of the catalogue. `refused` says what could not be downloaded.
    ///
    /// # Errors
    /// What cannot be downloaded, and what is no tree.
    pub(super) fn fetch(
        &self,
        catalogue: &Catalogue,
        refused: impl FnOnce(HttpError) -> Failure,
        context: &Context<'_>,
    ) -> Result<Fetched, Failure> {
        let downloads = context.watched_downloads(self.what);
        let download = downloads.get(self.url, self.commit).map_err(refused)?;
        let _progress = context.ui.spinner(&format!("hashing {}", self.what));
        let packages = catalogue.packages.values();
        let folders: Vec<&str> = packages.map(|package| package.path.as_str()).collect();
        let read =
            source_archive::hash_and_read(&|| download.file.open(), Holds::Packages(&folders));
        let (hash, tree) = read.map_err(|error| {
            Failure::refused(format!("what `{}` gives is not the monorepo", self.url))
                .because(scaffolds::chain(&error))
        })?;
        Ok(Fetched {
            hash: hash.sri,
            tree,
            downloads,
            download,
        })
    }
}

/// Why it could not be downloaded. `offline` is what to say where nobody may be asked.
pub(super) fn because(failure: Failure, error: HttpError, offline: &str) -> Failure {
    match error.reason {
        Reason::Offline => failure.because(offline),
        _ => failure.because(error),
    }
}

/// The first of the problems, and how many there are besides.
pub(super) fn some_of(mut problems: Vec<Problem>) -> Vec<Problem> {
    let more = problems.len().saturating_sub(TOLD);
    problems.truncate(TOLD);
    if more > 0 {
        problems.push(Problem::new(format!("and {more} more of the kind")));
    }
    problems
}
