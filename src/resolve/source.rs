//! Which release, and where its sources come from.

use crate::diagnostic::{Exit, Failure, did_you_mean};
use crate::model::{Intent, LockedRelease, LockedSource, Source};
use crate::scaffold::{Release, Scaffold};

/// The ready-made release of this name.
///
/// # Errors
/// A release that is withdrawn or incomplete, with the good one beside it, or that is not there.
pub fn find_release<'a>(wanted: &str, scaffold: &'a Scaffold) -> Result<&'a Release, Failure> {
    let catalogue = &scaffold.catalogue;
    let ready: Vec<String> = scaffold.releases.keys().map(ToString::to_string).collect();
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

/// Where the sources come from, and why.
pub(super) fn locked(
    intent: &Intent,
    scaffold: &Scaffold,
    release: &Release,
) -> Result<LockedRelease, Failure> {
    let version = release.release.to_string();
    let upstream = &scaffold.catalogue.upstream;
    let hash = scaffold.catalogue.source_hash(&version);
    let (source, because) = match (intent.source, hash) {
        (Source::Pypi, _) => (None, "asked for: each package's sdist".to_owned()),
        (Source::Auto, None) => (
            None,
            format!("the catalogue has no hash of the tree at the tag {version}"),
        ),
        (Source::Auto, Some(hash)) => (
            Some(hash),
            format!("the catalogue has the hash of the tree at the tag {version}"),
        ),
        (Source::Github, Some(hash)) => (
            Some(hash),
            format!("asked for: the monorepo at the tag {version}"),
        ),
        (Source::Github, None) => {
            return Err(Failure::refused(format!(
                "the hash of {}'s tree at the tag `{version}` is not known",
                upstream.name
            ))
            .because("the catalogue does not carry it, and nothing is downloaded here")
            .hint("`--source pypi` takes each package's sdist, whose hashes are known"));
        }
    };
    let source = source.map(|hash| LockedSource {
        owner: upstream.owner.clone(),
        repo: upstream.repo.clone(),
        tag: version.clone(),
        hash: hash.to_owned(),
    });
    Ok(LockedRelease {
        version,
        source,
        because,
    })
}
