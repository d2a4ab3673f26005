//! Which packages Flox finds below `.flox/pkgs`: by the names of files alone, as its own listing goes.

use crate::tree::{RelPath, Tree};
use std::collections::BTreeMap;

/// Where Flox looks.
const PACKAGES: &str = ".flox/pkgs/";

/// The file that makes a directory one package.
const DEFAULT: &str = "default.nix";

/// Flox takes every file whose name ends so for a flake, and no flake for a package.
const FLAKE: &str = "flake.nix";

/// What Flox finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listing<'a> {
    /// The packages by name, with dots between a set and what is in it.
    pub(super) packages: BTreeMap<String, &'a RelPath>,
    /// Files that it takes for flakes.
    pub(super) flakes: Vec<&'a RelPath>,
    /// Files that a directory of the same name hides.
    pub(super) hidden: Vec<&'a RelPath>,
    /// The file that makes one package of everything.
    pub(super) whole: Option<&'a RelPath>,
}

/// What Flox finds among files.
pub(super) fn listing(files: &Tree) -> Listing<'_> {
    let mut listing = Listing::default();
    let nix: Vec<(&RelPath, &str)> = files
        .paths()
        .filter(|path| path.extension() == Some("nix"))
        .filter_map(|path| Some((path, path.as_str().strip_prefix(PACKAGES)?)))
        .collect();
    for (path, place) in &nix {
        if *place == DEFAULT {
            listing.whole = Some(path);
            continue;
        }
        let (directory, name) = place.rsplit_once('/').unwrap_or(("", place));
        let top = package_directory(directory, files);
        if top.is_some_and(|top| top != directory || name != DEFAULT) {
            // It is a part of a package.
            continue;
        }
        if name.ends_with(FLAKE) {
            listing.flakes.push(path);
            continue;
        }
        let own = name.strip_suffix(".nix").unwrap_or(name);
        let below = format!("{}/", place.strip_suffix(".nix").unwrap_or(place));
        let package = if name == DEFAULT {
            directory.replace('/', ".")
        } else if nix.iter().any(|(_, other)| other.starts_with(&below)) {
            listing.hidden.push(path);
            continue;
        } else if directory.is_empty() {
            own.to_owned()
        } else {
            format!("{}.{own}", directory.replace('/', "."))
        };
        listing.packages.insert(package, path);
    }
    listing
}

/// The outermost directory on the way, the last one included, that is one package.
fn package_directory<'a>(directory: &'a str, files: &Tree) -> Option<&'a str> {
    let ends = directory.match_indices('/').map(|(at, _)| at);
    let mut ends = ends.chain([directory.len()]);
    ends.find_map(|end| {
        let directory = directory.get(..end).filter(|part| !part.is_empty())?;
        let path = format!("{PACKAGES}{directory}/{DEFAULT}").parse().ok()?;
        files.get(&path).map(|_| directory)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_decide() {
        let files: Vec<String> = [
            "a.nix",
            "b/default.nix",
            "b/part.nix",
            "b/deep/default.nix",
            "s/x.nix",
            "s/y/default.nix",
            "two.nix",
            "two/z.nix",
            "snowflake.nix",
            "b/flake.nix",
            "notes.md",
        ]
        .iter()
        .map(|name| format!("//- .flox/pkgs/{name}\n1\n"))
        .collect();
        let tree = Tree::from_fixture(&files.concat()).unwrap();
        let found = listing(&tree);
        let names: Vec<&str> = found.packages.keys().map(String::as_str).collect();
        assert_eq!(names, ["a", "b", "s.x", "s.y", "two.z"]);
        let paths =
            |paths: &[&RelPath]| -> Vec<String> { paths.iter().map(ToString::to_string).collect() };
        assert_eq!(paths(&found.flakes), [".flox/pkgs/snowflake.nix"]);
        assert_eq!(paths(&found.hidden), [".flox/pkgs/two.nix"]);
        assert_eq!(found.whole, None);
    }
}
