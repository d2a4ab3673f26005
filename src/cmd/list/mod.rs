//! `list`: what can be asked for.

mod packages;
mod table;

use super::{Context, locked, scaffolds};
use crate::check::RULES;
use crate::diagnostic::Failure;
use crate::model::Lock;
use crate::resolve::find_release;
use crate::scaffold::{Release, Scaffold, built_in, built_in_names, plain_names};
use clap::{Arg, ArgMatches, Command};
use packages::Wanted;
use serde_json::{Value, json as object};

/// The subcommand.
pub(super) fn command() -> Command {
    let value = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    Command::new("list")
        .about("Lists what can be asked for")
        .arg(
            Arg::new("what")
                .value_name("WHAT")
                .required(true)
                .value_parser(["packages", "releases", "rules", "scaffolds"])
                .help("What to list"),
        )
        .arg(
            Arg::new("filter")
                .value_name("FILTER")
                .num_args(0..)
                .help("Words that a package's name, category or description must contain"),
        )
        .arg(value(
            "category",
            "NAME",
            "Category of the packages that are listed",
        ))
        .arg(value(
            "release",
            "RELEASE",
            "Release whose packages are listed; that of the repository or the newest unless said otherwise",
        ))
        .arg(value(
            "scaffold",
            "SCAFFOLD",
            "Scaffold, built in or by its path",
        ))
        .arg(super::json::format_flag())
}

/// Runs `list`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let find = || scaffolds::find(text("scaffold"), context);
    let what = text("what").unwrap_or_default();
    if what != "packages" {
        only_for_packages(matches, what)?;
        let rows = match what {
            "releases" => releases(&find()?),
            "rules" => rules(),
            _ => carried()?,
        };
        let printed = if super::json::is_asked(matches) {
            super::json::text(&Value::Array(rows))?
        } else {
            table::rows(&rows, context.ui.columns())
        };
        return context.ui.result(&printed);
    }
    let here = match text("scaffold") {
        None => locked::of_workspace(context)?,
        Some(_) => None,
    };
    let (lock, scaffold) = match here {
        Some((lock, scaffold)) => (Some(lock), scaffold),
        None => (None, find()?),
    };
    let release = chosen(&scaffold, text("release"), lock.as_ref(), context)?;
    let filter = matches.get_many::<String>("filter").unwrap_or_default();
    let wanted = Wanted {
        category: category(&scaffold, text("category"))?,
        words: filter.map(|word| word.to_lowercase()).collect(),
    };
    let listed = packages::listed(&scaffold, release, lock.as_ref(), &wanted);
    let printed = if super::json::is_asked(matches) {
        super::json::text(&packages::values(&listed))?
    } else {
        table::packages(&scaffold, release, &listed, context.ui.columns())
    };
    context.ui.result(&printed)
}

/// The scaffolds in the program, each with what it packages.
fn carried() -> Result<Vec<Value>, Failure> {
    let names = built_in_names().into_iter();
    let all = names.map(|name| {
        let files = built_in(name).unwrap_or_default();
        let scaffold = scaffolds::load(name, name, &files)?;
        let upstream = &scaffold.catalogue.upstream;
        let releases: Vec<String> = scaffold
            .ready_made()
            .rev()
            .map(|release| release.release.to_string())
            .collect();
        let note = format!(
            "{}, {} packages; ready-made: {}",
            upstream.name,
            scaffold.catalogue.packages.len(),
            releases.join(", ")
        );
        Ok(object!({ "name": name, "note": note, "upstream": upstream.name, "homepage": upstream.homepage, "releases": releases }))
    });
    let plain = plain_names().into_iter().map(|name| {
        let note = "a plain template of cargo-generate's format, for any project";
        Ok(object!({ "name": name, "note": note, "upstream": null, "homepage": null, "releases": [] }))
    });
    all.chain(plain).collect()
}

/// What `check` looks for.
fn rules() -> Vec<Value> {
    let all = RULES.iter().map(|rule| {
        let note = format!("{}: {}", rule.severity, rule.title);
        object!({ "name": rule.id, "severity": rule.severity.name(), "title": rule.title, "note": note })
    });
    all.collect()
}

/// What narrows the list of packages says nothing to other lists.
fn only_for_packages(matches: &ArgMatches, what: &str) -> Result<(), Failure> {
    let given = [
        ("filter", "FILTER"),
        ("category", "--category"),
        ("release", "--release"),
    ];
    match given.iter().find(|(name, _)| matches.contains_id(name)) {
        None => Ok(()),
        Some((_, shown)) => Err(Failure::invalid(format!(
            "`{shown}` is for packages, and says nothing to `list {what}`"
        ))),
    }
}

/// The category that is asked for, if there is one of that name.
fn category<'a>(scaffold: &Scaffold, given: Option<&'a str>) -> Result<Option<&'a str>, Failure> {
    let Some(name) = given else { return Ok(None) };
    if scaffold.catalogue.category(name).is_some() {
        return Ok(given);
    }
    let names = scaffold.catalogue.category.iter();
    let names: Vec<&str> = names.map(|category| category.name.as_str()).collect();
    Err(Failure::invalid(format!(
        "there is no category `{}`: there are {}",
        name.escape_debug(),
        names.join(", ")
    )))
}

/// The release that is named, or that of the repository, or the newest.
fn chosen<'a>(
    scaffold: &'a Scaffold,
    release: Option<&str>,
    lock: Option<&Lock>,
    context: &Context<'_>,
) -> Result<&'a Release, Failure> {
    if let Some(release) = release {
        return find_release(release, scaffold);
    }
    let newest = || {
        let newest = scaffold.newest();
        newest.ok_or_else(|| Failure::refused("the scaffold carries no release"))
    };
    let Some(lock) = lock else { return newest() };
    if let Some(release) = scaffold.release(&lock.release.version) {
        return Ok(release);
    }
    let newest = newest()?;
    context.ui.talk(&format!(
        "the release of this repository, {}, is not ready-made; the list is that of {}",
        lock.release.version, newest.release
    ));
    Ok(newest)
}

/// The ready-made releases, newest first, then those that cannot be packaged.
fn releases(scaffold: &Scaffold) -> Vec<Value> {
    let ready = scaffold.ready_made().rev().map(|release| {
        let note = format!(
            "ready-made: {} packages, read from {} on {}",
            release.packages.len(),
            release.read.from,
            release.read.date
        );
        object!({ "name": release.release.to_string(), "state": "ready-made", "note": note })
    });
    let refused = scaffold.catalogue.yanked.iter().map(|yanked| {
        object!({ "name": yanked.release, "state": "refused", "note": format!("refused: {}; take {}", yanked.because, yanked.instead) })
    });
    ready.chain(refused).collect()
}
