//! From what is there to what it would become, in memory.

use super::args::Options;
use crate::adopt::{
    Corrections, Decided, Ground, Inferred, Survey, compare, decide, infer, tweaks,
};
use crate::ask::{Answers, Field, Origin, Tables, Value, fill_defaults, intent_from, left_out};
use crate::cmd::desired::{Desired, desired};
use crate::cmd::facts::Settled;
use crate::cmd::repository::{Planned, Proposed, Unmanaged};
use crate::cmd::{Context, index, path::normal, scaffolds, upstream};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::model::Intent;
use crate::nixpkgs::Index;
use crate::python::PyName;
use crate::scaffold::{Scaffold, built_in_names};
use crate::tree::{Found, RelPath};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What was read.
pub(super) struct Reading {
    found: Unmanaged,
    survey: Survey,
    pub(super) scaffold: Scaffold,
    pub(super) inferred: Inferred,
    /// Everything that is known, without defaults.
    pub(super) answers: Answers,
    index: Index,
}

/// What was decided on the way to a plan, and why.
pub(super) struct Story {
    pub(super) decided: Decided,
    pub(super) corrections: Vec<Corrections>,
    pub(super) inferred: Inferred,
    pub(super) answers: Answers,
    pub(super) intent: Intent,
    pub(super) notes: Vec<String>,
}

/// A plan with the story that led to it.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) story: &'a Story,
    pub(super) planned: &'a Planned,
}

/// Reads the repository at `root`. `given` are the answers of flags and of the person.
pub(super) fn read(
    root: &Path,
    given: &Answers,
    context: &Context<'_>,
) -> Result<Reading, Failure> {
    let found = Unmanaged::look(root)?;
    check_links(&found)?;
    let directory = root.file_name().unwrap_or_default().to_string_lossy();
    let survey = |scaffold: &Scaffold| {
        let (files, others) = (found.files.clone(), found.others.clone());
        Survey::of(files, others, directory.clone().into_owned(), scaffold)
    };
    let asked = given.text(Field::Scaffold);
    let names: Vec<String> = match &asked {
        Some(name) => vec![anchored(name, context)],
        None => built_in_names().into_iter().map(str::to_owned).collect(),
    };
    let mut known = Vec::new();
    for name in &names {
        let scaffold = scaffolds::find(Some(name), context)?;
        let survey = survey(&scaffold);
        if survey.is_recognised() {
            return reading(found, survey, scaffold, given, context);
        }
        known.push((scaffold, survey));
    }
    Err(nothing(root, &known))
}

/// A scaffold's path is meant from the working directory.
fn anchored(name: &str, context: &Context<'_>) -> String {
    if scaffolds::is_path(name) {
        normal(&context.path(name)).to_string_lossy().into_owned()
    } else {
        name.to_owned()
    }
}

fn reading(
    found: Unmanaged,
    survey: Survey,
    scaffold: Scaffold,
    given: &Answers,
    context: &Context<'_>,
) -> Result<Reading, Failure> {
    let mut answers = given.clone();
    if let Some(answer) = given.get(Field::Release) {
        let release = upstream::named(&answer.value.line(), &scaffold, context)?;
        answers.set(Field::Release, Value::one(release), answer.origin);
    }
    if let Some(answer) = given.get(Field::Scaffold) {
        let name = anchored(&answer.value.line(), context);
        answers.set(Field::Scaffold, Value::one(name), answer.origin);
    }
    let inferred = infer(&survey, &scaffold, given);
    inferred.fill(&mut answers);
    let directory = Value::one(&survey.directory);
    answers.set(Field::Directory, directory, Origin::Detected);
    without_absent(&mut answers, &scaffold);
    Ok(Reading {
        index: index::with_file(None)?,
        found,
        survey,
        scaffold,
        inferred,
        answers,
    })
}

/// A package that is built here and that the release does not have is not asked for: its file stays.
fn without_absent(answers: &mut Answers, scaffold: &Scaffold) {
    let Some(found) = answers
        .get(Field::Packages)
        .filter(|answer| answer.origin == Origin::Detected)
    else {
        return;
    };
    let release = answers.text(Field::Release).unwrap_or_default();
    let Some(release) = scaffold.release(&release) else {
        return;
    };
    if scaffold.is_partial(&release.release) {
        return;
    }
    let texts = found.value.texts().iter();
    let there = texts.filter(|text| {
        text.parse::<PyName>()
            .is_ok_and(|name| release.packages.contains_key(&name))
    });
    let value = Value::many(there.cloned());
    answers.set(Field::Packages, value, Origin::Detected);
}

