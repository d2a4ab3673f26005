//! `scaffold values`: what the templates of a scaffold see.

use super::plain::{Tried, expanded};
use super::{asked, given};
use crate::ask::Field;
use crate::cmd::in_memory::{Asked, Resolved, resolve};
use crate::cmd::new::flags;
use crate::cmd::{Context, index, json, scaffolds};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::generate::seen;
use crate::scaffold::is_plain;
use crate::tree::Tree;
use clap::ArgMatches;
use clap::parser::ValueSource;

/// The project of a plain template.
const NAME: &str = "example";

/// Runs `scaffold values`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let given = given(matches);
    let (_, own) = scaffolds::files(&given, context)?;
    if is_plain(&own) {
        return of_plain(&given, &own, matches, context);
    }
    if matches.contains_id("define") {
        return Err(Failure::invalid(format!(
            "`--define` says nothing to `{given}`, which is no plain template"
        )));
    }
    let scaffold = scaffolds::find(Some(&given), context)?;
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

/// What the files of a plain template see.
fn of_plain(
    given: &str,
    template: &Tree,
    matches: &ArgMatches,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let said =
        asked().filter(|field| matches.value_source(field.id()) == Some(ValueSource::CommandLine));
    let problem = |field: Field| {
        let id = field.id();
        Problem::new(format!(
            "`--{id}` says nothing to the plain template `{given}`"
        ))
    };
    let mut problems: Vec<Problem> = said.map(problem).collect();
    let mut tried = Tried::default();
    for definition in matches.get_many::<String>("define").into_iter().flatten() {
        match definition.split_once('=') {
            Some((name, value)) => {
                let value = toml::Value::String(value.to_owned());
                tried.values.insert(name.to_owned(), value);
            }
            None => problems.push(Problem::new(format!(
                "`--define {}` is not `KEY=VALUE`",
                definition.escape_debug()
            ))),
        }
    }
    if !problems.is_empty() {
        return Err(Failure::all(Exit::Invalid, problems)
            .hint("`--define KEY=VALUE` answers a placeholder"));
    }
    let allow_hooks = matches.get_flag("allow-hooks");
    let expanded = expanded(
        template,
        (NAME, &tried),
        "`--define KEY=VALUE`",
        allow_hooks,
    )?;
    context
        .ui
        .result(&json::text(&serde_json::json!(expanded.variables))?)
}
