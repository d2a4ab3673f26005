//! `environment-file`: `.flox/env.json`, without which `.flox` is no environment.

use crate::check::{Finding, Repository, Rule, Severity, Text};
use serde_json::Value;

pub(super) static RULE: Rule = Rule {
    id: "environment-file",
    severity: Severity::Critical,
    title: "`.flox` is no environment that Flox builds from",
    text: Text {
        what: "`.flox/env.json` or `.flox/env/manifest.toml` is missing, `env.json` is no JSON with a name and the version 1, or it belongs to an environment on FloxHub.",
        why: "Flox finds an environment by these files. From one that lives on FloxHub it neither builds nor publishes.",
        mend: "Write `{ \"name\": \"NAME\", \"version\": 1 }`. For an environment on FloxHub, `flox pull --copy` makes one that lies in the directory.",
        example: "# .flox/env.json\n# { \"owner\": \"acme\", \"name\": \"build\", \"version\": 1 }\n{ }",
    },
    run,
};

/// The file that makes a directory an environment.
const ENVIRONMENT: &str = ".flox/env.json";

/// What an environment holds besides.
const MANIFEST: &str = ".flox/env/manifest.toml";

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let survey = repository.survey;
    for place in [ENVIRONMENT, MANIFEST] {
        let Ok(path) = place.parse() else { continue };
        let is_there = survey.files.get(&path).is_some()
            || survey.others.contains_key(&path)
            || repository.found.is_hidden(place);
        if !is_there {
            let message = format!("there is no `{place}`, so Flox finds no environment here");
            found.push(RULE.found(message).of(&path));
        }
    }
    let (Some(text), Ok(path)) = (survey.text(ENVIRONMENT), ENVIRONMENT.parse()) else {
        return found;
    };
    found.extend(fault(&text).map(|message| RULE.found(message).of(&path)));
    found
}

/// What is wrong with the file.
fn fault(text: &str) -> Option<String> {
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        return Some("this is no JSON".to_owned());
    };
    if let Some(owner) = value.get("owner").and_then(Value::as_str) {
        let owner = owner.escape_debug();
        return Some(format!(
            "this environment is `{owner}`'s on FloxHub: Flox neither builds nor publishes from it"
        ));
    }
    let Some(name) = value.get("name").and_then(Value::as_str) else {
        return Some("this names no environment".to_owned());
    };
    if name.is_empty() || name.contains([' ', '/']) {
        let name = name.escape_debug();
        return Some(format!(
            "`{name}` is no name that Flox takes: it has no space and no `/`"
        ));
    }
    let is_known = value.get("version").and_then(Value::as_u64) == Some(1);
    (!is_known).then(|| "the version of this file is always 1".to_owned())
}
