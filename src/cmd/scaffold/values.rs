//! `scaffold values`: what the templates of a scaffold see.

use super::given;
use crate::ask::Field;
use crate::cmd::in_memory::{Asked, Resolved, resolve};
use crate::cmd::new::flags;
use crate::cmd::{Context, index, json, scaffolds};
use crate::diagnostic::Failure;
use crate::generate::seen;
use clap::ArgMatches;

/// Runs `scaffold values`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let scaffold = scaffolds::find(Some(&given(matches)), context)?;
    let index = index::with_file(None)?;
    let answers = flags(matches);
    let others = Field::ALL.iter().copied();
    let others = others.filter(|field| ![Field::Release, Field::Packages].contains(field));
    let asked = Asked {
        release: answers.text(Field::Release),
        packages: answers
            .value(Field::Packages)
            .map(|value| value.texts().to_vec())
            .unwrap_or_default(),
        others: others
            .filter_map(|field| Some((field, answers.value(field)?.clone())))
            .collect(),
    };
    let Resolved {
        intent, resolution, ..
    } = resolve(asked, &scaffold, &index, context)?;
    let index = index.corrected(&intent.index_corrections);
    let values = seen(&intent, &resolution.lock, &scaffold, &index);
    let values = values.map_err(|error| Failure::refused(error.to_string()))?;
    context.ui.result(&json::text(&values)?)
}
