//! `requirements-propagated`: Python requirements in `propagatedBuildInputs`.

use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use crate::recipe::{Build, Named, Recipe};

pub(super) static RULE: Rule = Rule {
    id: "requirements-propagated",
    severity: Severity::Low,
    title: "Python requirements stand in `propagatedBuildInputs`",
    text: Text {
        what: "A Python package names its requirements in `propagatedBuildInputs` instead of `dependencies`.",
        why: "nixpkgs looks for them in `dependencies`: overriding goes through it, it checks that each is built for the same interpreter, and what reads a package's requirements finds none elsewhere.",
        mend: "Call the list `dependencies`.",
        example: "propagatedBuildInputs = with python313Packages; [ click ];",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, read) in repository.recipes() {
        for build in read.recipe.builds.iter().filter(|build| build.is_python()) {
            let Some(attribute) = build.attribute("propagatedBuildInputs") else {
                continue;
            };
            let is_python = |name: &str, set: &str| {
                set.contains("ython") || repository.is_python_package(name, &read.recipe)
            };
            let here = |one: &&Named| {
                let other = build.attribute("dependencies");
                other.is_none_or(|other| {
                    one.range.start < other.range.start || other.range.end <= one.range.start
                })
            };
            let mut named = build.requires.iter().filter(here);
            if !named.any(|one| is_python(read.recipe.meant(one), &one.set)) {
                continue;
            }
            let start = attribute.range.start;
            let key = start..start + attribute.name.len();
            let finding = RULE
                .found("these requirements stand in `propagatedBuildInputs`")
                .at(path, &key);
            let text = read.text.get(attribute.range.clone()).unwrap_or_default();
            let is_plain = text.starts_with("propagatedBuildInputs")
                && build.attribute("dependencies").is_none()
                && all_python(build, &read.recipe, &is_python);
            found.push(if is_plain {
                finding.mended(
                    "call the list `dependencies`",
                    Place::new(path, &key),
                    "dependencies",
                )
            } else {
                finding.help("put the Python packages into `dependencies`")
            });
        }
    }
    found
}

/// Whether everything that is required is a Python package, as far as the text says it.
fn all_python(build: &Build, recipe: &Recipe, is_python: &dyn Fn(&str, &str) -> bool) -> bool {
    let mut named = build.requires.iter();
    build.unread.is_empty() && named.all(|one| is_python(recipe.meant(one), &one.set))
}
