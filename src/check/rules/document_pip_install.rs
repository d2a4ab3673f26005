//! `document-pip-install`: a document that installs from PyPI what the repository packages.

use crate::check::document::documents;
use crate::check::flox_commands::{Command, commands};
use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::python::PyName;

pub(super) static RULE: Rule = Rule {
    id: "document-pip-install",
    severity: Severity::Low,
    title: "a document installs with pip what is packaged here, or belongs to it",
    text: Text {
        what: "A block of shell in a document says `pip install`, `uv pip install` or `poetry add` of a package of the upstream, and makes no environment for it.",
        why: "What Nix builds lies in a store that is read-only: pip cannot add to it. What pip installs elsewhere is a second copy in another Python, which the programs of the packages do not see.",
        mend: "Add the package to the repository, `floxwright add NAME`, and to the environment.",
        example: "# README.md: pip install acme-aws\n{ }",
    },
    run,
};

/// What installs, by its first words.
const INSTALLERS: [&[&str]; 7] = [
    &["pip", "install"],
    &["pip3", "install"],
    &["python", "-m", "pip", "install"],
    &["python3", "-m", "pip", "install"],
    &["uv", "pip", "install"],
    &["uv", "add"],
    &["poetry", "add"],
];

/// What makes an environment of its own, in which pip may do as it likes.
const ENVIRONMENTS: [&str; 6] = ["venv", "virtualenv", "conda", "pyenv", "docker", "uv init"];

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if repository.packages.is_empty() {
        return found;
    }
    for document in documents(repository) {
        if ENVIRONMENTS.iter().any(|word| document.text.contains(word)) {
            continue;
        }
        for command in commands(&document) {
            let Some(words) = INSTALLERS.iter().find(|words| command.starts_with(words)) else {
                continue;
            };
            let Some(name) = ours(&command, words.len(), repository) else {
                continue;
            };
            let message = format!(
                "this puts `{name}` into another Python; what is built here lies in a store that is read-only, and does not see it"
            );
            let finding = RULE.found(message).at(document.path, &command.range());
            found.push(finding.help(format!("`floxwright add {name}` packages it here")));
        }
    }
    found
}

/// The first package of the upstream that a command installs.
fn ours(command: &Command<'_>, skipped: usize, repository: &Repository<'_>) -> Option<PyName> {
    let operands = command.operands(skipped, &["-r", "-c", "--index-url", "--target", "-t"]);
    operands.into_iter().find_map(|(_, word)| {
        let word = word.trim_matches(['\'', '"']);
        let end = word.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c)));
        let name: PyName = word.get(..end.unwrap_or(word.len()))?.parse().ok()?;
        let packages = &repository.scaffold.catalogue.packages;
        packages.contains_key(&name).then_some(name)
    })
}
