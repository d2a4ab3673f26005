//! `name-twice`: a package whose name something else has as well.

use crate::check::listing::listing;
use crate::check::manifest::{MANIFEST, parsed, span};
use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use std::collections::BTreeMap;
use toml_edit::{Item, TableLike};

pub(super) static RULE: Rule = Rule {
    id: "name-twice",
    severity: Severity::High,
    title: "two packages have one name",
    text: Text {
        what: "There is a file and a directory of one name, two names that differ in `-` and `_` alone, or a package that the manifest builds under the name of a file.",
        why: "Of a file and a directory Flox takes the directory, and says nothing of the file. Names that differ in `-` and `_` alone are one to the program that drives its builds. A name in the manifest and in `.flox/pkgs` is an error.",
        mend: "Give each its own name, or take one of them away.",
        example: "# .flox/pkgs/acme.nix and .flox/pkgs/acme/extra.nix\n{ python313Packages }: python313Packages.buildPythonPackage { }",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let listing = listing(&repository.survey.files);
    let mut found: Vec<Finding> = listing
        .hidden
        .iter()
        .map(|path| {
            let name = path.name().strip_suffix(".nix").unwrap_or_default();
            RULE.found(format!(
                "there is a directory `{name}` beside this file, and Flox takes the directory"
            ))
            .of(path)
        })
        .collect();
    let mut folded: BTreeMap<String, &str> = BTreeMap::new();
    for (name, path) in &listing.packages {
        let Some(other) = folded.insert(name.replace('-', "_"), name) else {
            continue;
        };
        let message = format!("`{name}` and `{other}` are one name to Flox's builds");
        found.push(RULE.found(message).of(path));
    }
    found.extend(in_manifest(repository, &|name| {
        listing.packages.contains_key(name)
    }));
    found
}

/// What the manifest builds under the name of a file.
fn in_manifest(repository: &Repository<'_>, is_package: &dyn Fn(&str) -> bool) -> Vec<Finding> {
    let (Some(text), Ok(path)) = (repository.survey.text(MANIFEST), MANIFEST.parse()) else {
        return Vec::new();
    };
    let Ok(document) = parsed(&text) else {
        return Vec::new();
    };
    let builds = document.get("build").and_then(Item::as_table_like);
    let Some(builds) = builds else {
        return Vec::new();
    };
    let names = builds.iter().map(|(name, _)| name);
    let names = names.filter(|name| is_package(name));
    names
        .map(|name| {
            let message = format!(
                "the manifest builds `{name}`, and `.flox/pkgs` has a package of that name as well"
            );
            let mut finding = RULE.found(message);
            finding.place = Some(Place::new(&path, &span(builds as &dyn TableLike, name)));
            finding
        })
        .collect()
}
