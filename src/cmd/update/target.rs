//! The release to move to, with all that is needed of it; what cannot be moved is refused before anything is resolved.

use super::Found;
use super::args::Wish;
use crate::ask::{Field, fill_defaults};
use crate::cmd::Context;
use crate::cmd::repository::{Repository, Request, Scope, Versions};
use crate::cmd::upstream::{LATEST, Unlearned, learn_for, named};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::python::{PyName, Version};
use crate::scaffold::Scaffold;
use crate::workspace::{Edit, INTENT_FILE, edit_intent, read_answers};
use std::collections::BTreeMap;

/// What is wanted of the repository: the release that is named, or the newest.
pub(super) fn request(
    wanted: Option<&Version>,
    wish: &Wish,
    repository: &Repository,
    context: &Context<'_>,
) -> Result<(Request, Found), Failure> {
    let mut notes = Vec::new();
    let here = &repository.intent.release;
    let release = match wanted {
        Some(release) => named_release(release, here, wish)?,
        None => newest(repository, context, &mut notes)?,
    };
    let edits = [Edit::Set(Field::Release, release.clone())];
    let moves = release != *here;
    let text = if moves {
        edit_intent(&repository.intent_text, &edits).map_err(|error| {
            Failure::invalid(format!("`{INTENT_FILE}` cannot be changed")).because(error)
        })?
    } else {
        repository.intent_text.clone()
    };
    let mut scaffold = repository.scaffold.clone();
    // Third parties are chosen anew.
    scaffold.kept = None;
    if moves {
        learn(&mut scaffold, &text, &release, repository, context)?;
        has_all(&scaffold, &release, repository)?;
    }
    let request = Request {
        command: wish.command(&release),
        intent: repository.intent_by(&text, &scaffold)?,
        intent_text: text,
        index: None,
        own: BTreeMap::new(),
        scaffold: Some(scaffold.clone()),
        versions: Versions::Move,
        scope: Scope::All,
    };
    let found = Found {
        notes,
        scaffold: Some(scaffold),
    };
    Ok((request, found))
}

/// The release that was named, unless it is older than the one that is here.
fn named_release(wanted: &Version, here: &str, wish: &Wish) -> Result<String, Failure> {
    let is_older = here.parse::<Version>().is_ok_and(|here| *wanted < here);
    if is_older && !wish.downgrade {
        return Err(Failure::invalid(format!(
            "`{wanted}` is older than {here}, the release that is here"
        ))
        .hint("`--allow-downgrade` goes back to it"));
    }
    Ok(wanted.to_string())
}

/// The newest complete release, or the one that is here where that is newer.
fn newest(
    repository: &Repository,
    context: &Context<'_>,
    notes: &mut Vec<String>,
) -> Result<String, Failure> {
    let here = &repository.intent.release;
    let newest = named(LATEST, &repository.scaffold, context)?;
    let is_older = match (newest.parse::<Version>(), here.parse::<Version>()) {
        (Ok(newest), Ok(here)) => newest < here,
        _ => false,
    };
    if !is_older {
        return Ok(newest);
    }
    notes.push(format!(
        "PyPI's newest complete release is {newest}, older than {here} here; `floxwright update {newest} --allow-downgrade` goes back to it"
    ));
    Ok(here.clone())
}

/// Reads the release, if the scaffold does not have it.
fn learn(
    scaffold: &mut Scaffold,
    text: &str,
    release: &str,
    repository: &Repository,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let file = read_answers(INTENT_FILE, text);
    let mut answers = file.answers;
    fill_defaults(&mut answers, scaffold);
    learn_for(scaffold, &answers, &file.tables, context).map_err(|unlearned| {
        let Unlearned { mut failure, lacks } = unlearned;
        let chosen = chosen(repository);
        let gone: Vec<&PyName> = lacks.iter().filter(|name| chosen.contains(name)).collect();
        if gone.is_empty() {
            return failure;
        }
        failure.hints.insert(0, without(&gone, release));
        failure
    })
}

/// The packages that the person chose.
fn chosen(repository: &Repository) -> Vec<&PyName> {
    let packages = repository.intent.packages.iter();
    packages.map(|spec| &spec.name).collect()
}

fn without(gone: &[&PyName], release: &str) -> String {
    let names: Vec<&str> = gone.iter().map(|name| name.as_str()).collect();
    format!(
        "`floxwright remove {}` goes on without; then update to {release}",
        names.join(" ")
    )
}

/// Refuses a release that lacks something that the person chose.
fn has_all(scaffold: &Scaffold, release: &str, repository: &Repository) -> Result<(), Failure> {
    let Some(known) = scaffold.release(release) else {
        return Ok(());
    };
    let names = chosen(repository);
    // Of names that the catalogue does not know, whoever resolves tells more.
    let gone = names.into_iter().filter(|name| {
        scaffold.catalogue.packages.contains_key(*name) && !known.packages.contains_key(*name)
    });
    let gone: Vec<&PyName> = gone.collect();
    if gone.is_empty() {
        return Ok(());
    }
    let problem = |name: &&PyName| {
        let fate = scaffold.catalogue.fate(name);
        let fate = fate.map(|fate| format!(": {fate}")).unwrap_or_default();
        Problem::new(format!("{release} has no `{name}`{fate}"))
    };
    let problems = gone.iter().map(problem).collect();
    Err(Failure::all(Exit::Invalid, problems).hint(without(&gone, release)))
}
