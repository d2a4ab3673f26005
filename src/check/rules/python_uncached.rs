//! `python-uncached`: a Python set that nixpkgs no longer builds, or that is another one tomorrow.

use crate::ask::Field;
use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::model::PythonSet;
use crate::nixpkgs::interpreter_cost;
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    id: "python-uncached",
    severity: Severity::Medium,
    title: "the Python set is not in the binary cache, or moves with nixpkgs",
    text: Text {
        what: "The packages are taken from a set that nixpkgs does not build any more, such as `python312Packages`, or from `python3Packages`, which is whatever nixpkgs has as its default.",
        why: "Without the cache everything with C code is built from source, for hours. A default that moves takes the packages to a Python that the release may not support.",
        mend: "Name the set of a Python that is cached and supported. What is wanted as it is stands as `build.python` in `floxwright.toml`.",
        example: "{ python312Packages }:\npython312Packages.buildPythonPackage { pname = \"acme\"; }",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    // Who chose it was told what it costs.
    if repository.subject.answers.get(Field::Python).is_some() {
        return Vec::new();
    }
    let usual = &repository.scaffold.catalogue.upstream.python;
    let offered = usual.parse::<PythonSet>().map_or(0, PythonSet::minor);
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (path, read) in repository.recipes().filter(|(_, read)| read.is_ours()) {
        for said in &read.recipe.pythons {
            if !said.value.ends_with("Packages") || !seen.insert(&said.value) {
                continue;
            }
            let message = match said.value.parse::<PythonSet>() {
                Ok(python) if python.minor() >= offered => continue,
                Ok(python) => format!("`{}`: {}", said.value, interpreter_cost(python.minor())),
                Err(_) => format!(
                    "`{}` is whatever Python nixpkgs has as its default",
                    said.value
                ),
            };
            let finding = RULE.found(message).at(path, &said.range);
            found.push(finding.help(format!(
                "take the packages from `{usual}Packages`: `floxwright adopt --python {usual}` makes them so"
            )));
        }
    }
    found
}
