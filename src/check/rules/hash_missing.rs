//! `hash-missing`: a source without a hash, or with one that is known to be wrong.

use crate::adopt::Read;
use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use crate::nix::nix_string;
use crate::recipe::{Fetch, Hash};
use crate::tree::RelPath;
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    id: "hash-missing",
    severity: Severity::Critical,
    title: "a source has no hash, or one that is known to be wrong",
    text: Text {
        what: "A fetch has no hash, an empty one, or a placeholder such as `lib.fakeHash`; or a builder is told such a one for what it fetches itself, as `vendorHash` or `cargoHash`.",
        why: "Nix fetches it, refuses what came, and prints the right hash. Until that is written down nothing builds.",
        mend: "Write the hash. `floxwright hash` computes it without building.",
        example: "fetchFromGitHub {\n  owner = \"acme-io\";\n  repo = \"acme\";\n  tag = \"1.12.0\";\n  hash = \"\";\n}",
    },
    run,
};

/// Fetchers that take a hash of what they fetch.
const FETCHERS: [&str; 15] = [
    "fetchFromBitbucket",
    "fetchFromCodeberg",
    "fetchFromForgejo",
    "fetchFromGitHub",
    "fetchFromGitLab",
    "fetchFromGitea",
    "fetchFromSourcehut",
    "fetchPypi",
    "fetchgit",
    "fetchhg",
    "fetchpatch",
    "fetchpatch2",
    "fetchsvn",
    "fetchurl",
    "fetchzip",
];

/// Attributes that say a hash.
const HASHES: [&str; 8] = [
    "hash",
    "hashes",
    "md5",
    "narHash",
    "outputHash",
    "sha1",
    "sha256",
    "sha512",
];

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, read) in repository.recipes() {
        for fetch in &read.recipe.fetches {
            if !FETCHERS.contains(&fetch.function.as_str()) {
                continue;
            }
            let mut names = fetch
                .attributes
                .iter()
                .map(|attribute| attribute.name.as_str());
            let says_one = names.any(|name| HASHES.contains(&name));
            let (message, range) = match fetch.hash.as_ref().map(|said| (&said.value, &said.range))
            {
                Some((Hash::Empty, range)) => ("the hash is empty", range),
                Some((Hash::Fake, range)) => ("the hash is one that is known to be wrong", range),
                None if !says_one => ("this is fetched without a hash", &fetch.name_range),
                _ => continue,
            };
            let finding = RULE.found(message).at(path, range);
            let place = fetch
                .hash
                .as_ref()
                .map(|said| Place::new(path, &said.range));
            found.push(mended(finding, fetch, place, repository));
        }
        found.extend(of_builds(path, read));
    }
    found
}

/// Attributes by which a builder is told the hash of what it fetches itself.
const VENDORED: [&str; 7] = [
    "cargoHash",
    "mvnHash",
    "npmDepsHash",
    "outputHash",
    "pnpmDepsHash",
    "vendorHash",
    "yarnHash",
];

/// The hashes of what builders fetch by themselves that are empty or known to be wrong.
fn of_builds(path: &RelPath, read: &Read) -> Vec<Finding> {
    let recipe = &read.recipe;
    let of_builds = recipe.builds.iter().flat_map(|build| &build.attributes);
    let all = of_builds.chain(&recipe.given.attributes);
    let mut places: Vec<&Range<usize>> = all
        .filter(|attribute| VENDORED.contains(&attribute.name.as_str()))
        .map(|attribute| &attribute.range)
        .collect();
    places.sort_by_key(|range| range.start);
    places.dedup();
    let mut found = Vec::new();
    for range in places {
        let written = read.text.get(range.clone()).unwrap_or_default();
        let value = written.split_once('=').map_or("", |(_, value)| value);
        let value = value.trim_end_matches(';').trim();
        let last = value.rsplit('.').next().unwrap_or_default();
        let message = match (value, last) {
            ("\"\"", _) => "the hash is empty",
            (_, "fakeHash" | "fakeSha256" | "fakeSha512") => {
                "the hash is one that is known to be wrong"
            }
            _ => continue,
        };
        let finding = RULE.found(message).at(path, range);
        found.push(finding.help("an attempt to build tells it: `flox build`"));
    }
    found
}

/// The hash of the release's tag may be known.
fn mended(
    finding: Finding,
    fetch: &Fetch,
    place: Option<Place>,
    repository: &Repository<'_>,
) -> Finding {
    let catalogue = &repository.scaffold.catalogue;
    let release = &repository.subject.release;
    let is_release = fetch
        .revision
        .as_ref()
        .is_some_and(|said| said.value == catalogue.upstream.tag(release));
    if !repository.is_source(fetch) || !is_release {
        return finding.help("`nix-prefetch-url --unpack ADDRESS` or an attempt to build tells it");
    }
    match (catalogue.source_hash(release), place) {
        (Some(hash), Some(place)) => {
            finding.mended("write the hash of the tag", place, nix_string(hash))
        }
        _ => finding.help(format!(
            "`floxwright hash {release}` tells the hash of the tag"
        )),
    }
}
