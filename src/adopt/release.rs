//! Which release a repository packages, from its revisions and version texts.

use super::evidence::{Inference, Open, Place, Sure};
use super::infer::Look;
use crate::ask::{Field, Value};
use crate::python::Version;
use std::collections::BTreeMap;

/// What the files say of the release.
#[derive(Default)]
struct Said {
    /// Tags of the monorepo, each with where it stands.
    tags: BTreeMap<Version, Place>,
    /// Revisions that are no tags.
    moving: Vec<(String, Place)>,
    /// Versions of packages that are numbered like the release.
    versions: BTreeMap<Version, Place>,
}

/// The release, or what contradicts itself.
pub(super) fn release(look: &Look<'_>) -> Result<Inference, Open> {
    let said = said(look);
    let open = |versions: &BTreeMap<Version, Place>| Open {
        field: Field::Release,
        candidates: versions
            .iter()
            .map(|(version, place)| (version.to_string(), place.clone()))
            .collect(),
    };
    let found = match (said.tags.first_key_value(), said.moving.first()) {
        (Some(_), _) if said.tags.len() > 1 => return Err(open(&said.tags)),
        (Some((tag, place)), _) => told(
            tag,
            Sure::Certain,
            "the source is fetched at this tag",
            vec![place.clone()],
        ),
        (None, Some((revision, place))) => settled(look, revision, place, &said),
        (None, None) => match said.versions.first_key_value() {
            Some(_) if said.versions.len() > 1 => return Err(open(&said.versions)),
            Some((version, place)) => told(
                version,
                Sure::Certain,
                "the packages say so",
                vec![place.clone()],
            ),
            None => newest(look),
        },
    };
    Ok(good(look, found))
}

fn told(version: &Version, sure: Sure, because: &str, places: Vec<Place>) -> Inference {
    Inference {
        field: Field::Release,
        value: Value::one(version.to_string()),
        sure,
        because: because.to_owned(),
        places,
    }
}

/// A revision that is no tag: a commit is what its version says; a branch has moved on, and the nearest release that is carried takes
/// its place.
fn settled(look: &Look<'_>, revision: &str, place: &Place, said: &Said) -> Inference {
    let places = |more: Option<&Place>| {
        let mut places = vec![place.clone()];
        places.extend(more.cloned());
        places
    };
    let newest_said = said.versions.last_key_value();
    let is_commit = revision.len() >= 7 && revision.chars().all(|c| c.is_ascii_hexdigit());
    if let (true, Some((version, at))) = (is_commit, newest_said) {
        let because = format!("the commit `{revision}` is no release; the packages say this one");
        return told(version, Sure::Guess, &because, places(Some(at)));
    }
    let ready: Vec<&Version> = look
        .scaffold
        .ready_made()
        .map(|release| &release.release)
        .collect();
    let at_least = newest_said.and_then(|(said, _)| ready.iter().find(|one| **one >= said));
    let Some(chosen) = at_least.or(ready.last()) else {
        return newest(look);
    };
    let because = match newest_said {
        Some((said, _)) => format!(
            "`{revision}` moves and is no release; this is the nearest ready-made one that is not older than {said}, which the packages say"
        ),
        None => format!("`{revision}` moves and is no release; this is the newest ready-made one"),
    };
    told(
        chosen,
        Sure::Likely,
        &because,
        places(newest_said.map(|(_, at)| at)),
    )
}

fn newest(look: &Look<'_>) -> Inference {
    let newest = look
        .scaffold
        .newest()
        .map(|release| release.release.to_string());
    Inference {
        field: Field::Release,
        value: Value::one(newest.unwrap_or_default()),
        sure: Sure::Guess,
        because: "no file says one that can be read; this is the newest ready-made one".to_owned(),
        places: Vec::new(),
    }
}

/// A release that was withdrawn gives way to the one that took its place.
fn good(look: &Look<'_>, found: Inference) -> Inference {
    let catalogue = &look.scaffold.catalogue;
    let given = found.value.line();
    match catalogue.yanked.iter().find(|one| one.release == given) {
        Some(yanked) => Inference {
            value: Value::one(&yanked.instead),
            sure: Sure::Likely,
            because: format!("{given} is not to be packaged: {}", yanked.because),
            ..found
        },
        None => found,
    }
}

fn said(look: &Look<'_>) -> Said {
    let mut said = Said::default();
    for (path, read, fetch) in look.survey.sources(look.scaffold) {
        let Some(revision) = &fetch.revision else {
            continue;
        };
        let place = Place::of(path, &read.text, revision.range.start);
        let bare = revision.value.strip_prefix('v').unwrap_or(&revision.value);
        match bare.parse::<Version>() {
            // A commit may look like a number.
            Ok(version) if bare.contains('.') => {
                said.tags.entry(version).or_insert(place);
            }
            _ => said.moving.push((revision.value.clone(), place)),
        }
    }
    for (name, places) in look.survey.built(look.scaffold) {
        let track = look
            .scaffold
            .catalogue
            .packages
            .get(&name)
            .and_then(|package| look.scaffold.catalogue.tracks.get(&package.track));
        for built in places {
            let Some(text) = &built.build.version else {
                continue;
            };
            let place = built.place(text.range.start);
            let Ok(version) = text.value.parse::<Version>() else {
                continue;
            };
            // Only where the package is numbered like the release does its version say the release.
            let same = track.and_then(|rule| rule.apply(&version).ok());
            if same.as_ref() == Some(&version) {
                said.versions.entry(version).or_insert(place);
            } else if let Some(release) = look.release_of(&name, &version) {
                said.versions.entry(release).or_insert(place);
            }
        }
    }
    said
}
