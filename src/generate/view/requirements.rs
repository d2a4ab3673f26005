//! Requirements as the templates see them: lists for Nix, rows for the documents.

use super::View;
use crate::model::{Decision, LockedPackage, LockedRequirement, System};
use crate::nix::{is_identifier, nix_attr, nix_string};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The parts of a `dependencies` list: what every system needs, then what only some do.
#[derive(Serialize)]
pub(super) struct DependenciesView {
    #[serde(flatten)]
    always: ListView,
    conditional: Vec<ConditionalView>,
}

/// One list, each part sorted.
#[derive(Default, Serialize)]
struct ListView {
    /// Packages of this repository.
    siblings: Vec<String>,
    /// Attributes of the Python set.
    attributes: Vec<String>,
    /// `sibling.optional-dependencies.extra`
    sibling_extras: Vec<String>,
    /// `attribute.optional-dependencies.extra`, of the Python set.
    extras: Vec<String>,
}

#[derive(Serialize)]
struct ConditionalView {
    condition: String,
    /// Whether it is more than one list, joined.
    joined: bool,
    #[serde(flatten)]
    list: ListView,
}

/// What a list names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Sibling,
    Attribute,
    SiblingExtra,
    Extra,
}

impl ListView {
    fn add(&mut self, kind: Kind, name: String) {
        match kind {
            Kind::Sibling => self.siblings.push(name),
            Kind::Attribute => self.attributes.push(name),
            Kind::SiblingExtra => self.sibling_extras.push(name),
            Kind::Extra => self.extras.push(name),
        }
    }

    fn is_empty(&self) -> bool {
        self.parts() == 0
    }

    /// Of how many lists it is joined.
    fn parts(&self) -> usize {
        let plain = [&self.siblings, &self.attributes];
        let plain = plain.iter().any(|names| !names.is_empty());
        usize::from(plain) + self.sibling_extras.len() + self.extras.len()
    }

    /// Every attribute that it names, of the Python set or of this repository.
    fn names(&self) -> impl Iterator<Item = &str> {
        let extras = self.sibling_extras.iter().chain(&self.extras);
        let owners = extras.filter_map(|extra| extra.split_once(EXTRAS).map(|(owner, _)| owner));
        let plain = self.siblings.iter().chain(&self.attributes);
        plain.map(String::as_str).chain(owners)
    }
}

/// What stands between a package and its extra.
const EXTRAS: &str = ".optional-dependencies.";

impl DependenciesView {
    pub(super) fn is_empty(&self) -> bool {
        self.always.is_empty() && self.conditional.is_empty()
    }

    pub(super) fn is_conditional(&self) -> bool {
        !self.conditional.is_empty()
    }

    fn lists(&self) -> impl Iterator<Item = &ListView> {
        std::iter::once(&self.always).chain(self.conditional.iter().map(|part| &part.list))
    }

    /// Every attribute that the lists name, of the Python set or of this repository.
    pub(super) fn names(&self) -> BTreeSet<String> {
        let names = self.lists().flat_map(ListView::names);
        names.map(str::to_owned).collect()
    }

    /// Packages of this repository, as Nix attributes.
    pub(super) fn sibling_names(&self) -> Vec<String> {
        let names = self.lists().flat_map(|list| &list.siblings);
        names.cloned().collect()
    }
}

/// The lists for one set of requirements.
pub(super) fn dependencies(of: &View<'_>, requires: &[LockedRequirement]) -> DependenciesView {
    let set = of.intent.python.packages();
    // By what it is and its name: the systems that need it, and none of them for all.
    let mut wanted: BTreeMap<(Kind, String), BTreeSet<System>> = BTreeMap::new();
    let all = BTreeSet::new();
    for one in requires {
        let (kind, extra_kind, owner) = match one.decision {
            Decision::Excluded | Decision::Removed => continue,
            Decision::Sibling => {
                let name = nix_attr(&one.attribute);
                (Kind::Sibling, Kind::SiblingExtra, name)
            }
            Decision::Nixpkgs | Decision::Substituted | Decision::Added => {
                let name = within(&set, &one.attribute);
                (Kind::Attribute, Kind::Extra, name)
            }
        };
        let extras = one.extras.iter().map(|extra| {
            let name = format!("{}{EXTRAS}{}", nix_attr(&one.attribute), nix_attr(extra));
            (extra_kind, name)
        });
        for entry in std::iter::once((kind, owner)).chain(extras) {
            wanted
                .entry(entry)
                .and_modify(|systems| {
                    if systems.is_empty() || one.systems.is_empty() {
                        systems.clone_from(&all);
                    } else {
                        systems.extend(one.systems.iter().copied());
                    }
                })
                .or_insert_with(|| one.systems.clone());
        }
    }
    let mut always = ListView::default();
    let mut conditional: BTreeMap<String, ListView> = BTreeMap::new();
    for ((kind, name), systems) in wanted {
        if systems.is_empty() {
            always.add(kind, name);
        } else {
            let condition = condition(&systems, &of.intent.systems);
            conditional.entry(condition).or_default().add(kind, name);
        }
    }
    DependenciesView {
        always,
        conditional: conditional
            .into_iter()
            .map(|(condition, list)| ConditionalView {
                condition,
                joined: list.parts() > 1,
                list,
            })
            .collect(),
    }
}

