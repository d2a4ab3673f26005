//! `circular-reference`: packages that need each other, in a round.

use crate::adopt::Read;
use crate::check::listing::listing;
use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use crate::recipe::Recipe;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    id: "circular-reference",
    severity: Severity::Critical,
    title: "packages need each other, in a round",
    text: Text {
        what: "A package's file takes another package for what it is built from, and that one leads back to it; or it takes its own name, which nixpkgs does not have.",
        why: "Each has to be evaluated before the other. Nix ends with `infinite recursion` or runs out of its stack, and Flox lists none of the packages.",
        mend: "Take out the requirement that leads back. Upstream's own metadata has no rounds, so one of them is too much.",
        example: "# acme.nix\n{ acme-graphql }: { dependencies = [ acme-graphql ]; }\n# acme-graphql.nix\n{ acme }: { dependencies = [ acme ]; }",
    },
    run,
};

/// Attributes that are evaluated only when somebody asks for them, or when tests run.
const LAZY: [&str; 6] = [
    "checkInputs",
    "meta",
    "nativeCheckInputs",
    "optional-dependencies",
    "passthru",
    "tests",
];

/// What each package needs of the others.
type Needs<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let listing = listing(&repository.survey.files);
    let mut files: BTreeMap<&str, (&crate::tree::RelPath, &Read)> = BTreeMap::new();
    for (name, path) in &listing.packages {
        let read = repository.survey.recipes.get(*path);
        if let Some(read) = read.filter(|read| read.recipe.fault.is_none() && !name.contains('.')) {
            files.insert(name, (path, read));
        }
    }
    let mut needs = Needs::new();
    for (name, (_, read)) in &files {
        let used = used(&read.recipe);
        let others = files.keys().filter(|other| used.contains(**other));
        needs.insert(name, others.copied().collect());
    }
    let mut found = Vec::new();
    let mut told: BTreeSet<BTreeSet<&str>> = BTreeSet::new();
    for (name, (path, read)) in &files {
        let Some(round) = round(name, &needs) else {
            continue;
        };
        if !told.insert(round.iter().copied().collect()) {
            continue;
        }
        let is_own = round.len() == 1;
        if is_own && !is_lacking(name, repository) {
            continue;
        }
        let next = round.get(1).copied().unwrap_or(name);
        let message = if is_own {
            format!("`{name}` takes `{name}`, which is itself: nixpkgs has none")
        } else {
            let names: Vec<String> = round.iter().map(|name| format!("`{name}`")).collect();
            format!("{} needs itself: {}", names[0], way(&names))
        };
        let said = read.recipe.arguments.iter().find(|said| said.value == next);
        let mut finding = RULE.found(message);
        finding.place = Some(match said {
            Some(said) => Place::new(path, &said.range),
            None => Place::file(path),
        });
        found.push(finding);
    }
    found
}

/// The names of a round in one line.
fn way(names: &[String]) -> String {
    let first = names.first().into_iter();
    let all: Vec<&str> = names.iter().chain(first).map(String::as_str).collect();
    all.join(" → ")
}

/// The names that a file needs to be evaluated.
fn used(recipe: &Recipe) -> BTreeSet<&str> {
    let arguments: BTreeSet<&str> = recipe
        .arguments
        .iter()
        .map(|said| said.value.as_str())
        .collect();
    let of_builds = recipe.builds.iter().flat_map(|build| &build.attributes);
    let all = of_builds.chain(&recipe.given.attributes);
    let (lazy, attributes): (Vec<_>, Vec<_>) =
        all.partition(|attribute| LAZY.contains(&attribute.name.as_str()));
    // What is made inside of something that nobody asks for is not made.
    let is_made = |range: &Range<usize>| {
        let mut lazy = lazy.iter();
        !lazy.any(|lazy| lazy.range.start <= range.start && range.end <= lazy.range.end)
    };
    let attributes = attributes.into_iter().filter(|one| is_made(&one.range));
    let needs = attributes.flat_map(|attribute| &attribute.needs);
    let made = recipe
        .environments
        .iter()
        .filter(|made| is_made(&made.range));
    let members = made.flat_map(|made| &made.members);
    let members = members.filter(|named| named.set.is_empty());
    let names = needs.chain(members.map(|named| &named.name));
    names
        .map(String::as_str)
        .filter(|name| arguments.contains(name))
        .collect()
}

/// Whether nothing of nixpkgs can be meant by the name.
fn is_lacking(name: &str, repository: &Repository<'_>) -> bool {
    let catalogue = &repository.scaffold.catalogue;
    name.parse()
        .is_ok_and(|name| catalogue.packages.contains_key(&name))
}

/// The shortest way from a package back to itself.
fn round<'a>(start: &'a str, needs: &Needs<'a>) -> Option<Vec<&'a str>> {
    let mut before: BTreeMap<&str, &'a str> = BTreeMap::new();
    let mut next = VecDeque::from([start]);
    while let Some(name) = next.pop_front() {
        for other in needs.get(name).into_iter().flatten() {
            if *other == start {
                let mut way = vec![name];
                while let Some(last) = way.last().filter(|last| **last != start) {
                    way.push(before.get(last)?);
                }
                way.reverse();
                return Some(way);
            }
            if !before.contains_key(other) {
                before.insert(other, name);
                next.push_back(other);
            }
        }
    }
    None
}
