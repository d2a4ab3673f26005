//! What a wish changes in `floxwright.toml`.

use super::args::{Verb, Wish, is_many};
use crate::ask::{Field, Offer};
use crate::cmd::repository::Repository;
use crate::cmd::{Context, upstream};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::model::PackageSpec;
use crate::python::PyName;
use crate::scaffold::Scaffold;
use crate::workspace::{Edit, INTENT_FILE, edit_intent, read_answers};
use std::borrow::Cow;

/// The edited file.
pub(super) struct Edited {
    /// `floxwright.toml`, as plain text.
    pub(super) text: String,
    /// What was asked for and changes nothing.
    pub(super) notes: Vec<String>,
}

/// Edits the repository's `floxwright.toml` as the wish says.
pub(super) fn edited(
    wish: &Wish,
    repository: &Repository,
    context: &Context<'_>,
) -> Result<Edited, Failure> {
    let mut edits = Vec::new();
    let mut notes = Vec::new();
    match wish.verb {
        Verb::Add => {
            let scaffold = with_many(wish, repository, context)?;
            add(wish, (repository, &scaffold), &mut edits, &mut notes)?;
        }
        Verb::Remove => remove(wish, repository, &mut edits, &mut notes)?,
    }
    let text = edit_intent(&repository.intent_text, &edits).map_err(|error| {
        Failure::invalid(format!("`{INTENT_FILE}` cannot be changed")).because(error)
    })?;
    Ok(Edited { text, notes })
}

/// The scaffold with all that the release has of what `all` and categories stand for.
fn with_many<'r>(
    wish: &Wish,
    repository: &'r Repository,
    context: &Context<'_>,
) -> Result<Cow<'r, Scaffold>, Failure> {
    let mut scaffold = repository.scaffold.clone();
    // Of a release that is not known, everything is offered that there ever was.
    scaffold.forget_read();
    let offer = Offer::for_intent(&repository.intent, &scaffold);
    let many = wish.words.iter().filter(|word| is_many(word));
    let names = many.flat_map(|word| offer.asked(word).unwrap_or_default());
    let names = names.map(|spec| spec.name).collect();
    upstream::welcoming(&repository.scaffold, &repository.intent, names, context)
}

fn add(
    wish: &Wish,
    (repository, scaffold): (&Repository, &Scaffold),
    edits: &mut Vec<Edit>,
    notes: &mut Vec<String>,
) -> Result<(), Failure> {
    let intent = &repository.intent;
    let mut wanted: Vec<PackageSpec> = Vec::new();
    let mut problems = Vec::new();
    let offer = Offer::for_intent(intent, scaffold);
    for word in &wish.words {
        match offer.asked(word) {
            Ok(specs) => wanted.extend(specs),
            Err(message) => problems.push(Problem::new(message)),
        }
    }
    if !problems.is_empty() {
        return Err(Failure::all(Exit::Invalid, problems));
    }
    let words: Vec<&str> = wish.words.iter().map(String::as_str).collect();
    notes.extend(offer.left_out(&words));
    for spec in &wish.specs {
        if repository.scaffold.catalogue.is_core(&spec.name) && spec.extras.is_empty() {
            notes.push(format!(
                "`{spec}` is part of the core, which is always built"
            ));
        } else if intent.packages.contains(spec) {
            notes.push(format!("`{spec}` is there already"));
        }
    }
    wanted.sort();
    wanted.dedup();
    let new = wanted
        .iter()
        .filter(|spec| !intent.packages.contains(*spec));
    edits.extend(new.map(|spec| Edit::Insert(Field::Packages, spec.to_string())));
    for library in &wish.libraries {
        let edit = Edit::Insert(Field::WithPython, library.to_string());
        if intent.libraries.contains(library) {
            notes.push(format!("the library `{library}` is there already"));
        } else if !edits.contains(&edit) {
            edits.push(edit);
        }
    }
    for (name, version) in &wish.overrides {
        if intent.overrides.get(name) == version.as_ref() {
            notes.push(format!("`{name}` is overridden like this already"));
        } else {
            edits.push(Edit::Override(name.to_string(), version.clone()));
        }
    }
    if let Some(missing) = wish.missing.filter(|missing| *missing != intent.missing) {
        edits.push(Edit::Set(Field::Missing, missing.to_string()));
    }
    Ok(())
}

