//! `hash-wrong`: a hash that is known to be another one.

use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use crate::nix::nix_string;
use crate::recipe::{Fetch, Hash};

pub(super) static RULE: Rule = Rule {
    id: "hash-wrong",
    severity: Severity::Critical,
    title: "a hash is not that of what is fetched",
    text: Text {
        what: "The hash of a release's tag, or of the sdist of one of its packages, is known, and the file has another one. Often it is that of the release before.",
        why: "Nix looks for what a hash names. Where the old source is still in a store, the old release is built under the new version; everywhere else the build ends with a hash mismatch.",
        mend: "Write the hash that is known.",
        example: "fetchPypi {\n  pname = \"acme\";\n  version = \"1.12.1\";\n  hash = \"sha256-the hash of 1.12.0\";\n}",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, read) in repository.recipes() {
        for fetch in &read.recipe.fetches {
            let Some((said, Hash::Text(text))) =
                fetch.hash.as_ref().map(|said| (said, &said.value))
            else {
                continue;
            };
            let Some((known, what)) = known(fetch, repository) else {
                continue;
            };
            if *text == known || !text.starts_with("sha256-") {
                continue;
            }
            let finding = RULE
                .found(format!("this is not the hash of {what}"))
                .at(path, &said.range)
                .note(format!("that is `{known}`"));
            let place = Place::new(path, &said.range);
            found.push(finding.mended("write the hash that is known", place, nix_string(&known)));
        }
    }
    found
}

/// The hash of what is fetched, and what that is.
fn known(fetch: &Fetch, repository: &Repository<'_>) -> Option<(String, String)> {
    let catalogue = &repository.scaffold.catalogue;
    if fetch.function == "fetchPypi" {
        let name = fetch.pname.as_ref()?.value.parse().ok()?;
        let version = &fetch.version.as_ref()?.value;
        // The name of another file of the same version says another hash.
        let other = ["format", "dist", "python", "extension", "abi", "platform"];
        let mut names = fetch.attributes.iter().map(|one| one.name.as_str());
        if names.any(|name| other.contains(&name)) {
            return None;
        }
        let mut releases = repository.scaffold.releases.values();
        return releases.find_map(|release| {
            let package = release.packages.get(&name)?;
            let is_it = package.version.to_string() == *version;
            let sdist = package.sdist.as_ref().filter(|_| is_it)?;
            Some((sdist.hash.clone(), format!("`{}`", sdist.file)))
        });
    }
    if !repository.is_source(fetch) || fetch.function != "fetchFromGitHub" {
        return None;
    }
    let tag = &fetch.revision.as_ref()?.value;
    let release = tag.strip_prefix(catalogue.upstream.tag_prefix.as_str())?;
    let hash = catalogue.source_hash(release)?;
    // With more of the tree, or less, the hash is another.
    let plain = ["owner", "repo", "rev", "tag", "hash", "sha256", "name"];
    let mut names = fetch.attributes.iter().map(|one| one.name.as_str());
    let is_plain = names.all(|name| plain.contains(&name));
    is_plain.then(|| (hash.to_owned(), format!("the tag `{tag}`")))
}
