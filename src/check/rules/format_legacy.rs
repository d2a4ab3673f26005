//! `format-legacy`: a package that is built the old way.

use crate::check::mend::pyproject_text;
use crate::check::{Edit, Finding, Place, Repository, Rule, Severity, Text};
use crate::recipe::Format;

pub(super) static RULE: Rule = Rule {
    id: "format-legacy",
    severity: Severity::Medium,
    title: "a Python package is built the old way, which checks less",
    text: Text {
        what: "A package says `format = \"setuptools\"`, `\"flit\"` or `\"pyproject\"` instead of `pyproject = true`.",
        why: "With `format = \"setuptools\"` nixpkgs runs `setup.py`, which newer releases do not have, and does not compare the requirements with the metadata: what is missing is noticed when the package is imported.",
        mend: "Write `pyproject = true;` and the backend that the release names as `build-system`.",
        example: "format = \"setuptools\";",
    },
    run,
};

/// Formats that `pyproject = true` took the place of.
const OLD: [&str; 3] = ["flit", "pyproject", "setuptools"];

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, read) in repository.recipes() {
        for build in read.recipe.builds.iter().filter(|build| build.is_python()) {
            let Some(said) = &build.format else { continue };
            let Format::Named(format) = &said.value else {
                continue;
            };
            if !OLD.contains(&format.as_str()) {
                continue;
            }
            let name = build.name().unwrap_or("this package");
            let finding = RULE
                .found(format!("`{name}` is built by `format = \"{format}\"`"))
                .at(path, &said.range);
            let entry = build.attribute("format").map(|attribute| &attribute.range);
            let is_plain = |range: &std::ops::Range<usize>| {
                let text = read.text.get(range.clone()).unwrap_or_default();
                text.starts_with("format") && range.end <= build.range.end
            };
            let text = pyproject_text(&read.text, entry, build, repository);
            let edit = text.zip(entry.filter(|range| is_plain(range)));
            found.push(match edit {
                Some((text, range)) => {
                    let place = Place::new(path, range);
                    finding.mended_by(
                        "build it by its `pyproject.toml`",
                        vec![Edit { place, text }],
                    )
                }
                None => finding.help("write `pyproject = true;` and `build-system`"),
            });
        }
    }
    found
}
