//! `revision-moving`: a source at a branch.

use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use crate::nix::nix_string;
use crate::recipe::{Fetch, Said};

pub(super) static RULE: Rule = Rule {
    id: "revision-moving",
    severity: Severity::High,
    title: "a source is fetched at a revision that moves",
    text: Text {
        what: "A fetch names a branch, such as `master` or `main`, instead of a tag or a commit, or the archive of one in its address.",
        why: "The branch moves and the hash does not. The build goes on only where the old tree is still in a store; everywhere else, and for whoever builds what is published, it ends with a hash mismatch. The tree between releases has no version either.",
        mend: "Fetch the tag of a release, with its hash.",
        example: "fetchFromGitHub {\n  owner = \"acme-io\";\n  repo = \"acme\";\n  rev = \"master\";\n  hash = \"sha256-MBI7vTTIrFk63hd6u6BL8HrOW5e1b1XGBCkmolSkLro=\";\n}",
    },
    run,
};

/// Names that branches have and tags do not.
const BRANCHES: [&str; 8] = [
    "HEAD", "dev", "develop", "main", "master", "nightly", "stable", "trunk",
];

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, read) in repository.recipes() {
        for fetch in &read.recipe.fetches {
            if let Some((url, branch)) = fetch.url.as_ref().and_then(branch_of) {
                let message = format!("`{branch}` is a branch: it moves, and its hash does not");
                let finding = RULE.found(message).at(path, &url.range);
                found
                    .push(finding.help("fetch the address of a tag or of a commit, with its hash"));
            }
            let Some(revision) = &fetch.revision else {
                continue;
            };
            let written = read.text.get(revision.range.clone()).unwrap_or_default();
            let is_branch = BRANCHES.contains(&revision.value.as_str())
                || written.contains("refs/heads/")
                || revision.value.starts_with("heads/");
            if !is_branch {
                continue;
            }
            let finding = RULE
                .found(format!(
                    "`{}` is a branch: it moves, and its hash does not",
                    revision.value
                ))
                .at(path, &revision.range);
            found.push(mended(
                finding,
                fetch,
                Place::new(path, &revision.range),
                repository,
            ));
        }
    }
    found
}

/// The branch whose archive an address is, as GitHub and GitLab write them.
fn branch_of(url: &Said<String>) -> Option<(&Said<String>, &str)> {
    let text = url.value.as_str();
    if let Some((_, rest)) = text.split_once("/refs/heads/") {
        let end = [".tar", ".zip"]
            .iter()
            .filter_map(|ending| rest.find(ending))
            .min();
        return Some((url, rest.get(..end.unwrap_or(rest.len()))?));
    }
    let places = ["/archive/", "/tarball/", "/zipball/"];
    let rest = places
        .iter()
        .find_map(|place| text.split_once(place))
        .map(|(_, rest)| rest)?;
    let name = rest.split(['/', '?']).next()?;
    let name = [".tar.gz", ".tar.bz2", ".tar.xz", ".tgz", ".zip"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name);
    BRANCHES.contains(&name).then_some((url, name))
}

/// Where the tag's hash is known, the tag takes the branch's place, with its hash.
fn mended(finding: Finding, fetch: &Fetch, place: Place, repository: &Repository<'_>) -> Finding {
    let release = &repository.subject.release;
    let catalogue = &repository.scaffold.catalogue;
    let is_ours = repository.is_source(fetch);
    if !is_ours || repository.subject.released.is_none() {
        return finding.help("fetch a tag or a commit, with its hash");
    }
    let tag = catalogue.upstream.tag(release);
    let hash = fetch.hash.as_ref().zip(catalogue.source_hash(release));
    match hash {
        Some((said, hash)) => {
            let hash_place = Place::new(&place.path, &said.range);
            let edit = |place, text: &str| crate::check::Edit {
                place,
                text: nix_string(text),
            };
            let edits = vec![edit(place, &tag), edit(hash_place, hash)];
            finding.mended_by(format!("fetch the tag `{tag}`, with its hash"), edits)
        }
        None => finding.help(format!(
            "fetch the tag `{tag}`; `floxwright hash {release}` tells its hash"
        )),
    }
}
