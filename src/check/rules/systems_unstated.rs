//! `systems-unstated`: a manifest that leaves the systems to the Flox that reads it.

use crate::check::manifest::{MANIFEST, parsed, span};
use crate::check::{Finding, Repository, Rule, Severity, Text};
use toml_edit::Item;

pub(super) static RULE: Rule = Rule {
    id: "systems-unstated",
    severity: Severity::Medium,
    title: "the manifest does not say its systems",
    text: Text {
        what: "`.flox/env/manifest.toml` has no `options.systems`.",
        why: "Then every Flox takes its own: up to 1.14.0 the four classic ones, from 1.14.1 on no `x86_64-darwin`. The same manifest is locked otherwise on another machine.",
        mend: "Write the systems that you build for.",
        example: "schema-version = \"1.10.0\"\n[install]\ngit.pkg-path = \"git\"",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let (Some(text), Ok(path)) = (repository.survey.text(MANIFEST), MANIFEST.parse()) else {
        return Vec::new();
    };
    let Ok(document) = parsed(&text) else {
        return Vec::new();
    };
    let options = document.get("options").and_then(Item::as_table_like);
    if options.is_some_and(|options| options.contains_key("systems")) {
        return Vec::new();
    }
    let systems = repository.subject.systems.iter();
    let systems: Vec<String> = systems.map(|system| format!("\"{system}\"")).collect();
    let place = span(document.as_table(), "options");
    let finding = RULE
        .found("the manifest does not say for which systems it is")
        .at(&path, &place);
    vec![finding.help(format!(
        "write `options.systems = [{}]`",
        systems.join(", ")
    ))]
}
