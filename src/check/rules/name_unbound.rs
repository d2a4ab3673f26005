//! `name-unbound`: a variable that nothing binds.

use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::diagnostic::did_you_mean;

pub(super) static RULE: Rule = Rule {
    id: "name-unbound",
    severity: Severity::Critical,
    title: "a name is used that nothing binds",
    text: Text {
        what: "A Nix file uses a name that is none of its arguments, of its `let` and recursive sets, and of Nix itself, and no `with` around it could give it.",
        why: "Nix refuses the file as a whole, with `undefined variable`, and Flox evaluates all files below `.flox/pkgs` together.",
        mend: "Take it as an argument of the file, or spell it as it is bound.",
        example: "{ python313Packages }:\npython313Packages.buildPythonPackage { dependencies = [ acme-core ]; }",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, read) in repository.recipes() {
        let arguments = read.recipe.arguments.iter().map(|said| said.value.as_str());
        let arguments: Vec<&str> = arguments.collect();
        for said in &read.recipe.unbound {
            let name = &said.value;
            let near = did_you_mean(name, arguments.iter().copied());
            let near = near.map(|near| format!("; did you mean `{near}`?"));
            let message = format!("nothing binds `{name}`{}", near.unwrap_or_default());
            let finding = RULE.found(message).at(path, &said.range);
            found.push(finding.help("take it as an argument, or spell it as it is bound"));
        }
    }
    found
}
