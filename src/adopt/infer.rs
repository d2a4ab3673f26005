//! The intent that a repository's files give, each answer with its evidence.

use super::evidence::{Inference, Open, Place, Sure};
use super::readme;
use super::release::release;
use super::survey::Survey;
use crate::ask::{Answers, Field, Origin, Value};
use crate::python::{PyName, Version};
use crate::scaffold::Scaffold;
use toml_edit::DocumentMut;

/// What the files give.
#[derive(Clone, Debug, Default)]
pub struct Inferred {
    /// What is known, in the order of the fields.
    pub known: Vec<Inference>,
    /// What contradicts itself.
    pub open: Vec<Open>,
}

impl Inferred {
    /// Adds the inferences to the answers, where nobody said otherwise.
    pub fn fill(&self, answers: &mut Answers) {
        for one in &self.known {
            if answers.get(one.field).is_none() {
                answers.set(one.field, one.value.clone(), Origin::Detected);
            }
        }
    }

    /// The inference for a field.
    pub fn of(&self, field: Field) -> Option<&Inference> {
        self.known.iter().find(|one| one.field == field)
    }
}

/// What is looked at.
pub(super) struct Look<'a> {
    pub(super) survey: &'a Survey,
    pub(super) scaffold: &'a Scaffold,
    pub(super) manifest: Option<DocumentMut>,
}

/// Where Flox has its environment.
pub(super) const MANIFEST: &str = ".flox/env/manifest.toml";

/// Infers what can be inferred; fields that are given are left out.
pub fn infer(survey: &Survey, scaffold: &Scaffold, given: &Answers) -> Inferred {
    let look = Look {
        survey,
        scaffold,
        manifest: survey
            .text(MANIFEST)
            .and_then(|text| text.parse::<DocumentMut>().ok()),
    };
    let mut inferred = Inferred::default();
    let wanted = |field: Field| given.get(field).is_none();
    if wanted(Field::Release) {
        match release(&look) {
            Ok(one) => inferred.known.push(one),
            Err(open) => inferred.open.push(open),
        }
    }
    if wanted(Field::Python) {
        match look.python() {
            Some(Ok(one)) => inferred.known.push(one),
            Some(Err(open)) => inferred.open.push(open),
            None => {}
        }
    }
    let found = inferred.of(Field::Release).map(|one| one.value.line());
    let release = given.text(Field::Release).or(found).unwrap_or_default();
    let rest = [
        look.name(),
        look.source(&release),
        look.layout(),
        Some(look.packages()),
        look.systems(),
        look.environment(),
        look.libraries(),
        look.storage(),
        Some(nothing_added()),
        look.license(),
        readme::documents_dir(&look),
        readme::handle(&look),
    ];
    let rest = rest.into_iter().flatten();
    inferred.known.extend(rest.filter(|one| wanted(one.field)));
    inferred.known.sort_by_key(|one| one.field);
    inferred
}

/// Nothing is added that was not there.
fn nothing_added() -> Inference {
    let because = "taking over adds no further parts unless they are asked for";
    one(Field::With, Value::many(["none"]), Sure::Likely, because)
}

/// An inference.
pub(super) fn one(field: Field, value: Value, sure: Sure, because: &str) -> Inference {
    Inference {
        field,
        value,
        sure,
        because: because.to_owned(),
        places: Vec::new(),
    }
}

impl Inference {
    pub(super) fn at(mut self, places: impl IntoIterator<Item = Place>) -> Self {
        self.places.extend(places);
        self
    }
}

impl Look<'_> {
    /// The ready-made release in which a package has a version.
    pub(super) fn release_of(&self, name: &PyName, version: &Version) -> Option<Version> {
        let mut ready = self.scaffold.ready_made();
        let found = ready.find(|release| {
            release
                .packages
                .get(name)
                .is_some_and(|package| package.version == *version)
        });
        found.map(|release| release.release.clone())
    }
}
