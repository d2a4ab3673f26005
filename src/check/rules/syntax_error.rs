//! `syntax-error`: a Nix file that cannot be read.

use crate::adopt::Role;
use crate::check::{Finding, Repository, Rule, Severity, Text};

pub(super) static RULE: Rule = Rule {
    id: "syntax-error",
    severity: Severity::Critical,
    title: "a Nix file cannot be read",
    text: Text {
        what: "A file below `.flox/pkgs` is no Nix expression, or no text in UTF-8.",
        why: "Flox evaluates all files below `.flox/pkgs` together, so one that cannot be read ends the build of every package.",
        mend: "Mend it where the mark stands. What the parser misses often belongs to the line before.",
        example: "{\n  pname = \"acme\"\n  version = \"1.0\";\n}",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, read) in &repository.survey.recipes {
        if let Some(fault) = &read.recipe.fault {
            let message = format!("this cannot be read as Nix: {}", fault.value);
            found.push(RULE.found(message).at(path, &fault.range));
        } else if read.role == Role::Unread {
            let message = "this is no text in UTF-8, so it cannot be read as Nix";
            found.push(RULE.found(message).of(path));
        }
    }
    found
}
