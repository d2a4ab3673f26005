//! Which documents are meant: by the names of their files, of their outputs, or by older names that people know.

use crate::cmd::repository::{Repository, failed};
use crate::diagnostic::{Failure, Problem, did_you_mean};
use crate::scaffold::Output;
use crate::tree::{Found, RelPath};
use std::collections::{BTreeMap, BTreeSet};

/// A path or a name without directory and ending, in lower case.
fn stem(text: &str) -> String {
    let name = text.rsplit('/').next().unwrap_or(text);
    let name = name.strip_suffix(".md").unwrap_or(name);
    name.to_lowercase().replace(['-', ' '], "_")
}

/// The documents of a repository: path, and the output's name.
pub(super) fn documents(repository: &Repository) -> Vec<(RelPath, String)> {
    let files = repository.lock.iter().flat_map(|lock| &lock.files);
    let documents = files.filter(|(_, file)| repository.scaffold.is_document(&file.id));
    documents
        .map(|(path, file)| (path.clone(), file.id.clone()))
        .collect()
}

/// The outputs that are meant; none where nothing is named, which means all.
pub(super) fn picked(given: &[&str], repository: &Repository) -> Result<BTreeSet<String>, Failure> {
    let here = documents(repository);
    let outputs = repository.scaffold.outputs.iter();
    let outputs: Vec<&Output> = outputs.filter(|output| output.document).collect();
    let (mut picked, mut problems) = (BTreeSet::new(), Vec::new());
    for name in given {
        let exact = here.iter().filter(|(path, _)| path.as_str() == *name);
        let mut found: BTreeSet<String> = exact.map(|(_, id)| id.clone()).collect();
        if found.is_empty() {
            let wanted = stem(name);
            let by_name = outputs.iter().filter(|output| {
                let aliases = output.aliases.iter();
                let path = stem(&output.path.replace("}}", "}}/"));
                path == wanted
                    || stem(&output.id) == wanted
                    || aliases.into_iter().any(|alias| stem(alias) == wanted)
            });
            found.extend(by_name.map(|output| output.id.clone()));
        }
        if found.is_empty() {
            problems.push(unknown(name, &outputs));
        }
        picked.extend(found);
    }
    if problems.is_empty() {
        return Ok(picked);
    }
    let names: Vec<String> = here.iter().map(|(path, _)| format!("`{path}`")).collect();
    Err(Failure::all(crate::diagnostic::Exit::Invalid, problems)
        .hint(format!("documents here: {}", names.join(", "))))
}

fn unknown(name: &str, outputs: &[&Output]) -> Problem {
    let known: Vec<String> = outputs
        .iter()
        .flat_map(|output| {
            let path = output.path.replace("}}", "}}/");
            std::iter::once(path).chain(output.aliases.clone())
        })
        .map(|name| stem(&name).replace('_', "-"))
        .collect();
    let near = did_you_mean(&stem(name), known.iter().map(String::as_str));
    let near = near.map(|near| {
        let near = near.replace('-', "_").to_uppercase();
        format!("; did you mean `{near}`?")
    });
    Problem::new(format!(
        "there is no document `{}`{}",
        name.escape_debug(),
        near.unwrap_or_default()
    ))
}

/// Files of the person that have an older name of a document: they stay, and that is said.
pub(super) fn older(repository: &Repository) -> Result<Vec<String>, Failure> {
    let here: BTreeMap<String, RelPath> = documents(repository)
        .into_iter()
        .map(|(path, id)| (id, path))
        .collect();
    let mut notes = Vec::new();
    for output in &repository.scaffold.outputs {
        let Some(path) = here.get(&output.id) else {
            continue;
        };
        for alias in &output.aliases {
            let below = path.parent().map(|parent| format!("{parent}/{alias}"));
            let places = [Some(alias.clone()), below];
            for place in places.into_iter().flatten().collect::<BTreeSet<_>>() {
                let Ok(place) = place.parse::<RelPath>() else {
                    continue;
                };
                let found = repository
                    .root
                    .look(&place)
                    .map_err(|error| failed(&error))?;
                if matches!(found, Found::File(_)) {
                    notes.push(format!(
                        "`{place}` is yours and stays as it is; floxwright's own document on that matter is `{path}`"
                    ));
                }
            }
        }
    }
    Ok(notes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_one_name_however_it_is_written() {
        for text in [
            "UPDATE_WORKFLOW",
            "docs/UPDATE_WORKFLOW.md",
            "update-workflow",
            "Update workflow",
        ] {
            assert_eq!(stem(text), "update_workflow", "{text}");
        }
    }
}
