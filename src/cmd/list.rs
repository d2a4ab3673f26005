//! `list`: what can be asked for.

use super::{Context, scaffolds};
use crate::diagnostic::Failure;
use crate::resolve::find_release;
use crate::scaffold::{Group, Release, Scaffold, built_in_names};
use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json as object};

/// The subcommand.
pub(super) fn command() -> Command {
    Command::new("list")
        .about("Lists what can be asked for")
        .arg(
            Arg::new("what")
                .value_name("WHAT")
                .required(true)
                .value_parser(["packages", "releases", "scaffolds"])
                .help("What to list"),
        )
        .arg(
            Arg::new("release")
                .long("release")
                .value_name("RELEASE")
                .help("Release whose packages are listed; the newest unless said otherwise"),
        )
        .arg(
            Arg::new("scaffold")
                .long("scaffold")
                .value_name("SCAFFOLD")
                .help("Scaffold, built in or by its path"),
        )
        .arg(super::json::format_flag())
}

/// Runs `list`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let find = || scaffolds::find(text("scaffold"), context);
    let rows = match text("what") {
        Some("packages") => packages(&find()?, text("release"))?,
        Some("releases") => releases(&find()?),
        _ => built_in_names()
            .into_iter()
            .map(|name| object!({ "name": name }))
            .collect(),
    };
    if super::json::is_asked(matches) {
        return context.ui.result(&super::json::text(&Value::Array(rows))?);
    }
    context.ui.result(&table(&rows))
}

/// The packages of a release, core first.
fn packages(scaffold: &Scaffold, release: Option<&str>) -> Result<Vec<Value>, Failure> {
    let release = chosen(scaffold, release)?;
    let mut packages: Vec<_> = scaffold
        .catalogue
        .packages
        .iter()
        .filter_map(|(name, package)| Some((name, package, release.packages.get(name)?)))
        .collect();
    packages.sort_by_key(|(name, package, _)| {
        (
            package.group != Group::Core,
            package.category.clone(),
            (*name).clone(),
        )
    });
    Ok(packages
        .into_iter()
        .map(|(name, package, released)| {
            object!({
                "name": name.as_str(),
                "version": released.version.to_string(),
                "category": package.category,
                "description": package.description,
            })
        })
        .collect())
}

fn chosen<'a>(scaffold: &'a Scaffold, release: Option<&str>) -> Result<&'a Release, Failure> {
    match release {
        Some(release) => find_release(release, scaffold),
        None => scaffold
            .newest()
            .ok_or_else(|| Failure::refused("the scaffold carries no release")),
    }
}

/// The ready-made releases, newest first, then those that cannot be packaged.
fn releases(scaffold: &Scaffold) -> Vec<Value> {
    let ready = scaffold.releases.values().rev().map(|release| {
        let note = format!(
            "ready-made: {} packages, read from {} on {}",
            release.packages.len(),
            release.read.from,
            release.read.date
        );
        object!({ "name": release.release.to_string(), "state": "ready-made", "note": note })
    });
    let refused = scaffold.catalogue.yanked.iter().map(|yanked| {
        object!({ "name": yanked.release, "state": "refused", "note": format!("refused: {}; take {}", yanked.because, yanked.instead) })
    });
    ready.chain(refused).collect()
}

/// Rows as aligned columns; the state, which the note repeats, is for programs.
fn table(rows: &[Value]) -> String {
    let cells = |row: &Value| -> Vec<String> {
        let columns = row
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(key, _)| *key != "state");
        columns
            .filter_map(|(_, value)| value.as_str().map(str::to_owned))
            .collect()
    };
    let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let lines = rows.iter().map(|row| {
        let padded = row
            .iter()
            .enumerate()
            .map(|(column, cell)| format!("{cell:<width$}", width = width(column)));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    });
    lines.fold(String::new(), |text, line| text + &line + "\n")
}
