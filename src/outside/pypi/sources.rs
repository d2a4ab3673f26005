//! The two sides of a release as the index has them: sdists as source trees, and what is in the wheels.

use super::fetcher::Fetcher;
use super::read_error::collect;
use super::{Chosen, Index, ReadError, Wanted, artifact, in_file, url};
use crate::outside::archive::{Sdist, Wheel};
use crate::outside::source_archive::{Holds, read};
use crate::parallel::{WAITING, in_parallel};
use crate::scaffold::date::Date;
use crate::scaffold::release::Artifact;
use crate::source_tree::SourceTree;
use std::collections::BTreeMap;

/// What the index's page says of the files of a package; nothing of them is downloaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day of the first upload.
    pub uploaded: Date,
    /// The source distribution.
    pub sdist: Artifact,
    /// The wheel.
    pub wheel: Artifact,
}

impl Index {
    /// The files of each package, from the index's pages alone.
    ///
    /// # Errors
    /// Everything that is wrong with any of the packages.
    pub fn published(&self, wanted: &[Wanted]) -> Result<Vec<Published>, ReadError> {
        self.each(wanted, |_, chosen| {
            let uploaded = chosen.files.uploaded.parse();
            Ok(Published {
                uploaded: uploaded.map_err(|error| format!("its time of upload: {error}"))?,
                sdist: artifact(&chosen.files.sdist)?,
                wheel: artifact(&chosen.files.wheel)?,
            })
        })
    }

    /// The source tree of each package, from its sdist, and the folder in which it is there.
    ///
    /// # Errors
    /// Everything that is wrong with any of the packages.
    pub fn sources(&self, wanted: &[Wanted]) -> Result<Vec<(SourceTree, String)>, ReadError> {
        self.each(wanted, |fetcher, chosen| {
            let sdist = &chosen.files.sdist;
            let folder = sdist.filename.trim_end_matches(".tar.gz");
            let bytes = fetcher.file(&url(&chosen.page, sdist)?, sdist)?;
            let tree = read(bytes.as_slice(), Holds::Package(folder))
                .map_err(|error| in_file(&sdist.filename, &error))?;
            Ok((tree, folder.to_owned()))
        })
    }

    /// What is in the wheel of each package.
    ///
    /// # Errors
    /// Everything that is wrong with any of the packages.
    pub fn wheels(&self, wanted: &[Wanted]) -> Result<Vec<Wheel>, ReadError> {
        self.each(wanted, |fetcher, chosen| {
            let wheel = &chosen.files.wheel;
            fetcher.wheel(&url(&chosen.page, wheel)?, wheel)
        })
    }

    /// Which of the files asked for stand in the sdist of each package.
    ///
    /// # Errors
    /// Everything that is wrong with any of the packages.
    pub fn guarded(&self, wanted: &[Wanted]) -> Result<Vec<BTreeMap<String, bool>>, ReadError> {
        self.each(wanted, |fetcher, chosen| {
            let sdist = &chosen.files.sdist;
            let bytes = fetcher.file(&url(&chosen.page, sdist)?, sdist)?;
            let read = Sdist::read(&bytes, &chosen.wanted.guards);
            Ok(read
                .map_err(|error| in_file(&sdist.filename, &error))?
                .files)
        })
    }

    /// Does something with the files of each package, a few at a time.
    fn each<T: Send>(
        &self,
        wanted: &[Wanted],
        work: impl Fn(&Fetcher, &Chosen) -> Result<T, String> + Sync,
    ) -> Result<Vec<T>, ReadError> {
        let results = in_parallel(wanted, WAITING, |wanted| {
            let chosen = self.choose(wanted)?;
            work(&self.fetcher, &chosen)
        });
        collect(results, wanted)
    }
}
