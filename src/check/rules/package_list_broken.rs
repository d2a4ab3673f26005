//! `package-list-broken`: a file that keeps Flox from listing any package.

use crate::check::listing::listing;
use crate::check::{Finding, Repository, Rule, Severity, Text};

pub(super) static RULE: Rule = Rule {
    id: "package-list-broken",
    severity: Severity::Critical,
    title: "a file keeps Flox from finding any package",
    text: Text {
        what: "There is a `default.nix` in `.flox/pkgs` itself, or in a directory that is called like a package set of nixpkgs.",
        why: "A directory with a `default.nix` is one package. In `.flox/pkgs` it takes the place of the whole list, and Flox finds nothing; in `python313Packages` it takes the place of the whole Python set.",
        mend: "Move it into a directory of its own, called like the package.",
        example: "# .flox/pkgs/default.nix\n{ pkgs }: { acme = pkgs.callPackage ./acme.nix { }; }",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let listing = listing(&repository.survey.files);
    let whole = listing.whole.map(|path| {
        let message = "with this file Flox takes `.flox/pkgs` for one package, and finds none";
        RULE.found(message)
            .of(path)
            .help("move it to `.flox/pkgs/NAME/default.nix`, or out of `.flox/pkgs`")
    });
    let sets = listing.packages.iter().filter(|(name, path)| {
        name.ends_with("Packages")
            && crate::nixpkgs::is_python(name)
            && path.name() == "default.nix"
    });
    let sets = sets.map(|(name, path)| {
        let message = format!("this one package takes the place of all of nixpkgs' `{name}`");
        RULE.found(message)
            .of(path)
            .help(format!("move it to `.flox/pkgs/{name}/NAME.nix`"))
    });
    whole.into_iter().chain(sets).collect()
}
