//! `nix-unformatted`: a Nix file that is not in the official format.

use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use crate::nix::format_nix;

pub(super) static RULE: Rule = Rule {
    id: "nix-unformatted",
    severity: Severity::Low,
    title: "a Nix file is not in the official format",
    text: Text {
        what: "Formatting a Nix file below `.flox/pkgs` as `nixfmt` does would change it.",
        why: "One format for all files keeps changes small: a line is changed because it says something else. nixpkgs takes no other.",
        mend: "`nixfmt FILE`, or `floxwright check --fix`; comments stay.",
        example: "{lib,stdenv}:stdenv.mkDerivation{ name=\"acme\"; }",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, read) in repository.recipes() {
        let text = &read.text;
        // What the formatter's own parser refuses has no format.
        let Ok(formatted) = format_nix(text) else {
            continue;
        };
        if formatted == *text {
            continue;
        }
        let at = first_difference(text, &formatted);
        let finding = RULE
            .found("this is not in the official format of Nix")
            .at(path, &(at..at));
        let whole = Place::new(path, &(0..text.len()));
        found.push(finding.mended("format the file", whole, formatted));
    }
    found
}

/// The beginning of the first line that is another.
fn first_difference(one: &str, other: &str) -> usize {
    let lines = one.split_inclusive('\n').zip(other.split_inclusive('\n'));
    let same = lines.take_while(|(one, other)| one == other);
    let at: usize = same.map(|(line, _)| line.len()).sum();
    at.min(one.len())
}
