//! `release-refused`: a release that must not be packaged.

use crate::check::{Finding, Place, Repository, Rule, Severity, Text};

pub(super) static RULE: Rule = Rule {
    id: "release-refused",
    severity: Severity::Critical,
    title: "the packaged release was withdrawn, or is incomplete",
    text: Text {
        what: "The release that the repository packages was yanked by upstream, or lacks packages.",
        why: "What was wrong with it is wrong with what you build: a missing web UI, packages that do not fit each other.",
        mend: "Take the release that took its place: `floxwright update RELEASE` in a repository of floxwright.",
        example: "# 1.12.16 was withdrawn\ntag = \"1.12.16\";",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let catalogue = &repository.scaffold.catalogue;
    let mut found = Vec::new();
    for yanked in &catalogue.yanked {
        let places = places(&yanked.release, repository);
        if places.is_empty() && repository.subject.release != yanked.release {
            continue;
        }
        let finding = RULE
            .found(format!(
                "{} {} is not to be packaged: {}",
                catalogue.upstream.name, yanked.release, yanked.because
            ))
            .help(format!("take {}", yanked.instead));
        found.push(match places.into_iter().next() {
            Some(place) => finding.at(&place.path, &place.range()),
            None => finding,
        });
    }
    found
}

/// Where the files say a release: the source at its tag, and packages that are numbered like it.
fn places(release: &str, repository: &Repository<'_>) -> Vec<Place> {
    let mut places = Vec::new();
    let catalogue = &repository.scaffold.catalogue;
    let tag = catalogue.upstream.tag(release);
    for (path, _, fetch) in repository.survey.sources(repository.scaffold) {
        if let Some(said) = fetch.revision.as_ref().filter(|said| said.value == tag) {
            places.push(Place::new(path, &said.range));
        }
    }
    for package in &repository.packages {
        let fact = catalogue.packages.get(&package.name);
        let track = fact.and_then(|fact| catalogue.tracks.get(&fact.track));
        let version = package.build.version.as_ref();
        let Some((said, track)) = version.zip(track) else {
            continue;
        };
        let own = release
            .parse()
            .ok()
            .and_then(|release| track.apply(&release).ok());
        if own.is_some_and(|own| own.to_string() == said.value) && said.value == release {
            places.push(package.place(&said.range));
        }
    }
    places
}
