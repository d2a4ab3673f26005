//! `lock-behind`: a lock of Flox that is of another manifest.

use crate::check::manifest::{MANIFEST, parsed};
use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use crate::nixpkgs::FLOX_LOCK;
use serde_json::Value;
use std::collections::BTreeSet;
use toml_edit::{Item, TableLike};

pub(super) static RULE: Rule = Rule {
    id: "lock-behind",
    severity: Severity::Medium,
    title: "Flox's lock is of another manifest",
    text: Text {
        what: "`.flox/env/manifest.lock` is no lock, or the manifest that it carries installs something else, for other systems or with other variables than `manifest.toml` does.",
        why: "Flox locks again when it next activates or builds, so that what is built is not what was committed. `flox publish` takes the lock as it is.",
        mend: "`flox activate -- true` locks again; commit the lock.",
        example: "[install]\ngit.pkg-path = \"git\"\njq.pkg-path = \"jq\" # and the lock knows `git` alone",
    },
    run,
};

/// What of an installed package the lock carries as it is written.
const INSTALLED: [&str; 5] = ["flake", "pkg-group", "pkg-path", "store-path", "version"];

/// How the lock is made anew.
const HELP: &str = "flox activate -- true && git add --force .flox/env/manifest.lock";

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let (Some(text), Ok(path)) = (repository.survey.text(FLOX_LOCK), FLOX_LOCK.parse()) else {
        return Vec::new();
    };
    let lock: Value = match serde_json::from_str(&text) {
        Ok(lock @ Value::Object(_)) => lock,
        _ => return vec![RULE.found("this is no lock of Flox").of(&path).help(HELP)],
    };
    // What is put together from several manifests is another one on purpose.
    let is_composed = lock
        .get("compose")
        .is_some_and(|compose| !compose.is_null());
    let Some(locked) = lock.get("manifest").filter(|locked| locked.is_object()) else {
        return vec![
            RULE.found("this lock carries no manifest")
                .of(&path)
                .help(HELP),
        ];
    };
    let (Some(text), Ok(path)) = (repository.survey.text(MANIFEST), MANIFEST.parse()) else {
        return Vec::new();
    };
    let Ok(document) = parsed(&text) else {
        return Vec::new();
    };
    if is_composed || document.contains_key("include") {
        return Vec::new();
    }
    let told = differences(document.as_table(), locked);
    let told = told.into_iter().map(|(message, range)| {
        let mut finding = RULE.found(message).help(HELP);
        finding.place = Some(Place::new(&path, &range));
        finding
    });
    told.collect()
}

/// What the lock says otherwise, each with its place in the manifest.
fn differences(manifest: &dyn TableLike, locked: &Value) -> Vec<(String, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    for (table, what) in [("install", "installs"), ("vars", "sets")] {
        let here = manifest.get(table).and_then(Item::as_table_like);
        let there = locked.get(table).and_then(Value::as_object);
        let mut names: BTreeSet<&str> = BTreeSet::new();
        names.extend(
            here.into_iter()
                .flat_map(TableLike::iter)
                .map(|(name, _)| name),
        );
        names.extend(
            there
                .into_iter()
                .flat_map(|there| there.keys())
                .map(String::as_str),
        );
        for name in names {
            let pair = here.and_then(|here| here.get_key_value(name));
            let place = pair.and_then(|(key, item)| key.span().or_else(|| item.span()));
            let place = place.unwrap_or_default();
            let other = there.and_then(|there| there.get(name));
            match (pair, other) {
                (Some(_), None) => {
                    found.push((
                        format!("the manifest {what} `{name}`, and the lock does not know it"),
                        place,
                    ));
                }
                (None, Some(_)) => {
                    found.push((
                        format!("the lock {what} `{name}`, and the manifest does not know it"),
                        place,
                    ));
                }
                (Some((_, item)), Some(other)) if !is_same(item, other) => {
                    found.push((
                        format!("the lock says something else of `{table}.{name}`"),
                        place,
                    ));
                }
                _ => {}
            }
        }
    }
    let options = |item: &Item| item.as_table_like()?.get("systems").map(|_| ());
    let systems = manifest
        .get("options")
        .filter(|item| options(item).is_some())
        .and_then(|item| item.as_table_like()?.get("systems"));
    let here = systems.map(texts).unwrap_or_default();
    let there = locked.pointer("/options/systems").and_then(Value::as_array);
    let there = there.into_iter().flatten().filter_map(Value::as_str);
    if here != there.map(str::to_owned).collect() {
        let place = systems.and_then(Item::span).unwrap_or_default();
        found.push(("the lock is for other systems".to_owned(), place));
    }
    found
}

fn texts(item: &Item) -> BTreeSet<String> {
    let items = item.as_array().into_iter().flatten();
    items
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}

/// Whether a package or a variable is the same in both, as far as the lock carries it unchanged.
fn is_same(item: &Item, locked: &Value) -> bool {
    if let (Some(here), Some(there)) = (item.as_str(), locked.as_str()) {
        return here == there;
    }
    let (Some(here), Some(there)) = (item.as_table_like(), locked.as_object()) else {
        return true;
    };
    INSTALLED.iter().all(|key| {
        let here = here.get(key).and_then(Item::as_str);
        here == there.get(*key).and_then(Value::as_str)
    })
}
