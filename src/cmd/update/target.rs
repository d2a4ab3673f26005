//! The release to move to, with all that is needed of it; what cannot be moved is refused before anything is resolved.

use super::Found;
use super::args::{What, Wish};
use crate::ask::{Field, fill_defaults};
use crate::cmd::Context;
use crate::cmd::repository::{Repository, Request, Versions};
use crate::cmd::upstream::{LATEST, Unlearned, learn_for, named};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::python::{PyName, Version};
use crate::scaffold::{Release, Scaffold};
use crate::workspace::{Edit, INTENT_FILE, edit_intent, read_answers};

/// What is wanted of the repository: the release that is named, the newest, or what is at a branch, tag or commit.
pub(super) fn request(
    wish: &Wish,
    repository: &Repository,
    context: &Context<'_>,
) -> Result<(Request, Found), Failure> {
    let mut notes = Vec::new();
    let here = &repository.intent;
    let rev = match &wish.what {
        What::Rev(rev) => rev.clone(),
        What::Followed => here.rev.clone(),
        _ => String::new(),
    };
    let release = match &wish.what {
        _ if !rev.is_empty() => here.release.clone(),
        What::Release(Some(release)) => named_release(release, &here.release, wish)?,
        _ => newest(repository, context, &mut notes)?,
    };
    let mut edits = Vec::new();
    if release != here.release {
        edits.push(Edit::Set(Field::Release, release.clone()));
    }
    if rev != here.rev {
        edits.push(Edit::Set(Field::Rev, rev.clone()));
    }
    let text = if edits.is_empty() {
        repository.intent_text.clone()
    } else {
        edit_intent(&repository.intent_text, &edits).map_err(|error| {
            Failure::invalid(format!("`{INTENT_FILE}` cannot be changed")).because(error)
        })?
    };
    let mut scaffold = repository.scaffold.clone();
    // Third parties are chosen anew.
    scaffold.kept = None;
    if !rev.is_empty() {
        // So is the commit of a branch. The release that lends stays as it is kept.
        scaffold.forget_commits();
    }
    if !edits.is_empty() || !rev.is_empty() {
        let told = if rev.is_empty() { &release } else { &rev };
        learn(&mut scaffold, &text, told, repository, context)?;
        has_all(scaffold.release_at(&release, &rev), &scaffold, repository)?;
    }
    let intent = repository.intent_by(&text, &scaffold)?;
    let command = wish.command(&intent);
    let request = Request {
        scaffold: Some(scaffold.clone()),
        versions: Versions::Move,
        ..Request::new(&command, intent, text)
    };
    let found = Found {
        notes,
        command,
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
fn has_all(
    known: Option<&Release>,
    scaffold: &Scaffold,
    repository: &Repository,
) -> Result<(), Failure> {
    let Some(known) = known else {
        return Ok(());
    };
    let release = &known.release.to_string();
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
