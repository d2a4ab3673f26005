//! Putting attributes that were made by hand into the made file of their package.

use super::hand_made::{Part, squeezed};
use crate::nix::format_nix;
use crate::recipe::Recipe;
use std::collections::BTreeSet;

/// Before which attribute of a made package others are put: the first of them that it has.
const BEFORE: [&str; 2] = ["pythonImportsCheck", "meta"];

/// The made text of a file with parts of a package in it.
///
/// # Errors
/// Why a part cannot stand there, with its number.
pub(super) fn carry(text: &str, package: &str, parts: &[Part]) -> Result<String, (usize, String)> {
    let mut text = text.to_owned();
    for (at, part) in parts.iter().enumerate() {
        text = one(&text, package, part).map_err(|because| (at, because))?;
    }
    Ok(text)
}

fn one(text: &str, package: &str, part: &Part) -> Result<String, String> {
    let recipe = Recipe::read(text);
    let build = recipe
        .build(package)
        .ok_or_else(|| format!("`{package}` is not made"))?;
    if let Some(own) = build.attribute(&part.name) {
        let own = text.get(own.range.clone()).unwrap_or_default();
        return if squeezed(own) == squeezed(&part.text) {
            Ok(text.to_owned())
        } else {
            Err(format!("the made package has a `{}` of its own", part.name))
        };
    }
    let here: BTreeSet<&str> = recipe
        .arguments
        .iter()
        .map(|said| said.value.as_str())
        .chain(
            recipe
                .builds
                .iter()
                .filter_map(|build| build.binding.as_deref()),
        )
        .chain(
            recipe
                .fetches
                .iter()
                .filter_map(|fetch| fetch.binding.as_deref()),
        )
        .collect();
    let mut missing = Vec::new();
    for name in &part.needs {
        if here.contains(name.as_str()) {
            continue;
        }
        if !part.arguments.contains(name) {
            return Err(format!(
                "`{}` needs `{name}`, which its file binds",
                part.name
            ));
        }
        if name.starts_with("python3") {
            return Err(format!("`{}` takes from `{name}`", part.name));
        }
        missing.push(name.as_str());
    }
    let before = BEFORE.iter().find_map(|name| build.attribute(name));
    let at = before.map_or(build.set.end - 1, |attribute| attribute.range.start);
    let mut changed = text.to_owned();
    changed.insert_str(at, &format!("{}\n\n", part.text));
    let changed = with_arguments(&changed, &recipe, &missing)?;
    format_nix(&changed).map_err(|error| error.to_string())
}

/// The text of a file that takes more arguments: each before the first that is greater.
fn with_arguments(text: &str, recipe: &Recipe, names: &[&str]) -> Result<String, String> {
    let mut inserts: Vec<(usize, String)> = Vec::new();
    for name in names {
        let greater = recipe
            .arguments
            .iter()
            .find(|said| said.value.as_str() > *name);
        match (greater, recipe.arguments.last()) {
            (Some(said), _) => inserts.push((said.range.start, format!("{name}, "))),
            (None, Some(last)) => inserts.push((last.range.end, format!(", {name}"))),
            (None, None) => return Err("the made file takes no arguments".to_owned()),
        }
    }
    // From the end, so that the places stay where they are; arguments stand before everything else.
    inserts.sort_by_key(|(at, _)| *at);
    let mut changed = text.to_owned();
    for (at, insert) in inserts.iter().rev() {
        changed.insert_str(*at, insert);
    }
    Ok(changed)
}