/// Names that the generated files bind, which `with` does not shadow.
const LEXICAL: [&str; 9] = [
    "environment",
    "fetchFromGitHub",
    "fetchPypi",
    "lib",
    "pkgs",
    "release",
    "runCommand",
    "runtimeShell",
    "stdenv",
];

/// An attribute inside `with SET;`: a name that Nix takes only in quotes, or finds elsewhere, is selected from the set.
pub(super) fn within(set: &str, attribute: &str) -> String {
    if is_identifier(attribute) && !LEXICAL.contains(&attribute) {
        attribute.to_owned()
    } else {
        format!("{set}.{}", nix_attr(attribute))
    }
}

/// A Nix condition that holds on exactly these of the systems that there are. The operating system is named first, because that
/// is what markers mostly ask.
pub(super) fn condition(systems: &BTreeSet<System>, there: &BTreeSet<System>) -> String {
    const HOST: &str = "stdenv.hostPlatform";
    let kernels = [("isLinux", "linux"), ("isDarwin", "darwin")];
    let machines = [("isAarch64", "aarch64"), ("isx86_64", "x86_64")];
    let meant = |kernel: &str, machine: &str| {
        let hit = |system: &&System| {
            let name = system.name();
            name.ends_with(kernel) && name.starts_with(machine)
        };
        there.iter().filter(hit).eq(systems.iter())
    };
    for (test, kernel) in kernels {
        if meant(kernel, "") {
            return format!("{HOST}.{test}");
        }
    }
    for (test, kernel) in kernels {
        for (other, machine) in machines {
            if meant(kernel, machine) {
                return format!("({HOST}.{test} && {HOST}.{other})");
            }
        }
    }
    for (test, machine) in machines {
        if meant("", machine) {
            return format!("{HOST}.{test}");
        }
    }
    let names: Vec<String> = systems
        .iter()
        .map(|system| nix_string(system.name()))
        .collect();
    format!("(builtins.elem {HOST}.system [ {} ])", names.join(" "))
}

/// A row of the dependencies table.
#[derive(Serialize)]
pub(super) struct RowView {
    requirement: String,
    /// The required distribution, in the metadata's spelling.
    name: String,
    /// Systems on which it holds; empty for all.
    systems: Vec<String>,
    attribute: String,
    extra: Option<String>,
    index: String,
    read: String,
    decision: Decision,
    verdict: &'static str,
    reason: String,
}

/// All requirements of a package, those of its offered extras last.
pub(super) fn rows(of: &View<'_>, package: &LockedPackage) -> Vec<RowView> {
    let own = package.requires.iter().map(|one| row(of, one, None));
    let extras = package
        .extras
        .iter()
        .flat_map(|(extra, members)| members.iter().map(move |one| row(of, one, Some(extra))));
    own.chain(extras).collect()
}

fn row(of: &View<'_>, one: &LockedRequirement, extra: Option<&String>) -> RowView {
    let read = one
        .spelling
        .parse()
        .ok()
        .and_then(|name| of.index.read(&name))
        .unwrap_or_default();
    RowView {
        requirement: one.requirement.clone(),
        name: one.spelling.clone(),
        systems: one.systems.iter().map(ToString::to_string).collect(),
        attribute: one.attribute.clone(),
        extra: extra.cloned(),
        index: one.index.clone(),
        read: read.to_owned(),
        decision: one.decision,
        verdict: one.verdict(),
        reason: one.reason.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_hold_on_exactly_the_systems() {
        let default = "aarch64-darwin aarch64-linux x86_64-linux";
        let all = "aarch64-darwin aarch64-linux x86_64-darwin x86_64-linux";
        for (systems, there, expected) in [
            ("aarch64-linux x86_64-linux", default, "isLinux"),
            ("aarch64-darwin", default, "isDarwin"),
            ("x86_64-linux", default, "(isLinux && isx86_64)"),
            ("aarch64-linux", default, "(isLinux && isAarch64)"),
            ("aarch64-darwin aarch64-linux", default, "isAarch64"),
            (
                "aarch64-darwin x86_64-linux",
                default,
                "(builtins.elem system [ \"aarch64-darwin\" \"x86_64-linux\" ])",
            ),
            ("aarch64-darwin", all, "(isDarwin && isAarch64)"),
            ("x86_64-darwin x86_64-linux", all, "isx86_64"),
            (
                "aarch64-linux",
                "aarch64-linux x86_64-linux",
                "(isLinux && isAarch64)",
            ),
        ] {
            let set = |text: &str| -> BTreeSet<System> {
                let names = text.split(' ').map(|name| name.parse().unwrap());
                names.collect()
            };
            let found = condition(&set(systems), &set(there));
            let found = found.replace("stdenv.hostPlatform.", "");
            assert_eq!(found, expected, "{systems} of {there}");
        }
    }
}
