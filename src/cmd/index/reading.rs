//! Reading what a nixpkgs has of the distributions that can be required.

use super::{Place, with_file};
use crate::cmd::Context;
use crate::cmd::repository::Repository;
use crate::cmd::scaffolds::chain;
use crate::cmd::upstream::provided;
use crate::diagnostic::Failure;
use crate::nixpkgs::{Found, INDEX_SCHEMA, Refreshed, attributes};
use crate::outside::channel;
use crate::outside::nix::{Nixpkgs, look};
use crate::python::{PyName, Requirement};
use std::collections::{BTreeMap, BTreeSet};

/// Variable that names where the channels are.
const CHANNELS_VARIABLE: &str = "FLOXWRIGHT_CHANNELS";

/// Reads what a nixpkgs has of the distributions that can be required.
pub(in crate::cmd) fn read(
    place: &Place,
    repository: &Repository,
    context: &Context<'_>,
) -> Result<Refreshed, Failure> {
    let names = wanted(repository, context)?;
    let set = repository.intent.python.packages();
    let (source, revision, packages) = match &place.nixpkgs {
        Some(given) => local(given, &set, &names, context)?,
        None => published(place, (&set, &names), context)?,
    };
    Ok(Refreshed {
        schema: INDEX_SCHEMA,
        source,
        revision,
        date: context.world.today(),
        python: repository.intent.python.to_string(),
        packages,
    })
}

type Read = (String, Option<String>, BTreeMap<PyName, Option<Found>>);

/// By Nix, from a directory or a flake.
fn local(
    given: &str,
    set: &str,
    names: &BTreeMap<PyName, Vec<String>>,
    context: &Context<'_>,
) -> Result<Read, Failure> {
    let path = context.path(given);
    let is_path = crate::disk::is_directory(&path);
    let (nixpkgs, source) = if is_path {
        (Nixpkgs::Path(&path), "a local nixpkgs".to_owned())
    } else {
        (Nixpkgs::Flake(given), given.to_owned())
    };
    let progress = context.ui.spinner("Nix looks into nixpkgs");
    let evaluated = look(nixpkgs, set, names, context.world).map_err(|error| {
        Failure::refused(format!("`{given}` cannot be looked into"))
            .because(chain(&error))
            .hint("`--nixpkgs` takes the directory of a nixpkgs, or a flake such as `github:NixOS/nixpkgs/nixos-unstable`")
    })?;
    drop(progress);
    Ok((source, evaluated.revision, evaluated.packages))
}

/// From the list that is published for a channel.
fn published(
    place: &Place,
    (set, names): (&str, &BTreeMap<PyName, Vec<String>>),
    context: &Context<'_>,
) -> Result<Read, Failure> {
    let (address, channel) = (place.address.as_deref(), place.channel.as_str());
    let base = context.world.var(CHANNELS_VARIABLE);
    let list = address.map_or_else(|| channel::address(base, channel), str::to_owned);
    let source = if address.is_some() {
        "a list of packages"
    } else {
        channel
    };
    let client = context.watched_client("reading the channel's list of packages")?;
    let listing = channel::packages(&client, &list, set).map_err(|error| {
        Failure::refused("the list of packages cannot be read")
            .because(chain(&error))
            .hint("`--nixpkgs PATH` asks a local Nix; `[nixpkgs.versions]` of `floxwright.toml` corrects single versions")
    })?;
    let revision = channel::revision(&client, &list);
    let found = names
        .iter()
        .map(|(name, attributes)| (name.clone(), listing.find(name, attributes)));
    Ok((source.to_owned(), revision, found.collect()))
}

/// The distributions that this upstream can require, and the attributes under which each may be.
fn wanted(
    repository: &Repository,
    context: &Context<'_>,
) -> Result<BTreeMap<PyName, Vec<String>>, Failure> {
    let built_in = with_file(None)?;
    let scaffold = provided(&repository.scaffold, &repository.intent, context)?;
    let known: BTreeMap<&PyName, Option<&str>> = built_in.looked_for().collect();
    let mut names: BTreeSet<PyName> = known.keys().map(|name| (*name).clone()).collect();
    let packages = scaffold
        .releases
        .values()
        .flat_map(|release| release.packages.values());
    for package in packages {
        let of_extras = package.extras.values().flatten();
        let all = package
            .requires
            .iter()
            .chain(of_extras)
            .chain(&package.build_requires);
        names.extend(all.map(|one| one.name().clone()));
    }
    names.extend(repository.intent.libraries.iter().cloned());
    let third_party = repository
        .lock
        .iter()
        .flat_map(|lock| lock.third_party.values());
    for locked in third_party.flat_map(|third| &third.package.requires) {
        let requirement = locked.requirement.parse::<Requirement>();
        names.extend(requirement.map(|one| one.name().clone()));
    }
    names.retain(|name| !scaffold.catalogue.packages.contains_key(name));
    let with_attributes = |name: PyName| {
        let attribute = known.get(&name).copied().flatten();
        let attributes = attributes(&name, attribute);
        (name, attributes)
    };
    Ok(names.into_iter().map(with_attributes).collect())
}
