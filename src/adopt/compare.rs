//! What is wrong with the packages as they are written, or other than it will be: one sentence each, with its place.

use super::compare_package::one;
use super::decide::Ground;
use super::evidence::Place;
use super::survey::{Read, Role};
use crate::python::{PyName, Version};
use crate::recipe::{Fetch, Gives, Hash};
use crate::tree::RelPath;

/// One thing that changes, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// One word for it.
    pub what: &'static str,
    /// What it is, for a person.
    pub text: String,
    /// Where it stands, if it stands anywhere.
    pub place: Option<Place>,
}

/// What changes about one package, or about everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrections {
    /// The package; `None` for what concerns all of them.
    pub package: Option<PyName>,
    /// The version that its file says.
    pub was: Option<String>,
    /// The version that it has.
    pub now: String,
    /// What changes.
    pub corrections: Vec<Correction>,
}

/// Compares the packages as they are written with the lock: first what concerns all of them, then each by name.
pub fn compare(ground: &Ground<'_>) -> Vec<Corrections> {
    let mut all = vec![Corrections {
        package: None,
        was: None,
        now: ground.lock.release.version.clone(),
        corrections: everything(ground),
    }];
    let built = ground.survey.built(ground.scaffold);
    for (name, package) in &ground.lock.packages {
        let places = built.get(name).map(Vec::as_slice).unwrap_or_default();
        let first = places.first();
        let mut corrections = Vec::new();
        match first {
            Some(built) => one(*built, name, package, ground, &mut corrections),
            None => corrections.push(Correction {
                what: "new",
                text: format!("it is not built here yet: {}", package.because),
                place: None,
            }),
        }
        all.push(Corrections {
            package: Some(name.clone()),
            was: first.and_then(|built| Some(built.build.version.as_ref()?.value.clone())),
            now: package.version.clone(),
            corrections,
        });
    }
    all.retain(|one| !one.corrections.is_empty());
    all
}

/// The source, the environment, the Python.
fn everything(ground: &Ground<'_>) -> Vec<Correction> {
    let mut found = Vec::new();
    for (path, read, fetch) in ground.survey.sources(ground.scaffold) {
        source(ground, path, read, fetch, &mut found);
    }
    for (path, read) in &ground.survey.recipes {
        if read.role == Role::Environment {
            environment(path, read, &mut found);
        }
    }
    let wanted = ground.intent.python.packages();
    let ours = ground
        .survey
        .recipes
        .iter()
        .filter(|(_, read)| read.is_ours());
    let other = ours.flat_map(|(path, read)| {
        let said = read.recipe.pythons.iter();
        said.map(move |said| (path, read, said))
    });
    let mut other = other.filter(|(_, _, said)| {
        said.value != wanted && said.value != ground.intent.python.to_string()
    });
    if let Some((path, read, said)) = other.next() {
        found.push(Correction {
            what: "python",
            text: format!("`{}` becomes `{wanted}`", said.value),
            place: Some(Place::of(path, &read.text, said.range.start)),
        });
    }
    found
}

/// What changes about a fetch of the monorepo.
fn source(
    ground: &Ground<'_>,
    path: &RelPath,
    read: &Read,
    fetch: &Fetch,
    found: &mut Vec<Correction>,
) {
    let place = |byte: usize| Some(Place::of(path, &read.text, byte));
    let locked = ground.lock.release.source.as_ref();
    let now = locked.map_or_else(
        || {
            let because = &ground.lock.release.because;
            format!("every package comes from its own sdist: {because}")
        },
        |source| format!("the {} stays where it is", source.told()),
    );
    if let Some(said) = &fetch.revision
        && locked.is_none_or(|source| source.reference().1 != said.value)
    {
        let is_tag = said.value.trim_start_matches('v').parse::<Version>();
        let moves = if is_tag.is_ok_and(|_| said.value.contains('.')) {
            ""
        } else {
            " is no release"
        };
        found.push(Correction {
            what: "revision",
            text: format!("`{}`{moves}: {now}", said.value),
            place: place(said.range.start),
        });
    }
    if let (Some(Hash::Text(hash)), Some(locked)) =
        (fetch.hash.as_ref().map(|said| &said.value), locked)
        && let Some(said) = fetch
            .revision
            .as_ref()
            .filter(|said| said.value == locked.tag)
        && *hash != locked.hash
    {
        found.push(Correction {
            what: "hash",
            text: format!("`{hash}` is not the hash of the tag, `{}`", locked.hash),
            place: place(said.range.start),
        });
    }
    let unusable = match fetch.hash.as_ref().map(|said| &said.value) {
        Some(Hash::Empty) => Some("empty"),
        Some(Hash::Fake) => Some("one that is known to be wrong"),
        None => Some("missing"),
        Some(Hash::Computed | Hash::Text(_)) => None,
    };
    if let Some(word) = unusable {
        let known = match locked {
            Some(source) => format!("the tag's is known, `{}`", source.hash),
            None => "each sdist's is known".to_owned(),
        };
        let at = fetch
            .hash
            .as_ref()
            .map_or(fetch.range.start, |said| said.range.start);
        found.push(Correction {
            what: "hash",
            text: format!("the hash is {word}: {known}"),
            place: place(at),
        });
    }
}

/// What changes about an environment.
fn environment(path: &RelPath, read: &Read, found: &mut Vec<Correction>) {
    let Gives::Environment(at) = read.recipe.gives else {
        return;
    };
    let Some(made) = read.recipe.environments.get(at) else {
        return;
    };
    let last = made.function.value.rsplit('.').next().unwrap_or_default();
    let mut all = read.recipe.environments.iter();
    let has_interpreter = all.any(|made| made.function.value.ends_with("withPackages"));
    if !has_interpreter && matches!(last, "buildEnv" | "symlinkJoin") {
        found.push(Correction {
            what: "closure",
            text: format!(
                "`{last}` only links files: no process that is started inside sees the other packages; `withPackages` gives them one interpreter"
            ),
            place: Some(Place::of(path, &read.text, made.range.start)),
        });
    }
}
