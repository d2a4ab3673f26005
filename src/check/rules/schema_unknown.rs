//! `schema-unknown`: a manifest of a later schema than those that are known here.

use crate::check::manifest::{later, latest, manifests, parsed};
use crate::check::{Finding, Repository, Rule, Severity, Text};

pub(super) static RULE: Rule = Rule {
    id: "schema-unknown",
    severity: Severity::Low,
    title: "the manifest's schema is not known here",
    text: Text {
        what: "The manifest says a schema that is later than those of which the keys are known, `1.10.0` to `1.15.0`, so `manifest-invalid` says nothing of it.",
        why: "It may be right. But nobody looked: a key that this schema lacks, or a schema that does not exist, is found by Flox. A Flox that is older than the schema refuses the environment as a whole, and with it every build.",
        mend: "Where no key of a later schema is needed, write `schema-version = \"1.10.0\"`: every Flox from 1.10.0 on reads it. Where one is, take a newer floxwright.",
        example: "schema-version = \"1.19.0\"",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for path in manifests(repository) {
        let text = repository.survey.text(path.as_str()).unwrap_or_default();
        let Ok(document) = parsed(&text) else {
            continue;
        };
        if let Some((schema, place)) = later(&document) {
            let message = format!(
                "the schema `{}` is later than what is known here, {}: its keys were not looked at",
                schema.escape_debug(),
                latest()
            );
            let finding = RULE.found(message).at(path, &place);
            found.push(finding.help(
                "`schema-version = \"1.10.0\"` is read by every Flox from 1.10.0 on, where no later key is needed",
            ));
        }
    }
    found
}
