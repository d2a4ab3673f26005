//! `manifest-invalid`: a manifest that Flox refuses.

use crate::check::manifest::{Fault, faults, manifests, parsed};
use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use crate::tree::RelPath;

pub(super) static RULE: Rule = Rule {
    id: "manifest-invalid",
    severity: Severity::Critical,
    title: "Flox refuses the manifest",
    text: Text {
        what: "`.flox/env/manifest.toml`, or the manifest of another environment in the repository, is no TOML, says no schema or one that does not exist, has a key that its schema lacks, or something of the wrong kind.",
        why: "Flox reads the manifest before anything else, and takes nothing that its schema does not name. The published JSON schema is laxer than the program: it takes keys of later schemas, and schemas that do not exist.",
        mend: "Write what the finding says. `schema-version = \"1.10.0\"` is read by every Flox from 1.10.0 on.",
        example: "schema-version = \"1.10.0\"\n[vars]\nPORT = 3000",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for path in manifests(repository) {
        let Some(text) = repository.survey.text(path.as_str()) else {
            continue;
        };
        let faults = match parsed(&text) {
            Ok(document) => faults(&document),
            Err(fault) => vec![fault],
        };
        found.extend(faults.into_iter().map(|fault| told(fault, path)));
    }
    found
}

fn told(fault: Fault, path: &RelPath) -> Finding {
    let place = Place::new(path, &fault.range);
    let mut finding = RULE.found(fault.message).at(path, &fault.range);
    finding.help = fault.help;
    match fault.instead {
        Some(instead) => finding.mended(format!("write `{instead}`"), place, instead),
        None => finding,
    }
}
