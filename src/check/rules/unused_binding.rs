//! `unused-binding`: a name in a `let` that is never used.

use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use crate::recipe::Binder;

pub(super) static RULE: Rule = Rule {
    id: "unused-binding",
    severity: Severity::Low,
    title: "a `let` binds a name that is never used",
    text: Text {
        what: "A `let` of a Nix file binds a name, or inherits one, that nothing uses.",
        why: "It is evaluated by nobody, so nobody notices when it is wrong, and who reads the file looks for where it is used.",
        mend: "Take it out.",
        example: "let\n  version = \"1.0\";\n  old = \"0.9\";\nin\nversion",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, read) in repository.recipes() {
        for one in &read.recipe.unused {
            if one.binder != Binder::Let {
                continue;
            }
            let finding = RULE
                .found(format!("`{}` is bound and never used", one.name))
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
