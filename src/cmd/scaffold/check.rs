//! `scaffold check`: renders every pair of answers, and looks at the templates.

use super::super::json::is_asked;
use super::super::{Context, scaffolds};
use super::outcome::{Checked, json, text};
use super::render::{Trial, Tried};
use crate::diagnostic::{Exit, Failure};
use crate::expand::Staged;
use crate::lint::{Finding, Kind, findings, marked, plain};
use crate::scaffold::is_plain;
use crate::tree::Tree;
use clap::ArgMatches;

/// Runs it.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let given = super::given(matches);
    let (name, tree) = scaffolds::files(&given, context)?;
    let checked = if is_plain(&tree) {
        checked_plain(&given, &tree, matches.get_flag("allow-hooks"))?
    } else {
        checked(&given, (&name, &tree), context)?
    };
    let with_notes = matches.get_flag("notes");
    let printed = if is_asked(matches) {
        json(&checked)?
    } else {
        text(&checked, with_notes)
    };
    context.ui.result(&printed)?;
    if checked.faults() == 0 {
        return Ok(());
    }
    // Everything is said already.
    Err(Failure::all(Exit::Found, Vec::new()))
}

fn checked(
    given: &str,
    (name, own): (&str, &Tree),
    context: &Context<'_>,
) -> Result<Checked, Failure> {
    let scaffold = scaffolds::load(given, name, own)?;
    let marked = marked(&scaffold, own);
    let progress = context.ui.spinner(&format!("trying {name}"));
    let trial = Trial::new(&scaffold, context)?;
    let Tried {
        combinations,
        samples,
        failed,
    } = trial.all(&marked)?;
    drop(progress);
    let mut found = findings(&scaffold, own, &marked, &samples);
    if !failed.is_empty() {
        // What was not rendered might have led to it.
        found.retain(|finding| !matches!(finding.kind, Kind::Unreachable | Kind::NeverMade));
    }
    found.extend(not_rendered(&failed));
    found.sort();
    Ok(Checked {
        scaffold: given.to_owned(),
        templates: scaffold.templates.len(),
        combinations,
        rendered: samples.len(),
        findings: found,
    })
}

/// A plain template, which packages nothing and has placeholders for questions.
fn checked_plain(given: &str, tree: &Tree, allow_hooks: bool) -> Result<Checked, Failure> {
    let staged = Staged::of_tree(tree).map_err(|error| {
        Failure::refused(format!("the template `{given}` cannot be read")).because(error)
    })?;
    let tried = plain(&staged, allow_hooks)?;
    Ok(Checked {
        scaffold: given.to_owned(),
        templates: tried.files,
        combinations: tried.combinations,
        rendered: tried.rendered,
        findings: tried.findings,
    })
}

/// What went wrong, each once, with the first combination in which it did.
fn not_rendered(failed: &[(String, String)]) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for (text, answers) in failed {
        if found
            .iter()
            .any(|known| known.text.starts_with(text.as_str()))
        {
            continue;
        }
        found.push(Finding {
            kind: Kind::NotRendered,
            file: "scaffold.toml".to_owned(),
            line: 0,
            text: format!("{text}\nwith {answers}"),
        });
    }
    found
}
