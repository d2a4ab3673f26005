//! The graph of a lock.

use super::{Edge, Graph, Kind, Node};
use crate::model::{Decision, Lock, LockedPackage, LockedRequirement};
use crate::python::PyName;
use crate::scaffold::{Catalogue, Group};
use std::collections::{BTreeMap, BTreeSet};

/// The graph of everything that is locked: the environment over its packages and libraries, and what each requires.
pub fn of_lock(lock: &Lock, catalogue: &Catalogue) -> Graph {
    let mut graph = Graph {
        title: format!("{} {}", catalogue.upstream.name, lock.release.version),
        categories: catalogue
            .category
            .iter()
            .map(|category| (category.name.clone(), category.title.clone()))
            .collect(),
        ..Graph::default()
    };
    let environment = &lock.environment;
    graph.nodes.insert(
        environment.name.clone(),
        node(&environment.name, "", Kind::Environment),
    );
    for (name, package) in &lock.packages {
        let known = catalogue.packages.get(name);
        let kind = known.map_or(Kind::Integration, |known| kind(known.group));
        let mut node = node(name.as_str(), &package.version, kind);
        node.category = known
            .map(|known| known.category.clone())
            .unwrap_or_default();
        graph.nodes.insert(name.to_string(), node);
        graph.add(&environment.name, name.as_str(), Edge::default());
    }
    for (name, third) in &lock.third_party {
        let node = node(name.as_str(), &third.package.version, Kind::ThirdParty);
        graph.nodes.insert(name.to_string(), node);
    }
    for (attribute, version) in &environment.libraries {
        let to = required(&mut graph, lock, attribute, version);
        graph.add(&environment.name, &to, Edge::default());
    }
    let taken = taken(lock);
    for (name, package) in all(lock) {
        for one in &package.requires {
            requirement(&mut graph, lock, name, one, None);
        }
        let extras = package.extras.iter();
        for (extra, members) in
            extras.filter(|(extra, _)| taken.contains(&(name.to_string(), (*extra).clone())))
        {
            for one in members {
                requirement(&mut graph, lock, name, one, Some(extra));
            }
        }
    }
    graph
}

/// Everything that has requirements.
fn all(lock: &Lock) -> impl Iterator<Item = (&PyName, &LockedPackage)> {
    let third = lock.third_party.iter();
    lock.packages
        .iter()
        .chain(third.map(|(name, third)| (name, &third.package)))
}

/// The extras that somebody takes: the environment, or a requirement.
fn taken(lock: &Lock) -> BTreeSet<(String, String)> {
    let environment = lock.environment_extras().flat_map(|spec| {
        let name = spec.name.to_string();
        let extras = spec.extras.into_iter();
        extras.map(move |extra| (name.clone(), extra.to_string()))
    });
    let lists: BTreeMap<&PyName, &LockedPackage> = all(lock).collect();
    let required = lists.values().flat_map(|package| {
        let extras = package.requires.iter();
        extras.flat_map(|one| {
            let name = one.attribute.clone();
            one.extras
                .iter()
                .map(move |extra| (name.clone(), extra.clone()))
        })
    });
    environment.chain(required).collect()
}

fn node(label: &str, version: &str, kind: Kind) -> Node {
    Node {
        label: label.to_owned(),
        version: version.to_owned(),
        kind,
        category: String::new(),
    }
}

fn kind(group: Group) -> Kind {
    match group {
        Group::Core => Kind::Core,
        Group::Integration => Kind::Integration,
        Group::Tool | Group::Support => Kind::Tool,
    }
}

/// One requirement of a package, or of an extra of it.
fn requirement(
    graph: &mut Graph,
    lock: &Lock,
    package: &PyName,
    one: &LockedRequirement,
    extra: Option<&String>,
) {
    if matches!(one.decision, Decision::Excluded | Decision::Removed) {
        return;
    }
    let to = required(graph, lock, &one.attribute, &one.index);
    // An extra can name its own package: `package[all]` requires `package[one]`.
    if to == package.as_str() {
        return;
    }
    let systems = one.systems.iter().map(ToString::to_string);
    let edge = Edge {
        extras: one.extras.iter().cloned().collect(),
        only: systems
            .chain(extra.map(|extra| format!("the extra {extra}")))
            .collect(),
    };
    graph.add(package.as_str(), &to, edge);
}

/// The node of an attribute: something that is built here, or else of nixpkgs.
fn required(graph: &mut Graph, lock: &Lock, attribute: &str, version: &str) -> String {
    let here = attribute.parse::<PyName>().is_ok_and(|name| {
        lock.packages.contains_key(&name) || lock.third_party.contains_key(&name)
    });
    if here {
        return attribute.to_owned();
    }
    let name = format!("nixpkgs:{attribute}");
    graph
        .nodes
        .entry(name.clone())
        .or_insert_with(|| node(attribute, version, Kind::Nixpkgs));
    name
}
