//! What the rules hold the files against: the ready-made releases of the catalogue and the locks of the cases, read here by other
//! means than the program's own.

use crate::cases::Case;
use floxwright::scaffold::built_in;
use serde_json::Value;
use std::collections::BTreeMap;

/// The facts of the release that a case packages.
pub(super) fn release(case: &Case) -> Value {
    let version = case
        .flags()
        .windows(2)
        .find(|pair| pair[0] == "--release")
        .map(|pair| pair[1])
        .unwrap();
    let catalogue = built_in(case.scaffold()).unwrap();
    let path = format!("catalogue/releases/{version}.json");
    serde_json::from_str(catalogue.text(&path).unwrap()).unwrap()
}

/// A list of texts in a JSON value.
pub(super) fn texts(value: &Value) -> Vec<&str> {
    let items = value.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).collect()
}

/// The lock of a case.
pub(super) fn lock(case: &Case) -> toml::Table {
    case.tree()
        .text("floxwright.lock")
        .unwrap()
        .parse()
        .unwrap()
}

/// Name and entry of each package in the lock.
pub(super) fn locked(lock: &toml::Table) -> BTreeMap<&str, &toml::Value> {
    let packages = lock["packages"].as_table().unwrap();
    packages
        .iter()
        .map(|(name, entry)| (name.as_str(), entry))
        .collect()
}

/// The single comparisons of a requirement that bound it from above, as `(operator, version)`.
pub(super) fn upper_bounds(requirement: &str) -> Vec<(&str, &str)> {
    let specifiers = requirement.split(';').next().unwrap_or_default();
    let start = specifiers
        .find(['<', '>', '=', '!', '~'])
        .unwrap_or(specifiers.len());
    let all = specifiers[start..].trim_matches([' ', '(', ')']).split(',');
    all.filter_map(|one| {
        let one = one.trim();
        let operators = ["<=", "<", "==", "~="];
        let operator = operators.iter().find(|sign| one.starts_with(**sign))?;
        Some((*operator, one[operator.len()..].trim()))
    })
    .collect()
}

/// The name in a requirement, in the metadata's spelling.
pub(super) fn spelling(requirement: &str) -> &str {
    let end = requirement
        .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.'))
        .unwrap_or(requirement.len());
    &requirement[..end]
}