fn remove(
    wish: &Wish,
    repository: &Repository,
    edits: &mut Vec<Edit>,
    notes: &mut Vec<String>,
) -> Result<(), Failure> {
    let file = read_answers(INTENT_FILE, &repository.intent_text);
    let texts = |field: Field| {
        let value = file.answers.value(field);
        value
            .map(|value| value.texts().to_vec())
            .unwrap_or_default()
    };
    let mut problems = Vec::new();
    let mut entries = texts(Field::Packages);
    for spec in &wish.specs {
        if repository.scaffold.catalogue.is_core(&spec.name) && spec.extras.is_empty() {
            let message = format!("`{spec}` is part of the core, which is always built");
            problems.push(Problem::new(message));
            continue;
        }
        let found = without(&entries, spec);
        if found.is_empty() {
            problems.extend(written_out(spec, &entries, repository));
            if !repository
                .lock
                .as_ref()
                .is_some_and(|lock| lock.packages.contains_key(&spec.name))
            {
                notes.push(format!("`{spec}` is not here; there is nothing to remove"));
            } else if !spec.extras.is_empty() {
                notes.push(format!(
                    "`{spec}` is not asked for; there is nothing to remove"
                ));
            }
        }
        for (old, new) in found {
            entries.retain(|entry| *entry != old);
            entries.extend(new.clone());
            edits.push(Edit::Replace(Field::Packages, old, new));
        }
    }
    remove_libraries(wish, &texts(Field::WithPython), edits, notes);
    for (name, _) in &wish.overrides {
        if repository.intent.overrides.contains_key(name) {
            edits.push(Edit::Override(name.to_string(), None));
        } else {
            notes.push(format!(
                "`{name}` is not overridden; there is nothing to remove"
            ));
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Invalid, problems))
}

fn remove_libraries(
    wish: &Wish,
    libraries: &[String],
    edits: &mut Vec<Edit>,
    notes: &mut Vec<String>,
) {
    for library in &wish.libraries {
        let is_it = |text: &&String| text.parse::<PyName>().is_ok_and(|name| name == *library);
        let found: Vec<&String> = libraries.iter().filter(is_it).collect();
        if found.is_empty() {
            notes.push(format!(
                "the library `{library}` is not here; there is nothing to remove"
            ));
        }
        edits.extend(
            found
                .into_iter()
                .map(|old| Edit::Replace(Field::WithPython, old.clone(), None)),
        );
    }
}

/// What becomes of the entries when `spec` goes: the entry that says exactly this, else those of the same name.
fn without(entries: &[String], spec: &PackageSpec) -> Vec<(String, Option<String>)> {
    let parsed = entries
        .iter()
        .filter_map(|entry| Some((entry, entry.parse::<PackageSpec>().ok()?)));
    let same: Vec<(&String, PackageSpec)> =
        parsed.filter(|(_, one)| one.name == spec.name).collect();
    let exact: Vec<_> = same.iter().filter(|(_, one)| one == spec).collect();
    if !exact.is_empty() {
        return exact
            .into_iter()
            .map(|(text, _)| ((*text).clone(), None))
            .collect();
    }
    let mut changes = Vec::new();
    for (text, mut one) in same {
        let before = one.extras.len();
        one.extras.retain(|extra| !spec.extras.contains(extra));
        if spec.extras.is_empty() || one.extras.is_empty() && before > 0 {
            changes.push((text.clone(), None));
        } else if one.extras.len() < before {
            changes.push((text.clone(), Some(one.to_string())));
        }
    }
    changes
}

/// A package that stands in the file as part of `all` or of a category cannot be taken out of it.
fn written_out(spec: &PackageSpec, entries: &[String], repository: &Repository) -> Option<Problem> {
    let many = entries.iter().find(|entry| is_many(entry))?;
    let is_asked = repository
        .intent
        .packages
        .iter()
        .any(|one| one.name == spec.name);
    is_asked.then(|| {
        Problem::new(format!(
            "`{spec}` is asked for by `packages = [\"{many}\"]` in `{INTENT_FILE}`; write the names out there first"
        ))
    })
}
