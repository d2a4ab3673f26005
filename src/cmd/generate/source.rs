//! Where a template comes from: what a person says for it, and the place that it means.

use super::configuration::{Configuration, Favorite};
use crate::cmd::git_address::is_git_address;
use crate::diagnostic::did_you_mean;
use crate::outside::git_clone::At;
use crate::scaffold::plain_names;
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// Favorites may name favorites, but not for ever.
const DEEPEST: u8 = 8;

/// The place of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A directory; the path is as it was said, from the working directory.
    Directory(PathBuf),
    /// A git repository, by its address.
    Git(String),
    /// A plain template in the program, by its name.
    BuiltIn(String),
}

impl Place {
    /// The place taken as a path.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Directory(path) => path,
            Self::Git(text) | Self::BuiltIn(text) => Path::new(text),
        }
    }
}

/// What the command line says of the template.
pub(super) struct Source<'a> {
    pub(super) place: Place,
    pub(super) at: At,
    pub(super) subfolder: Option<String>,
    pub(super) favorite: Option<&'a Favorite>,
    /// What was taken for something else than a favorite.
    pub(super) note: Option<String>,
}

impl Source<'_> {
    /// The place as a person reads it.
    pub(super) fn name(&self) -> String {
        match &self.place {
            Place::Directory(path) => path.display().to_string(),
            Place::Git(text) | Place::BuiltIn(text) => text.clone(),
        }
    }
}

/// Which template the command line means. `is_directory` looks at a path from the working directory.
pub(super) fn source<'a>(
    matches: &ArgMatches,
    configuration: &'a Configuration,
    is_directory: &dyn Fn(&Path) -> bool,
) -> Source<'a> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let classify = |name: &str| classify(name, configuration, is_directory, 0);
    let is_named = ["git", "path", "favorite"]
        .iter()
        .any(|flag| matches.contains_id(flag));
    let subfolder = text(if is_named { "template" } else { "subfolder" });
    let at = at(matches);
    let plain = |place, note| Source {
        place,
        at: at.clone().unwrap_or_default(),
        subfolder: subfolder.clone(),
        favorite: None,
        note,
    };
    if let Some(address) = text("git") {
        // What is on this machine is copied by git, too, so that branches and tags count.
        let place = match classify(&address) {
            Place::Directory(path) => Place::Git(path.to_string_lossy().into_owned()),
            other => other,
        };
        return plain(place, None);
    }
    if let Some(path) = text("path") {
        return plain(Place::Directory(path.into()), None);
    }
    let name = text("favorite").or_else(|| text("template"));
    let Some(name) = name else {
        // `--test` alone means the working directory.
        return plain(Place::Directory(".".into()), None);
    };
    if let Some(favorite) = configuration.favorites.get(&name) {
        return Source {
            place: place_of(favorite, configuration, is_directory, 0),
            at: at.unwrap_or_else(|| at_of(favorite)),
            subfolder: subfolder.or_else(|| favorite.subfolder.clone()),
            favorite: Some(favorite),
            note: None,
        };
    }
    // cargo-generate knows no such template.
    if plain_names().contains(&name.as_str()) && !matches.get_flag("compat") {
        return plain(Place::BuiltIn(name), None);
    }
    let place = classify(&name);
    let note = match &place {
        Place::Git(address) | Place::BuiltIn(address) => format!("git repository: {address}"),
        Place::Directory(path) => format!("local path: {}", path.display()),
    };
    plain(
        place,
        Some(format!(
            "Favorite `{name}` not found in config, using it as a {note}"
        )),
    )
}

/// The favorite that was nearly named, for a hint.
pub(super) fn near<'a>(name: &str, configuration: &'a Configuration) -> Option<&'a str> {
    did_you_mean(name, configuration.favorites.keys().map(String::as_str))
}

/// What of the history the command line wants.
pub(super) fn at(matches: &ArgMatches) -> Option<At> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let branch = text("branch").map(At::Branch);
    let tag = || text("tag").map(At::Tag);
    let revision = || text("revision").map(At::Revision);
    branch.or_else(tag).or_else(revision)
}

