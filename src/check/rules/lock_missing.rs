//! `lock-missing`: a manifest that Flox has not locked.

use crate::check::manifest::MANIFEST;
use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::nixpkgs::FLOX_LOCK;

pub(super) static RULE: Rule = Rule {
    id: "lock-missing",
    severity: Severity::Medium,
    title: "Flox has not locked the manifest",
    text: Text {
        what: "There is no `.flox/env/manifest.lock` beside the manifest.",
        why: "The lock says which nixpkgs the packages are built with. Without it every machine takes the newest, and `flox publish` refuses: it does not make the lock itself.",
        mend: "`flox activate -- true` writes it; commit it.",
        example: "# ls .flox/env\n# manifest.toml\n{ }",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let (Ok(manifest), Ok(lock)) = (MANIFEST.parse(), FLOX_LOCK.parse()) else {
        return Vec::new();
    };
    let survey = repository.survey;
    let is_there = survey.files.get(&lock).is_some()
        || survey.others.contains_key(&lock)
        || repository.found.is_hidden(FLOX_LOCK);
    if is_there || survey.files.get(&manifest).is_none() {
        return Vec::new();
    }
    let finding = RULE
        .found("Flox has not locked this manifest: nothing says which nixpkgs the packages get")
        .of(&manifest);
    vec![finding.help(format!(
        "flox activate -- true && git add --force {FLOX_LOCK}"
    ))]
}
