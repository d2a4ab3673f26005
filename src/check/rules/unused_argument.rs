//! `unused-argument`: an argument that is never used.

use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use crate::recipe::Binder;

pub(super) static RULE: Rule = Rule {
    id: "unused-argument",
    severity: Severity::Low,
    title: "an argument is never used",
    text: Text {
        what: "A function of a Nix file takes an argument that nothing in it uses.",
        why: "Arguments say what a package is built from. One that is not used misleads, and ties the file to a name that nixpkgs may drop.",
        mend: "Take it out.",
        example: "{ lib, stdenv, fetchurl }: stdenv.mkDerivation { meta.license = lib.licenses.mit; }",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, read) in repository.recipes() {
        for one in &read.recipe.unused {
            if one.binder != Binder::Argument {
                continue;
            }
            let finding = RULE
                .found(format!("the argument `{}` is never used", one.name))
                .at(path, &one.range);
            found.push(match &one.removal {
                Some(range) => finding.mended(
                    format!("take `{}` out", one.name),
                    Place::new(path, range),
                    "",
                ),
                None => finding,
            });
        }
    }
    found
}