/// The closest that a favorite says: a commit, else a tag, else a branch.
fn at_of(favorite: &Favorite) -> At {
    let revision = favorite.revision.clone().map(At::Revision);
    let tag = favorite.tag.clone().map(At::Tag);
    let branch = favorite.branch.clone().map(At::Branch);
    revision.or(tag).or(branch).unwrap_or_default()
}

fn place_of(
    favorite: &Favorite,
    configuration: &Configuration,
    is_directory: &dyn Fn(&Path) -> bool,
    depth: u8,
) -> Place {
    match (&favorite.git, &favorite.path) {
        (Some(address), _) => match classify(address, configuration, is_directory, depth + 1) {
            Place::Directory(path) => Place::Git(path.to_string_lossy().into_owned()),
            other => other,
        },
        (None, path) => Place::Directory(path.clone().unwrap_or_default()),
    }
}

/// The place that a text means: a favorite, a host's abbreviation, an address, a directory, `owner/repo`; else what git makes of it.
fn classify(
    text: &str,
    configuration: &Configuration,
    is_directory: &dyn Fn(&Path) -> bool,
    depth: u8,
) -> Place {
    if let Some(favorite) = configuration.favorites.get(text)
        && depth <= DEEPEST
    {
        return place_of(favorite, configuration, is_directory, depth);
    }
    if let Some(address) = of_host(text) {
        return Place::Git(address);
    }
    if is_git_address(text) {
        return Place::Git(text.to_owned());
    }
    let path = Path::new(text);
    if path.is_absolute() || is_directory(path) {
        return Place::Directory(path.to_owned());
    }
    Place::Git(if is_owner_and_name(text) {
        format!("https://github.com/{text}.git")
    } else {
        text.to_owned()
    })
}

/// `gh:owner/repo` and its like.
fn of_host(text: &str) -> Option<String> {
    let (host, rest) = text.split_once(':')?;
    match host {
        "gh" => Some(format!("https://github.com/{rest}.git")),
        "gl" => Some(format!("https://gitlab.com/{rest}.git")),
        "bb" => Some(format!("https://bitbucket.org/{rest}.git")),
        "sr" => Some(format!(
            "https://git.sr.ht/~{}",
            rest.trim_start_matches('~')
        )),
        _ => None,
    }
}

fn is_owner_and_name(text: &str) -> bool {
    let word = |word: &str| {
        let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        !word.is_empty() && word.chars().all(letter)
    };
    text.split_once('/')
        .is_some_and(|(owner, name)| word(owner) && word(name) && !owner.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_says_means_a_place() {
        let configuration: Configuration = toml::from_str(
            "[favorites]\none = { git = 'gh:a/one' }\ntwo = { path = 'two-dir' }\nagain = { git = 'one' }\nround = { git = 'round' }\n",
        )
        .unwrap();
        let is_directory = |path: &Path| path == Path::new("here/there");
        let git = |address: &str| Place::Git(address.to_owned());
        for (text, expected) in [
            ("one", git("https://github.com/a/one.git")),
            ("again", git("https://github.com/a/one.git")),
            ("round", git("round")),
            ("two", Place::Directory("two-dir".into())),
            ("gl:a/b", git("https://gitlab.com/a/b.git")),
            ("bb:a/b", git("https://bitbucket.org/a/b.git")),
            ("sr:a/b", git("https://git.sr.ht/~a/b")),
            ("sr:~a/b", git("https://git.sr.ht/~a/b")),
            ("https://example.org/a", git("https://example.org/a")),
            ("git@example.org:a/b.git", git("git@example.org:a/b.git")),
            ("/abs/there", Place::Directory("/abs/there".into())),
            ("here/there", Place::Directory("here/there".into())),
            ("a/b", git("https://github.com/a/b.git")),
            ("./a", git("./a")),
            ("a/b/c", git("a/b/c")),
            ("word", git("word")),
        ] {
            assert_eq!(
                classify(text, &configuration, &is_directory, 0),
                expected,
                "{text}"
            );
        }
    }
}
