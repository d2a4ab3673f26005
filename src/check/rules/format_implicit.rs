//! `format-implicit`: a Python package that does not say how it is built.

use crate::check::mend::pyproject;
use crate::check::{Finding, Repository, Rule, Severity, Text};

pub(super) static RULE: Rule = Rule {
    id: "format-implicit",
    severity: Severity::Critical,
    title: "a Python package does not say how it is built",
    text: Text {
        what: "A call of `buildPythonPackage` or `buildPythonApplication` has neither `pyproject` nor `format`.",
        why: "nixpkgs 25.11 and later refuse to evaluate it. Before, it meant the old way through setuptools, which does not compare the requirements with the metadata.",
        mend: "Write `pyproject = true;`, and the backend that the release names as `build-system`.",
        example: "python313Packages.buildPythonPackage {\n  pname = \"acme\";\n  version = \"1.0\";\n}",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, read) in repository.recipes() {
        for build in &read.recipe.builds {
            let says = |name: &str| build.attribute(name).is_some();
            // What is put together from sets that cannot be read may say it.
            let is_open = build.is_open;
            if !build.is_python() || says("pyproject") || says("format") || is_open {
                continue;
            }
            let name = build.name().unwrap_or("this package");
            let finding = RULE
                .found(format!("`{name}` has neither `pyproject` nor `format`"))
                .at(path, &build.builder.range);
            found.push(pyproject(finding, (path, read, build), repository));
        }
    }
    found
}
