//! `release-mixed`: packages or sources of several releases.

use crate::adopt::Site;
use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use crate::python::Version;
use std::collections::BTreeMap;

pub(super) static RULE: Rule = Rule {
    id: "release-mixed",
    severity: Severity::High,
    title: "packages of several releases stand side by side",
    text: Text {
        what: "The packages' versions, or the tags of their sources, belong to more than one release of the monorepo.",
        why: "Packages of one monorepo pin each other exactly. A package of another release fails nixpkgs' check, or at import.",
        mend: "Take all of them from one release, with its hashes: `floxwright update` does it in a repository of floxwright.",
        example: "# acme.nix\nversion = \"1.12.0\";\n# acme-graphql.nix\nversion = \"1.11.9\";",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut said: BTreeMap<Version, Vec<(String, Place)>> = BTreeMap::new();
    for (path, _, fetch) in repository.survey.sources(repository.scaffold) {
        let Some(revision) = &fetch.revision else {
            continue;
        };
        let prefix = &repository.scaffold.catalogue.upstream.tag_prefix;
        let tag = revision.value.strip_prefix(prefix.as_str());
        // A commit may look like a number.
        let tag = tag
            .filter(|tag| tag.contains('.'))
            .and_then(|tag| tag.parse().ok());
        if let Some(version) = tag {
            let what = format!("the source at `{}`", revision.value);
            let place = Place::new(path, &revision.range);
            said.entry(version).or_default().push((what, place));
        }
    }
    for (name, sites) in repository.survey.built(repository.scaffold) {
        for Site { path, build, .. } in sites {
            let Some(version) = &build.version else {
                continue;
            };
            if let Some(release) = release_of(repository, &name, &version.value) {
                let what = format!("`{name}` {}", version.value);
                let place = Place::new(path, &version.range);
                said.entry(release).or_default().push((what, place));
            }
        }
    }
    mixed(&said, repository)
}

/// The release in which a package has a version.
fn release_of(
    repository: &Repository<'_>,
    name: &crate::python::PyName,
    version: &str,
) -> Option<Version> {
    let version: Version = version.parse().ok()?;
    let catalogue = &repository.scaffold.catalogue;
    let track = catalogue.tracks.get(&catalogue.packages.get(name)?.track)?;
    // Only where the package is numbered like the release does its version say the release.
    if track.apply(&version).ok().as_ref() == Some(&version) {
        return Some(version);
    }
    let known = repository.scaffold.releases.values();
    let mut of = known.filter(|release| {
        release
            .packages
            .get(name)
            .is_some_and(|package| package.version == version)
    });
    of.next().map(|release| release.release.clone())
}

/// What is not of the release that most are of.
fn mixed(
    said: &BTreeMap<Version, Vec<(String, Place)>>,
    repository: &Repository<'_>,
) -> Vec<Finding> {
    let wanted: Option<Version> = repository.subject.release.parse().ok();
    let is_said = wanted
        .as_ref()
        .is_some_and(|wanted| said.contains_key(wanted));
    let most = said.iter().max_by_key(|(_, all)| all.len());
    let Some(most) = most.map(|(version, _)| version) else {
        return Vec::new();
    };
    let most = wanted.as_ref().filter(|_| is_said).unwrap_or(most);
    let Some((usual, place)) = said.get(most).and_then(|all| all.first()) else {
        return Vec::new();
    };
    let others = said.iter().filter(|(version, _)| *version != most);
    others
        .flat_map(|(version, all)| all.iter().map(move |one| (version, one)))
        .map(|(version, (what, at))| {
            RULE.found(format!("{what} is of {version}, and others are of {most}"))
                .at(&at.path, &at.range())
                .note_at(format!("{usual} is of {most}"), place.clone())
                .help(format!("take everything from {most}, with its hashes"))
        })
        .collect()
}
