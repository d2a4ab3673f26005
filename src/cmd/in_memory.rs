//! What packages of a release would lead to, resolved in memory: every default, and no repository.

use super::{Context, facts, upstream};
use crate::ask::{Answers, Field, Origin, Tables, Value, fill_defaults, intent_from};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::model::Intent;
use crate::nixpkgs::Index;
use crate::resolve::{Facts, Resolution};
use crate::scaffold::Scaffold;

/// What is resolved.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// The release; the newest that is ready-made where none is said.
    pub(super) release: Option<String>,
    /// Packages beyond the core, as `--package` takes them.
    pub(super) packages: Vec<String>,
    /// Other answers than the defaults.
    pub(super) others: Vec<(Field, Value)>,
}

/// What it led to.
pub(super) struct Resolved {
    /// What was chosen.
    pub(super) intent: Intent,
    /// The scaffold, with the release that was read for it.
    pub(super) scaffold: Scaffold,
    /// The lock, and what is to be known about it.
    pub(super) resolution: Resolution,
    /// What is known of third parties.
    pub(super) facts: Facts,
}

/// Resolves what was asked for by this index of nixpkgs; reads from the package index what has to be read.
pub(super) fn resolve(
    asked: Asked,
    scaffold: &Scaffold,
    index: &Index,
    context: &Context<'_>,
) -> Result<Resolved, Failure> {
    let mut answers = Answers::new();
    if let Some(release) = asked.release {
        let release = upstream::named(&release, scaffold, context)?;
        answers.set(Field::Release, Value::one(release), Origin::Flag);
    }
    answers.set(Field::Packages, Value::many(asked.packages), Origin::Flag);
    for (field, value) in asked.others {
        answers.set(field, value, Origin::Flag);
    }
    resolve_answers(
        (answers, &Tables::default()),
        scaffold,
        index,
        context,
        |field| field.label().to_lowercase(),
    )
}

/// The same for answers of any kind; `name` says how a person knows a field.
pub(super) fn resolve_answers(
    (mut answers, tables): (Answers, &Tables),
    scaffold: &Scaffold,
    index: &Index,
    context: &Context<'_>,
    name: impl Fn(Field) -> String,
) -> Result<Resolved, Failure> {
    if scaffold.newest().is_none() && answers.text(Field::Release).is_none() {
        let name = &scaffold.name;
        return Err(
            Failure::refused(format!("the scaffold `{name}` carries no release yet"))
                .hint("`floxwright catalogue read --release VERSION --scaffold PATH` reads one"),
        );
    }
    fill_defaults(&mut answers, scaffold);
    let mut scaffold = scaffold.clone();
    upstream::provide_for(&mut scaffold, &answers, tables, context)?;
    let intent = intent_from(&answers, tables, &scaffold).map_err(|problems| {
        let told = problems
            .into_iter()
            .map(|(field, problem)| Problem::new(format!("{}: {}", name(field), problem.message)));
        Failure::all(Exit::Invalid, told.collect())
    })?;
    let settled = facts::Settled::default();
    let found = facts::resolve(&intent, &scaffold, index, &settled, context)?;
    Ok(Resolved {
        intent,
        scaffold,
        resolution: found.resolution,
        facts: found.facts,
    })
}
