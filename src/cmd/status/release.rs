//! The release of a repository, and the newest that is known without asking anybody.

use crate::cmd::Context;
use crate::cmd::repository::Repository;
use crate::python::Version;

/// What is known of the release.
pub(super) struct Releases {
    /// The repository's.
    pub(super) here: String,
    /// The newest that is known, and from where.
    pub(super) newest: Option<(String, &'static str)>,
    /// Why the repository's is refused, and which to take.
    pub(super) refused: Option<(String, String)>,
}

impl Releases {
    /// Whether a newer one is known.
    pub(super) fn is_behind(&self) -> bool {
        let newest = self.newest.as_ref().map(|(newest, _)| newest.parse());
        match (self.here.parse::<Version>(), newest) {
            (Ok(here), Some(Ok(newest))) => here < newest,
            _ => false,
        }
    }
}

/// Looks at what is ready-made and at what PyPI said when it was last asked.
pub(super) fn release(repository: &Repository, context: &Context<'_>) -> Releases {
    let scaffold = &repository.scaffold;
    let locked = repository.lock.as_ref();
    let here = locked.map_or(&repository.intent.release, |lock| &lock.release.version);
    let ready = scaffold.newest().map(|release| release.release.clone());
    let told = context.package_index().latest(&scaffold.catalogue).ok();
    let newest = match (ready, told) {
        (Some(ready), Some(told)) if told > ready => Some((told, "PyPI, when it was last asked")),
        (Some(ready), _) => Some((ready, "ready-made")),
        (None, told) => told.map(|told| (told, "PyPI, when it was last asked")),
    };
    let yanked = scaffold.catalogue.yanked.iter();
    let mut refused = yanked.filter(|yanked| yanked.release == *here);
    Releases {
        here: here.clone(),
        newest: newest.map(|(version, from)| (version.to_string(), from)),
        refused: refused
            .next()
            .map(|yanked| (yanked.because.clone(), yanked.instead.clone())),
    }
}
