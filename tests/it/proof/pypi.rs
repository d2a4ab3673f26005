//! Both ways of reading a release, compared for every package of several releases: sdists as source trees, and wheels.
//!
//! It writes nothing, and needs the package index.

use super::wanted;
use floxwright::outside::archive::Wheel;
use floxwright::outside::http::Client;
use floxwright::outside::pypi::{Index, Wanted, Wheels, default_address};
use floxwright::python::{Metadata, PyName, Version, console_scripts};
use floxwright::scaffold::release::Release;
use floxwright::scaffold::{Scaffold, built_in};
use floxwright::source_tree::{self, Built, SourceTree};
use std::collections::BTreeSet;

/// The releases: before and after each change of the build systems, ready-made or not.
const RELEASES: [&str; 6] = [
    "1.9.11", "1.11.16", "1.12.0", "1.12.14", "1.12.22", "1.13.27",
];

/// A release that upstream withdrew.
const WITHDRAWN: &str = "1.12.16";

/// Packages that were in the monorepo at one of these releases, and are in no catalogue any more.
const FORMER: [&str; 6] = [
    "dagit",
    "dagster-blueprints",
    "dagster-embedded-elt",
    "dagster-polars",
    "dagster-sdf",
    "dagster-shell",
];

fn scaffold() -> Scaffold {
    Scaffold::load("dagster", &built_in("dagster").unwrap()).unwrap()
}

/// The packages of a release that are on the index, on whichever track.
fn members(index: &Index, scaffold: &Scaffold, release: &Version) -> Vec<Wanted> {
    let known = scaffold.catalogue.packages.keys().cloned();
    let former = FORMER.iter().map(|name| name.parse::<PyName>().unwrap());
    let names: BTreeSet<PyName> = known.chain(former).collect();
    let tracks = scaffold.catalogue.tracks.values();
    let versions: Vec<Version> = tracks.map(|rule| rule.apply(release).unwrap()).collect();
    let wanted = names.into_iter().filter_map(|name| {
        let published = index.versions(&name).unwrap();
        let version = published
            .into_iter()
            .map(|(version, _)| version)
            .find(|version| versions.contains(version))?;
        Some(Wanted {
            name,
            version,
            guards: Vec::new(),
        })
    });
    wanted.collect()
}

/// The number of requirements of a package, and what differs.
fn compare(
    wanted: &Wanted,
    (tree, folder): &(SourceTree, String),
    wheel: &Wheel,
) -> (usize, Vec<String>) {
    let facts = match source_tree::read(tree, folder) {
        Ok(Some(facts)) => facts,
        Ok(None) => return (0, vec![format!("{folder}: there is no package")]),
        Err(problems) => {
            return (
                0,
                problems
                    .iter()
                    .map(|problem| format!("{problem:?}"))
                    .collect(),
            );
        }
    };
    let metadata = Metadata::parse(&wheel.metadata).unwrap();
    let built = Built {
        metadata: &metadata,
        programs: &console_scripts(&wheel.entry_points),
        modules: &wheel.modules,
    };
    let comparison = source_tree::compare(&facts, &built);
    assert_eq!(
        (&facts.name, &facts.version),
        (&wanted.name, &wanted.version)
    );
    let differences = comparison.differences.iter().map(|problem| {
        let line = problem.span.as_ref().map_or(0, |span| span.line_column().0);
        let file = problem.span.as_ref().map_or("", |span| &span.origin);
        format!("{file}:{line}: {}", problem.message)
    });
    (comparison.requirements, differences.collect())
}

/// Where a carried release has requirements in another spelling than a release read from the tree would have.
fn spelled(
    carried: &Release,
    wanted: &Wanted,
    (tree, folder): &(SourceTree, String),
) -> Option<String> {
    let facts = source_tree::read(tree, folder).ok()??;
    let package = carried.packages.get(&wanted.name)?;
    // Where requirements depend on the Python, the tree says more than the wheel.
    let same = (&facts.requires, &facts.extras) == (&package.requires, &package.extras);
    (!same && facts.pythons.is_empty()).then(|| format!("{folder}: {facts:?}"))
}

#[test]
fn live_both_ways_of_reading_a_release_agree() {
    if !wanted("pypi") {
        return;
    }
    let scaffold = scaffold();
    let index = Index::new(Client::default(), &default_address()).with_wheels(Wheels::Parts);
    let (mut packages, mut requirements, mut differences) = (0, 0, Vec::new());
    for release in RELEASES {
        let members = members(&index, &scaffold, &release.parse().unwrap());
        assert!(
            members.len() > 60,
            "{release} has only {} packages",
            members.len()
        );
        let sources = index.sources(&members).unwrap();
        let wheels = index.wheels(&members).unwrap();
        let carried = scaffold.release(release);
        let mut here = 0;
        for ((wanted, source), wheel) in members.iter().zip(&sources).zip(&wheels) {
            let (count, found) = compare(wanted, source, wheel);
            here += count;
            differences.extend(carried.and_then(|carried| spelled(carried, wanted, source)));
            differences.extend(found);
        }
        println!("{release}: {} packages, {here} requirements", members.len());
        packages += members.len();
        requirements += here;
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    println!(
        "{} releases, {packages} packages, {requirements} requirements: no difference",
        RELEASES.len()
    );
    assert!(packages > 400 && requirements > 2_500);
}

#[test]
fn live_a_withdrawn_release_is_refused() {
    if !wanted("pypi") {
        return;
    }
    let index = Index::new(Client::default(), &default_address());
    let members = members(&index, &scaffold(), &WITHDRAWN.parse().unwrap());
    let error = index.sources(&members).unwrap_err().to_string();
    assert!(
        error.contains(WITHDRAWN) && error.contains("upstream withdrew it (yanked)"),
        "{error}"
    );
}
