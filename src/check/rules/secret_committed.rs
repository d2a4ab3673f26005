//! `secret-committed`: a token or a private key in a file.

use crate::check::secrets::secrets;
use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::reconcile::plain;

pub(super) static RULE: Rule = Rule {
    id: "secret-committed",
    severity: Severity::Critical,
    title: "a secret stands in a file",
    text: Text {
        what: "A file holds what looks like a token of GitHub, GitLab, FloxHub, PyPI, npm, AWS, Slack and others, by the marks that they give them, or a private key.",
        why: "Whoever can read the repository has it, and it stays in its history. What a Nix file holds is copied to the store, which everybody on the machine reads, and published.",
        mend: "Revoke it first: taking it out of the file does not take it out of the history. Then let the environment give it: a secret of the workflow, a file outside of the repository.",
        example: "[vars]\nFLOX_FLOXHUB_TOKEN = \"flox_sat_…\"",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, file) in repository.survey.files.iter() {
        let Some(text) = plain(file) else { continue };
        for secret in secrets(&text) {
            let finding = RULE
                .found(format!("this looks like {}", secret.what))
                .at(path, &secret.range);
            found.push(finding.help("revoke it, then take it out: it stays in the history"));
        }
    }
    found
}
