//! `export`: packages in the form that nixpkgs itself has them in, written into a checkout of it, a commit for each.

mod args;
mod commits;
mod into;
mod outcome;

pub(super) use args::command;

use super::in_memory::{Asked, Resolved, resolve};
use super::mode::Mode;
use super::{Context, index, scaffolds};
use crate::ask::{Field, Value};
use crate::diagnostic::{Exit, Failure, Problem, did_you_mean};
use crate::generate::{Export, Exported, GenerateError, export};
use crate::model::{LockedRelease, PackageSpec};
use crate::plan::{Plan, diff};
use crate::python::PyName;
use crate::scaffold::Scaffold;
use args::Options;
use clap::ArgMatches;
use commits::Series;
use into::Nixpkgs;
use std::collections::BTreeSet;

/// Everything that was decided; nothing is written yet.
struct Prepared {
    exported: Vec<Exported>,
    release: LockedRelease,
    notes: Vec<String>,
    plan: Plan,
    series: Series,
}

/// Runs `export`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let options = Options::from(matches);
    let nixpkgs = Nixpkgs::read(&options.nixpkgs, context)?;
    let prepared = prepare(&options, &nixpkgs, context)?;
    match options.mode {
        Mode::Write => commits::write(&prepared, &nixpkgs, context)?,
        Mode::Diff => return context.ui.result(&diff(&prepared.plan)),
        Mode::Plan => {}
    }
    if options.json {
        return context
            .ui
            .result(&outcome::json(&prepared, &nixpkgs, &options)?);
    }
    for note in &prepared.notes {
        context.ui.warn(note);
    }
    match options.mode {
        Mode::Write => context
            .ui
            .outcome(&outcome::outcome(&prepared, &nixpkgs, &options)),
        Mode::Plan | Mode::Diff => context.ui.result(&outcome::planned(&prepared)),
    }
}

fn prepare(
    options: &Options,
    nixpkgs: &Nixpkgs,
    context: &Context<'_>,
) -> Result<Prepared, Failure> {
    nixpkgs.knows_maintainer(&options.maintainer)?;
    let scaffold = scaffolds::find(options.scaffold.as_deref(), context)?;
    let wanted = wanted(options, &scaffold)?;
    let beyond = wanted
        .iter()
        .filter(|name| !scaffold.catalogue.is_core(name));
    let index = index::with_file(None)?;
    let asked = Asked {
        release: options.release.clone(),
        packages: beyond.map(ToString::to_string).collect(),
        others: vec![(Field::Source, Value::one(&options.source))],
    };
    let Resolved {
        intent, resolution, ..
    } = resolve(asked, &scaffold, &index, context)?;
    let all = export(
        &Export {
            intent: &intent,
            lock: &resolution.lock,
            scaffold: &scaffold,
            index: &index,
            maintainer: &options.maintainer,
        },
        &wanted,
    )
    .map_err(|error| unusable(&scaffold, &error))?;
    let mut notes = resolution.notes;
    let exported = nixpkgs.lacking(all, &wanted, &mut notes)?;
    nixpkgs.note_missing(&exported, &mut notes);
    let series = Series::of(&exported, nixpkgs, options, context)?;
    Ok(Prepared {
        plan: nixpkgs.plan(&exported),
        release: resolution.lock.release,
        exported,
        notes,
        series,
    })
}

/// The packages that were asked for.
fn wanted(options: &Options, scaffold: &Scaffold) -> Result<BTreeSet<PyName>, Failure> {
    let mut problems = Vec::new();
    let mut wanted = BTreeSet::new();
    let known = &scaffold.catalogue.packages;
    for given in &options.packages {
        match given.parse::<PackageSpec>() {
            Err(error) => problems.push(Problem::new(error.to_string())),
            Ok(spec) if !spec.extras.is_empty() => problems.push(Problem::new(format!(
                "`{spec}`: nixpkgs has packages with all their extras; name the package alone"
            ))),
            Ok(spec) if !known.contains_key(&spec.name) => {
                let names = known.keys().map(PyName::as_str);
                let near = did_you_mean(spec.name.as_str(), names)
                    .map(|near| format!("; did you mean `{near}`?"));
                problems.push(Problem::new(format!(
                    "there is no package `{}`{}",
                    spec.name,
                    near.unwrap_or_default()
                )));
            }
            Ok(spec) => {
                wanted.insert(spec.name);
            }
        }
    }
    if problems.is_empty() {
        return Ok(wanted);
    }
    Err(Failure::all(Exit::Invalid, problems)
        .hint("`floxwright list packages` lists what there is"))
}

fn unusable(scaffold: &Scaffold, error: &GenerateError) -> Failure {
    Failure::refused(format!(
        "the scaffold `{}` gives no packages for nixpkgs",
        scaffold.name
    ))
    .because(error)
    .hint("this is a fault of the scaffold, not of what was asked for")
}
