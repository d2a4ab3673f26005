//! A scaffold with some answers: resolved as the commands resolve, by the index of the program.

use super::super::in_memory::{Asked, Resolved, resolve};
use super::super::{Context, index};
use super::axes::{Axis, axes};
use crate::ask::{Field, Value};
use crate::diagnostic::Failure;
use crate::generate::{GenerateError, Sample, generate, sample};
use crate::lint::{Marked, pairwise};
use crate::nixpkgs::Index;
use crate::scaffold::Scaffold;

/// A scaffold that is tried.
pub(super) struct Trial<'a> {
    pub(super) scaffold: &'a Scaffold,
    pub(super) context: &'a Context<'a>,
    index: Index,
}

/// What came of all combinations.
#[derive(Default)]
pub(super) struct Tried {
    pub(super) combinations: usize,
    pub(super) samples: Vec<Sample>,
    /// What went wrong, each with the answers that are not the first of their question.
    pub(super) failed: Vec<(String, String)>,
}

impl<'a> Trial<'a> {
    pub(super) fn new(scaffold: &'a Scaffold, context: &'a Context<'a>) -> Result<Self, Failure> {
        Ok(Self {
            scaffold,
            context,
            index: index::with_file(None)?,
        })
    }

    /// Every pair of answers in some combination. Answers that the scaffold has no use for, alone, are left out.
    pub(super) fn all(&self, marked: &Marked) -> Result<Tried, Failure> {
        // Without any answer it must be possible.
        self.resolved(&[])?;
        let axes: Vec<Axis> = axes(self.scaffold)
            .into_iter()
            .map(|(field, values)| {
                let usable = |value: &Value| self.resolved(&[(field, value.clone())]).is_ok();
                (field, values.into_iter().filter(usable).collect())
            })
            .filter(|(_, values): &Axis| !values.is_empty())
            .collect();
        let sizes: Vec<usize> = axes.iter().map(|(_, values)| values.len()).collect();
        let mut tried = Tried::default();
        for row in pairwise(&sizes) {
            let chosen = axes.iter().zip(&row);
            let answers: Vec<(Field, Value)> = chosen
                .filter_map(|((field, values), at)| Some((*field, values.get(*at)?.clone())))
                .collect();
            tried.combinations += 1;
            match self.once(&answers, marked) {
                Ok(sample) => tried.samples.push(sample),
                Err(text) => tried.failed.push((text, shown(&axes, &row))),
            }
        }
        Ok(tried)
    }

    /// One combination: the repository is made and verified, and a sample of it is taken.
    fn once(&self, answers: &[(Field, Value)], marked: &Marked) -> Result<Sample, String> {
        let resolved = self.resolved(answers).map_err(|failure| told(&failure))?;
        let (intent, lock) = (&resolved.intent, &resolved.resolution.lock);
        let text = |error: GenerateError| error.to_string();
        generate(intent, lock, self.scaffold, &self.index).map_err(text)?;
        sample(intent, lock, &marked.scaffold, &self.index).map_err(text)
    }

    fn resolved(&self, answers: &[(Field, Value)]) -> Result<Resolved, Failure> {
        let mut asked = Asked::default();
        for (field, value) in answers {
            match field {
                Field::Release => asked.release = Some(value.line()),
                Field::Packages => asked.packages = value.texts().to_vec(),
                _ => asked.others.push((*field, value.clone())),
            }
        }
        resolve(asked, self.scaffold, &self.index, self.context)
    }
}

/// The answers of a row that are not the first of their question.
fn shown(axes: &[Axis], row: &[usize]) -> String {
    let others = axes.iter().zip(row).filter(|(_, at)| **at > 0);
    let shown = others.filter_map(|((field, values), at)| {
        let value = values.get(*at)?.line();
        let value = if value.is_empty() { "none" } else { &value };
        Some(format!("{} {value}", field.flag()))
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// A failure in one line.
fn told(failure: &Failure) -> String {
    let problems = failure.problems.iter();
    let texts = problems.map(|problem| match &problem.cause {
        Some(cause) => format!("{}: {cause}", problem.message),
        None => problem.message.clone(),
    });
    texts.collect::<Vec<_>>().join("; ")
}
