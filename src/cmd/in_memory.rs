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
    fill_defaults(&mut answers, scaffold);
    let mut scaffold = scaffold.clone();
    upstream::provide_for(&mut scaffold, &answers, &Tables::default(), context)?;
    let intent = intent_from(&answers, &Tables::default(), &scaffold).map_err(|problems| {
        let told = problems.into_iter().map(|(field, problem)| {
            let name = field.label().to_lowercase();
            Problem::new(format!("{name}: {}", problem.message))
        });
        Failure::all(Exit::Invalid, told.collect())
    })?;
    let found = facts::resolve(
        &intent,
        &scaffold,
        index,
        &facts::Settled::default(),
        context,
    )?;
    Ok(Resolved {
        intent,
        resolution: found.resolution,
        facts: found.facts,
    })
}
