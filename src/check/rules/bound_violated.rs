//! `bound-violated`: nixpkgs has a version that the release does not allow.

use crate::check::mend_list::relaxed;
use crate::check::{Fate, Finding, Package, Repository, Rule, Severity, Text, Wanted};
use crate::python::{Verdict, Version, verdict};
use crate::recipe::Format;

pub(super) static RULE: Rule = Rule {
    id: "bound-violated",
    severity: Severity::High,
    title: "nixpkgs has a version that the release does not allow, and nothing is relaxed",
    text: Text {
        what: "By the index of nixpkgs, a required distribution has a version outside of what the release allows, and the file neither relaxes the bound nor removes the requirement.",
        why: "nixpkgs compares the versions with the metadata at the end of the build, and ends it: `foo<7 not satisfied by version 7.34`.",
        mend: "Relax an upper bound where nixpkgs is past it, by a condition that Nix decides. What is older than a lower bound has to be had in another version: `[override]` in `floxwright.toml`.",
        example: "# the release says protobuf<7, and nixpkgs has 7.34\ndependencies = with python313Packages; [ protobuf ];",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in repository.packages.iter().filter(|one| is_compared(one)) {
        for wanted in package
            .wanted
            .iter()
            .filter(|one| one.fate == Fate::Nixpkgs)
        {
            let Some(version) = &wanted.version else {
                continue;
            };
            let is_there = package.names(wanted) && !is_treated(package, wanted);
            let is_other = repository
                .subject
                .tables
                .overrides
                .contains_key(wanted.requirement.name());
            match verdict(wanted.requirement, version) {
                Verdict::Satisfied => {}
                _ if !is_there || is_other => {}
                verdict => found.push(violated(package, wanted, (verdict, version), repository)),
            }
        }
    }
    found
}

/// Whether nixpkgs compares what is there with the metadata.
fn is_compared(package: &Package<'_>) -> bool {
    let format = package.build.format.as_ref().map(|said| &said.value);
    let is_new = matches!(format, Some(Format::Pyproject(true)));
    is_new && package.build.attribute("dontCheckRuntimeDeps").is_none()
}

/// Whether the file relaxes or removes a requirement already, or cannot be read so far.
fn is_treated(package: &Package<'_>, wanted: &Wanted<'_>) -> bool {
    let build = package.build;
    let mut all = build.relaxes.iter().chain(&build.removes);
    let is_open = ["pythonRelaxDeps", "pythonRemoveDeps"].iter().any(|name| {
        let place = build.attribute(name).map(|attribute| &attribute.range);
        let mut unread = build.unread.iter();
        place.is_some_and(|place| {
            unread.any(|range| place.start <= range.start && range.end <= place.end)
        })
    });
    is_open
        || is_patched(package, wanted)
        || all.any(|one| one.name == "*" || wanted.is_called(&one.name))
}

/// Whether a phase that changes the source names the requirement: `substituteInPlace` takes the bound out as well.
fn is_patched(package: &Package<'_>, wanted: &Wanted<'_>) -> bool {
    let spelling = wanted.requirement.spelling().to_lowercase();
    let phases = ["patchPhase", "postPatch", "prePatch"];
    let mut phases = phases
        .iter()
        .filter_map(|name| package.build.attribute(name));
    phases.any(|phase| {
        let text = package.read.text.get(phase.range.clone());
        text.is_some_and(|text| text.to_lowercase().contains(&spelling))
    })
}

fn violated(
    package: &Package<'_>,
    wanted: &Wanted<'_>,
    (verdict, version): (Verdict, &Version),
    repository: &Repository<'_>,
) -> Finding {
    let attribute = &wanted.attribute;
    let place = package.named().find(|(_, name)| wanted.is_called(name));
    let place = place.map_or_else(
        || package.requirements_place(),
        |(named, _)| named.range.clone(),
    );
    let finding = RULE
        .found(format!(
            "`{}` requires `{}`, and nixpkgs has {attribute} {version}",
            package.name,
            wanted.requirement.raw()
        ))
        .at(package.path, &place)
        .note(format!(
            "by the index of nixpkgs: {}",
            repository.index.stamp()
        ));
    if verdict != Verdict::AboveUpper {
        return finding.help(format!(
            "a lower bound is not to be relaxed: take another version of {attribute}, in a repository of floxwright under `[override]`"
        ));
    }
    if let Some(longer) = package.prefixed(wanted.requirement.spelling()) {
        return finding.help(format!(
            "the relax hook goes by prefix and would hit `{longer}` as well: take another version of {attribute}"
        ));
    }
    match relaxed(package, wanted) {
        Some(edits) => finding.mended_by("relax the bound where nixpkgs is past it", edits),
        None => finding.help("relax the bound in `pythonRelaxDeps`, by a condition"),
    }
}
