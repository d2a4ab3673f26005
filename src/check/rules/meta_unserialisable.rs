//! `meta-unserialisable`: a function in `meta`.

use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::recipe::Meta;
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    id: "meta-unserialisable",
    severity: Severity::Critical,
    title: "`meta` holds what cannot be told to other programs",
    text: Text {
        what: "An attribute of a package's `meta` is a function, or a list or set that holds one.",
        why: "Flox asks Nix for the whole `meta` of a package as JSON, before it builds. A function has no JSON, so the package cannot be built or published.",
        mend: "Take it out of `meta`; `passthru` takes anything.",
        example: "meta.fullName = name: \"Acme ${name}\";",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, read) in repository.recipes() {
        let of_builds = read
            .recipe
            .builds
            .iter()
            .filter_map(|build| build.meta.as_ref());
        let all: Vec<&Meta> = of_builds.chain(&read.recipe.given.meta).collect();
        let mut places: Vec<&Range<usize>> = all.iter().flat_map(|meta| &meta.functions).collect();
        places.sort_by_key(|range| range.start);
        places.dedup();
        for range in places {
            let finding = RULE
                .found("this function in `meta` cannot be told to Flox")
                .at(path, range);
            found.push(finding.help("put it into `passthru`, or take it out"));
        }
    }
    found
}
