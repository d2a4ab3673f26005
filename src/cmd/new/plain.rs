//! `new --scaffold` with a plain template: what `generate` makes of it, by the flags of `new` that both have.

use super::args::{Commit, Options};
use crate::ask::Field;
use crate::cmd::mode::Mode;
use crate::cmd::path::normal;
use crate::cmd::scaffold_address::Address;
use crate::cmd::{Context, generate, scaffolds};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk::{Target, is_there, look_at_target};
use crate::scaffold::{SCAFFOLD, TEMPLATE, is_plain};
use clap::ArgMatches;
use clap::parser::ValueSource;
use heck::ToKebabCase;
use std::path::Path;

/// The questions of `new` that a plain template has as well.
const SHARED: [Field; 3] = [Field::Directory, Field::Name, Field::Scaffold];

/// Runs `generate` where `--scaffold` names a plain template; `None` where it does not.
pub(super) fn run(
    matches: &ArgMatches,
    options: &Options,
    context: &Context<'_>,
) -> Option<Result<(), Failure>> {
    let given = matches.get_one::<String>(Field::Scaffold.id())?;
    let template = match template(given, context) {
        Ok(template) => template?,
        Err(failure) => return Some(Err(failure)),
    };
    let arguments =
        refused(given, matches).and_then(|()| arguments(template, matches, options, context));
    Some(arguments.and_then(|arguments| {
        let parsed = generate::command().try_get_matches_from(arguments);
        let parsed = parsed.map_err(|error| Failure::invalid(error.to_string()))?;
        generate::run(&parsed, context).map_err(with_flags)
    }))
}

/// What helps may be a flag that `new` does not have.
fn with_flags(failure: Failure) -> Failure {
    let of_generate = |hint: &String| hint.contains("`--") || hint.contains(" --");
    if failure.hints.iter().any(of_generate) {
        return failure
            .hint("these are flags of `floxwright generate`, which takes the same template");
    }
    failure
}

/// How `generate` is told of the template, if it is a plain one. What cannot be found is left to those who look for scaffolds.
fn template(given: &str, context: &Context<'_>) -> Result<Option<Vec<String>>, Failure> {
    let own = |words: &[&str]| Some(words.iter().map(|word| (*word).to_owned()).collect());
    let Some(address) = Address::of(given) else {
        if !scaffolds::is_path(given) {
            let found = scaffolds::files(given, context).ok();
            return Ok(found
                .filter(|(_, tree)| is_plain(tree))
                .and_then(|_| own(&[given])));
        }
        let path = context.path(given);
        let is_plain = is_there(&path.join(TEMPLATE)) && !is_there(&path.join(SCAFFOLD));
        return Ok(own(&["--path", given]).filter(|_| is_plain));
    };
    let address = address.pinned(context)?;
    // What is no scaffold's, a link say, may be a plain template's.
    let names = address.names(context)?;
    let (url, rev, directory) = address.parts();
    let mut words = vec!["--git", url, "--revision", rev];
    words.extend(Some(directory).filter(|directory| !directory.is_empty()));
    let is_plain = names.contains(TEMPLATE) && !names.contains(SCAFFOLD);
    Ok(own(&words).filter(|_| is_plain))
}

/// What only a scaffold with a catalogue is asked.
fn refused(given: &str, matches: &ArgMatches) -> Result<(), Failure> {
    let others = Field::ALL.iter().filter(|field| !SHARED.contains(field));
    let others = others.map(|field| field.id());
    let others = others.chain(["answers", "no-commit", "force"]);
    let said = others.filter(|id| matches.value_source(id) == Some(ValueSource::CommandLine));
    let problems: Vec<Problem> = said
        .map(|id| {
            Problem::new(format!(
                "`--{id}` says nothing to the plain template `{given}`"
            ))
        })
        .collect();
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Invalid, problems).hint(
        "`floxwright generate` takes the values of a template: `--define NAME=VALUE`, `--values-file FILE`",
    ))
}

fn arguments(
    template: Vec<String>,
    matches: &ArgMatches,
    options: &Options,
    context: &Context<'_>,
) -> Result<Vec<String>, Failure> {
    let mut words = vec!["generate".to_owned()];
    words.extend(template);
    let mut flag = |flag: &str, value: String| words.extend([format!("--{flag}"), value]);
    let given = matches.get_one::<String>(Field::Directory.id());
    let directory = given.map(|given| normal(&context.path(given)));
    if let Some(name) = name(directory.as_deref(), matches, options)? {
        flag("name", name);
    }
    // An empty directory that is there is taken as it is.
    let is_there = directory.as_deref().is_some_and(is_empty_directory);
    let place = directory.as_deref();
    let place = if is_there {
        place
    } else {
        place.and_then(Path::parent)
    };
    if let Some(place) = place {
        let here = normal(&context.world.cwd);
        let place = place.strip_prefix(here).unwrap_or(place).to_string_lossy();
        let place = if place.is_empty() { "." } else { &place };
        flag("destination", place.to_owned());
    }
    if options.commit == Commit::NoGit {
        flag("vcs", "none".to_owned());
    }
    if options.json {
        flag("format", "json".to_owned());
    }
    let switches = [
        ("--silent", options.yes),
        ("--dry-run", options.mode == Mode::Plan),
        ("--diff", options.mode == Mode::Diff),
        ("--init", is_there),
        (
            "--force-git-init",
            is_there && options.commit != Commit::NoGit,
        ),
    ];
    let switches = switches.into_iter().filter(|(_, said)| *said);
    words.extend(switches.map(|(name, _)| name.to_owned()));
    Ok(words)
}

/// The name of the project, which its directory has too; `None` where it is asked for.
fn name(
    directory: Option<&Path>,
    matches: &ArgMatches,
    options: &Options,
) -> Result<Option<String>, Failure> {
    let last = directory.and_then(Path::file_name);
    let last = last.map(|name| name.to_string_lossy().into_owned());
    if let Some(last) = last.as_ref().filter(|last| last.to_kebab_case() != **last) {
        let (shown, kebab) = (last.escape_debug(), last.to_kebab_case());
        return Err(Failure::invalid(format!(
            "`{shown}` is no name for a project, which has that of its directory"
        ))
        .hint(format!(
            "`{kebab}` is one; `floxwright generate --force` takes others"
        )));
    }
    match (last, matches.get_one::<String>(Field::Name.id())) {
        (Some(last), Some(name)) if last != *name => Err(Failure::invalid(format!(
            "the project cannot be called `{name}` and be made in `{last}`: a plain template has one name for both"
        ))),
        (None, None) if options.yes => {
            Err(Failure::new(Exit::NeedsInput, "the project has no name")
                .hint("`floxwright new --scaffold … DIR` gives it that of its directory"))
        }
        (last, name) => Ok(last.or_else(|| name.cloned())),
    }
}

fn is_empty_directory(path: &Path) -> bool {
    matches!(look_at_target(path), Ok((Target::Empty, _)))
}