/// Why nothing is taken over: what there is of Nix files, and whose packages were looked for.
fn nothing(root: &Path, known: &[(Scaffold, Survey)]) -> Failure {
    let upstreams = known
        .iter()
        .map(|(scaffold, _)| scaffold.catalogue.upstream.name.as_str());
    let upstreams: Vec<&str> = upstreams.collect();
    let failure = Failure::refused(format!(
        "no file below `.flox/pkgs` builds a package of {}",
        upstreams.join(" or ")
    ));
    let Some((_, survey)) = known.first() else {
        return failure;
    };
    let faults = survey.recipes.iter().filter_map(|(path, read)| {
        let fault = read.recipe.fault.as_ref()?;
        let span = crate::diagnostic::Span {
            origin: path.to_string(),
            text: read.text.clone(),
            range: fault.range.clone(),
        };
        Some(Problem::new("this cannot be read as Nix").at(span))
    });
    let mut failure = failure;
    failure.problems.extend(faults);
    let count = survey.recipes.len();
    let read = match count {
        0 => format!("there is no Nix file below `{}/.flox/pkgs`", root.display()),
        1 => "1 Nix file was read".to_owned(),
        count => format!("{count} Nix files were read"),
    };
    let seen = match survey.others.len() {
        0 => read,
        others => format!("{read}; links and special files are not: {others}"),
    };
    failure
        .because(seen)
        .hint("`floxwright new DIR` makes a repository; `--scaffold` names another upstream")
}

/// Proposes what the repository becomes.
pub(super) fn propose(
    reading: Reading,
    options: &Options,
    context: &Context<'_>,
) -> Result<(Proposed, Story), Failure> {
    let Reading {
        found,
        mut survey,
        scaffold,
        inferred,
        mut answers,
        index,
    } = reading;
    fill_defaults(&mut answers, &scaffold);
    let mut notes = left_out(&answers, &scaffold);
    let mut tables = Tables::default();
    let patches = found.patches()?;
    let mut intent = intent(&answers, &tables, &scaffold, &patches)?;
    // The hash that is here for the tag spares its download.
    let settled = Settled {
        source: survey
            .pinned(&scaffold, &intent.release)
            .map(|(source, _)| source),
        ..Settled::default()
    };
    let mut wanted = desired(&intent, &scaffold, &index, &settled, context)?;
    let ground = ground(&survey, &scaffold, &index, (&intent, &wanted));
    tables.tweaks = tweaks(&ground);
    if !tables.tweaks.is_empty() {
        intent = self::intent(&answers, &tables, &scaffold, &patches)?;
        wanted = desired(&intent, &scaffold, &index, &settled, context)?;
    }
    for path in wanted.lock.files.keys() {
        survey.see(path, &found.what(path)?);
    }
    let ground = self::ground(&survey, &scaffold, &index, (&intent, &wanted));
    let corrections = compare(&ground);
    let decided = decide(&ground, &|path: &RelPath| options.replaces(path));
    let absent = options
        .named()
        .filter(|path| survey.files.get(path).is_none());
    notes.extend(absent.map(|path| {
        format!("`--replace {path}`: there is no such file among those that are read")
    }));
    let repository = found.with(intent.clone(), scaffold, index);
    let command = options.command(&answers);
    let planned = repository.take_over(&command, wanted, &decided)?;
    let story = Story {
        decided,
        corrections,
        inferred,
        answers,
        intent,
        notes,
    };
    Ok(((repository, command, planned), story))
}

fn ground<'a>(
    survey: &'a Survey,
    scaffold: &'a Scaffold,
    index: &'a Index,
    (intent, wanted): (&'a Intent, &'a Desired),
) -> Ground<'a> {
    Ground {
        survey,
        scaffold,
        index,
        intent,
        lock: &wanted.lock,
        made: &wanted.tree,
    }
}

/// Flox's own directories have to be directories.
fn check_links(found: &Unmanaged) -> Result<(), Failure> {
    for directory in [".flox", ".flox/env", ".flox/pkgs"] {
        let Ok(path) = directory.parse() else {
            continue;
        };
        if let Found::Other(kind) = found.what(&path)?
            && kind != crate::tree::Kind::Directory
        {
            return Err(Failure::refused(format!(
                "`{directory}` is {}: floxwright writes into directories of the repository only",
                kind.name()
            )));
        }
    }
    Ok(())
}

/// The intent of the answers and of the patches that are there; all that is wrong is told together, with the flag that settles it.
fn intent(
    answers: &Answers,
    tables: &Tables,
    scaffold: &Scaffold,
    patches: &BTreeMap<PyName, BTreeSet<RelPath>>,
) -> Result<Intent, Failure> {
    let intent = intent_from(answers, tables, scaffold).map_err(|problems| {
        let problems = problems.into_iter().map(|(field, problem)| {
            let from = answers.get(field).map(|answer| answer.origin);
            let from = match from {
                Some(Origin::Detected) => "inferred, ",
                _ => "",
            };
            Problem::new(format!("{from}`{}`: {}", field.flag(), problem.message))
        });
        Failure::all(Exit::Invalid, problems.collect())
    })?;
    Ok(Intent {
        patches: patches.clone(),
        ..intent
    })
}
