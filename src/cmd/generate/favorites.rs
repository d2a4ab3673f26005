//! `--list-favorites`

use super::configuration::{Configuration, Favorite};
use crate::cmd::Context;
use crate::diagnostic::Failure;
use clap::ArgMatches;
use serde_json::json as object;

/// Lists the favorites; with a template named, those whose names begin so.
pub(super) fn list(
    matches: &ArgMatches,
    configuration: &Configuration,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let start = matches
        .get_one::<String>("template")
        .map_or("", String::as_str);
    let all = configuration.favorites.iter();
    let found: Vec<(&String, &Favorite)> =
        all.filter(|(name, _)| name.starts_with(start)).collect();
    if crate::cmd::json::is_asked(matches) {
        return context.ui.result(&json(&found)?);
    }
    let is_compat = matches.get_flag("compat");
    match (found.is_empty(), is_compat) {
        (true, true) => return context.ui.result_line("No favorites defined"),
        (true, false) => return context.ui.result_line("there are no favorites"),
        (false, true) => context.ui.result_line("Possible favorites:")?,
        (false, false) => {}
    }
    let longest = found
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or_default();
    for (name, favorite) in found {
        let place = favorite
            .git
            .clone()
            .or_else(|| Some(favorite.path.as_ref()?.display().to_string()));
        let description = match (&favorite.description, is_compat) {
            (Some(description), _) => description.clone(),
            (None, true) => "no description".to_owned(),
            (None, false) => place.unwrap_or_default(),
        };
        context
            .ui
            .result_line(&format!("  {name:longest$}  {description}"))?;
    }
    Ok(())
}

fn json(found: &[(&String, &Favorite)]) -> Result<String, Failure> {
    let favorites = found.iter().map(|(name, favorite)| {
        object!({
            "name": name,
            "description": favorite.description,
            "git": favorite.git,
            "path": favorite.path,
            "branch": favorite.branch,
            "tag": favorite.tag,
            "revision": favorite.revision,
            "subfolder": favorite.subfolder,
        })
    });
    let favorites: Vec<_> = favorites.collect();
    crate::cmd::json::text(&object!({
        "schema": 1,
        "command": "generate",
        "favorites": favorites,
    }))
}
