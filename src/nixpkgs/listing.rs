//! The Python set of one nixpkgs as a list, and finding distributions in it.

use super::Found;
use crate::python::PyName;
use std::collections::{BTreeMap, BTreeSet};

/// Flox's systems.
const SYSTEMS: [&str; 4] = [
    "aarch64-darwin",
    "aarch64-linux",
    "x86_64-darwin",
    "x86_64-linux",
];

/// One attribute of the Python set, as a list of nixpkgs' packages has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The attribute.
    pub attribute: String,
    /// The name that the package gives itself; empty where it gives none.
    pub name: String,
    /// Its version; empty where it gives none.
    pub version: String,
    /// Whether it is marked as broken.
    pub broken: bool,
    /// The systems that it names; `None` where it does not, or not plainly.
    pub platforms: Option<Vec<String>>,
}

/// A Python set.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    by_attribute: BTreeMap<String, Listed>,
    /// The first attribute of each name.
    by_name: BTreeMap<PyName, String>,
}

impl FromIterator<Listed> for Listing {
    fn from_iter<I: IntoIterator<Item = Listed>>(all: I) -> Self {
        let by_attribute: BTreeMap<String, Listed> = all
            .into_iter()
            .map(|one| (one.attribute.clone(), one))
            .collect();
        let mut by_name = BTreeMap::new();
        for (attribute, listed) in &by_attribute {
            if let Ok(name) = own_name(&listed.name).parse::<PyName>() {
                by_name.entry(name).or_insert_with(|| attribute.clone());
            }
        }
        Self {
            by_attribute,
            by_name,
        }
    }
}

impl Listing {
    /// How many attributes it has.
    pub fn len(&self) -> usize {
        self.by_attribute.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.by_attribute.is_empty()
    }

    /// A distribution: under one of the attributes, else under the name that the package gives itself.
    pub fn find(&self, name: &PyName, attributes: &[String]) -> Option<Found> {
        let mut attributes = attributes.iter();
        let listed = attributes
            .find_map(|attribute| self.by_attribute.get(attribute))
            .or_else(|| self.by_attribute.get(self.by_name.get(name)?))?;
        Some(Found {
            attribute: listed.attribute.clone(),
            version: Some(listed.version.clone()).filter(|version| !version.is_empty()),
            broken: listed.broken,
            unsupported: unsupported(listed.platforms.as_deref()),
            extras: None,
        })
    }
}

/// Flox's systems that are not among those that a package names.
pub fn unsupported(platforms: Option<&[String]>) -> BTreeSet<String> {
    let Some(platforms) = platforms else {
        return BTreeSet::new();
    };
    let missing = SYSTEMS
        .iter()
        .filter(|system| !platforms.iter().any(|platform| platform == *system));
    missing.map(|system| (*system).to_owned()).collect()
}

/// The attributes under which nixpkgs may have a distribution, the likeliest first.
pub fn attributes(name: &PyName, known: Option<&str>) -> Vec<String> {
    let plain = name.as_str();
    let guesses = [known.unwrap_or(plain), plain, &plain.replace('-', "_")].map(str::to_owned);
    let mut attributes = Vec::new();
    for guess in guesses {
        if !attributes.contains(&guess) {
            attributes.push(guess);
        }
    }
    attributes
}

/// A name without the interpreter's, which older lists put before it: `python3.13-click`.
fn own_name(name: &str) -> &str {
    let Some((first, rest)) = name.split_once('-') else {
        return name;
    };
    let version = first.strip_prefix("python3.");
    match version {
        Some(minor) if !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit()) => rest,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(attribute: &str, name: &str, version: &str) -> Listed {
        Listed {
            attribute: attribute.to_owned(),
            name: name.to_owned(),
            version: version.to_owned(),
            broken: false,
            platforms: None,
        }
    }

    fn check(name: &str, known: Option<&str>, expected: Option<(&str, Option<&str>)>) {
        let listing: Listing = [
            listed("click", "python3.13-click", "8.1.8"),
            listed("typing-extensions", "typing-extensions", "4.15.0"),
            listed("discordpy", "discord.py", "2.6"),
            listed("ruamel_yaml", "x", "1"),
            listed("flare", "flare-1.14", ""),
        ]
        .into_iter()
        .collect();
        let name: PyName = name.parse().unwrap();
        let found = listing.find(&name, &attributes(&name, known));
        let found = found
            .as_ref()
            .map(|found| (found.attribute.as_str(), found.version.as_deref()));
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn distributions_are_found_by_attribute_and_by_name() {
        check("Click", None, Some(("click", Some("8.1.8"))));
        check(
            "typing_extensions",
            None,
            Some(("typing-extensions", Some("4.15.0"))),
        );
        check("discord.py", None, Some(("discordpy", Some("2.6"))));
        check("ruamel.yaml", None, Some(("ruamel_yaml", Some("1"))));
        check("other", Some("click"), Some(("click", Some("8.1.8"))));
        check("flare", None, Some(("flare", None)));
        check("lkml", None, None);
    }

    #[test]
    fn names_lose_the_interpreter_and_nothing_else() {
        assert_eq!(own_name("python3.13-click"), "click");
        assert_eq!(own_name("python3.13-python-dateutil"), "python-dateutil");
        assert_eq!(own_name("python-dateutil"), "python-dateutil");
        assert_eq!(own_name("python3.x-click"), "python3.x-click");
        assert_eq!(own_name("click"), "click");
    }

    #[test]
    fn systems_that_are_not_named_are_not_supported() {
        let some = ["x86_64-linux", "aarch64-linux", "riscv64-linux"].map(str::to_owned);
        let missing = ["aarch64-darwin", "x86_64-darwin"].map(str::to_owned);
        assert_eq!(unsupported(Some(&some)), missing.into());
        assert_eq!(unsupported(None), BTreeSet::new());
    }
}
