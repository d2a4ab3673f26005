//! `nix-unread`: a Nix file that is not looked at.

use crate::check::{Finding, Repository, Rule, Severity, Text};

pub(super) static RULE: Rule = Rule {
    id: "nix-unread",
    severity: Severity::Low,
    title: "a Nix file is too large or too deep to be looked at",
    text: Text {
        what: "A file below `.flox/pkgs` has more than 4 MiB, brackets more than 300 deep, an expression of more than 600 words, or 8 KiB without a space. Nothing is said of what is in it.",
        why: "It may be a program's work and quite right, but it is not looked at, and what it gives is not known to other rules.",
        mend: "Nothing, if it is generated. Else write it in parts.",
        example: "# a generated set of 5 MiB\n{ }",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let beyond = repository
        .survey
        .recipes
        .iter()
        .filter(|(_, read)| read.recipe.is_beyond);
    let beyond = beyond.filter_map(|(path, read)| {
        let fault = read.recipe.fault.as_ref()?;
        let message = format!("this is not looked at: {}", fault.value);
        Some(RULE.found(message).at(path, &fault.range))
    });
    beyond.collect()
}
