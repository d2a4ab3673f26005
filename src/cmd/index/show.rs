//! `index show`: what is known of nixpkgs here.

use super::{with_file, word};
use crate::cmd::repository::{Repository, Trust, to_read};
use crate::cmd::{Context, json};
use crate::diagnostic::Failure;
use crate::nixpkgs::Lookup;
use crate::python::PyName;
use clap::ArgMatches;
use serde_json::{Value, json as object};

/// Runs `index show`.
pub(super) fn show(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let index = match to_read(context)? {
        Some(root) => {
            let repository = Repository::open(&root, Trust::Whole, context)?;
            let corrections = &repository.intent.index_corrections;
            repository.index.clone().corrected(corrections)
        }
        None => with_file(None)?,
    };
    let mut names: Vec<PyName> = Vec::new();
    for given in matches.get_many::<String>("names").into_iter().flatten() {
        let name = given.parse();
        names.push(name.map_err(|error| Failure::invalid(format!("{error}")))?);
    }
    if names.is_empty() {
        names = index.looked_for().map(|(name, _)| name.clone()).collect();
    }
    let row = |name: &PyName| {
        let found = index.look_up(name);
        let attribute = match found {
            Lookup::Present { attribute, .. } => Some(attribute),
            _ => None,
        };
        object!({ "name": name.as_str(), "version": word(found), "attribute": attribute, "read": index.read(name) })
    };
    let rows: Vec<Value> = names.iter().map(row).collect();
    if json::is_asked(matches) {
        return context.ui.result(&json::text(
            &object!({ "index": index.stamp(), "distributions": rows }),
        )?);
    }
    let cell = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let width = |key: &str| {
        rows.iter()
            .map(|row| cell(row, key).len())
            .max()
            .unwrap_or_default()
    };
    let (first, second) = (width("name"), width("version"));
    let lines = rows.iter().map(|row| {
        let line = format!(
            "{:first$}  {:second$}  {}",
            cell(row, "name"),
            cell(row, "version"),
            cell(row, "read")
        );
        line.trim_end().to_owned() + "\n"
    });
    context
        .ui
        .result(&format!("{}\n{}", index.stamp(), lines.collect::<String>()))
}
