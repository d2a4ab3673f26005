//! `name-replaces`: a package that takes the place of one of nixpkgs.

use crate::check::listing::listing;
use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::nixpkgs::{Lookup, is_python, is_top_level};
use crate::python::PyName;

pub(super) static RULE: Rule = Rule {
    id: "name-replaces",
    severity: Severity::High,
    title: "a package takes the place of one of nixpkgs",
    text: Text {
        what: "A package is called like one of nixpkgs: at its top, or in a Python set that Flox extends. Of the top some eight hundred names are known here, of functions, compilers, build tools, libraries, languages, databases and the programs that are installed most; of the Python sets, what the index holds.",
        why: "Flox puts the packages over nixpkgs. One that is called like one of nixpkgs takes its place in everything, so that all of it is built anew. In a set such as `python313Packages` only that set has it: `python313.withPackages` still takes the other one, and one interpreter may meet both.",
        mend: "Give it a name of its own. What only changes a package of nixpkgs takes that as its argument of the same name.",
        example: "# .flox/pkgs/openssl.nix\n{ stdenv, fetchurl }: stdenv.mkDerivation { pname = \"openssl\"; }",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (name, path) in listing(&repository.survey.files).packages {
        let (set, own) = name.rsplit_once('.').unwrap_or(("", &name));
        let read = repository.survey.recipes.get(path);
        // It changes what nixpkgs has, and says so.
        let is_meant = read.is_some_and(|read| {
            let mut arguments = read.recipe.arguments.iter();
            arguments.any(|said| said.value == own)
        });
        if is_meant {
            continue;
        }
        if set.is_empty() && is_top_level(own) {
            let message = format!("`{own}` takes the place of nixpkgs' `{own}` in everything");
            let finding = RULE.found(message).of(path);
            found.push(finding.help("give it another name"));
        } else if is_python(set) && is_there(own, repository) {
            let message = format!("`{own}` takes the place of the one that nixpkgs has in `{set}`");
            let finding = RULE.found(message).of(path);
            found
                .push(finding.help("give it another name, or override the interpreter's packages"));
        }
    }
    found
}

/// Whether nixpkgs' Python set is known to have a package under this attribute.
fn is_there(attribute: &str, repository: &Repository<'_>) -> bool {
    let Ok(name) = attribute.parse::<PyName>() else {
        return false;
    };
    matches!(
        repository.index.look_up(&name),
        Lookup::Present { attribute: there, .. } if there == attribute
    )
}
