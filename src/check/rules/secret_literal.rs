//! `secret-literal`: a value written out under a name that promises a secret.

use crate::check::manifest::{MANIFEST, parsed};
use crate::check::secrets::{is_literal, is_secret_name, secrets};
use crate::check::yaml::entries;
use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::tree::RelPath;
use std::ops::Range;
use toml_edit::{Item, TableLike};

pub(super) static RULE: Rule = Rule {
    id: "secret-literal",
    severity: Severity::High,
    title: "a variable that promises a secret has its value in a file",
    text: Text {
        what: "The manifest's `vars`, or a workflow's `env` or `with`, gives a literal value to a name such as `…_TOKEN`, `…_SECRET` or `…_PASSWORD`.",
        why: "Whoever can read the repository has the value, and it stays in its history. Flox copies variables of the manifest into the lock and into what is pushed to FloxHub.",
        mend: "In a workflow write `${{ secrets.NAME }}`. In the manifest leave the variable to whoever activates: `\"${NAME:-}\"` in the hook, or a file outside of the repository.",
        example: "[vars]\nACME_PG_PASSWORD = \"hunter2\"",
    },
    run,
};

/// Where workflows stand.
const WORKFLOWS: &str = ".github/workflows/";

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = in_manifest(repository);
    for (path, _) in repository.survey.files.iter() {
        let is_workflow = path.as_str().starts_with(WORKFLOWS)
            && matches!(path.extension(), Some("yml" | "yaml"));
        let text = is_workflow.then(|| repository.survey.text(path.as_str()));
        let Some(text) = text.flatten() else { continue };
        for entry in entries(&text) {
            let Some((value, range)) = &entry.value else {
                continue;
            };
            let parent = entry.path.iter().rev().nth(1).map(String::as_str);
            // A database that a job starts for itself has no secret.
            let is_given = matches!(parent, Some("env" | "with"))
                && !entry.path.iter().any(|key| key == "services");
            if is_given {
                let help =
                    "write `${{ secrets.NAME }}`, and put the value among the repository's secrets";
                found.extend(told((entry.name(), value), (path, range), help));
            }
        }
    }
    found
}

fn in_manifest(repository: &Repository<'_>) -> Vec<Finding> {
    let (Some(text), Ok(path)) = (repository.survey.text(MANIFEST), MANIFEST.parse()) else {
        return Vec::new();
    };
    let Ok(document) = parsed(&text) else {
        return Vec::new();
    };
    let vars = |table: &dyn TableLike| -> Vec<Finding> {
        let vars = table.get("vars").and_then(Item::as_table_like);
        let vars = vars.into_iter().flat_map(TableLike::iter);
        let help = "leave it to the environment of whoever activates";
        vars.filter_map(|(name, item)| {
            let range = item.span().unwrap_or_default();
            told((name, item.as_str()?), (&path, &range), help)
        })
        .collect()
    };
    let mut found = vars(document.as_table());
    let services = document.get("services").and_then(Item::as_table_like);
    for (_, service) in services.into_iter().flat_map(TableLike::iter) {
        found.extend(service.as_table_like().map(vars).into_iter().flatten());
    }
    found
}

/// The finding, where the name promises a secret and the value is one. What its looks give away is told by another rule.
fn told(
    (name, value): (&str, &str),
    (path, range): (&RelPath, &Range<usize>),
    help: &str,
) -> Option<Finding> {
    let is_one = is_secret_name(name) && is_literal(value) && secrets(value).is_empty();
    is_one.then(|| {
        RULE.found(format!("the value of `{name}` is written out here"))
            .at(path, range)
            .help(help)
    })
}
