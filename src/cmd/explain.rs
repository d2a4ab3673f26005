//! `explain`: what becomes of everything that a package requires, and why; and who requires it.

use super::in_memory::{Asked, Resolved, resolve};
use super::{Context, index, json, locked, scaffolds};
use crate::check::{Rule, Text, rule};
use crate::diagnostic::{Failure, did_you_mean};
use crate::explain::{Explained, explain, names, text};
use crate::model::{Lock, PackageSpec};
use crate::nixpkgs::Index;
use crate::python::PyName;
use crate::scaffold::Scaffold;
use clap::{Arg, ArgMatches, Command};

/// The subcommand.
pub(super) fn command() -> Command {
    Command::new("explain")
        .about("Explains a package: what becomes of all that it requires, why, and who requires it; or a rule of `check`")
        .arg(Arg::new("package").value_name("PKG").required(true).help(
            "Package of the upstream, with extras if wanted, any distribution that one requires, or a rule of `check`",
        ))
        .arg(
            Arg::new("release")
                .long("release")
                .value_name("RELEASE")
                .help("Release to look at, whatever the workspace has; the newest elsewhere"),
        )
        .arg(
            Arg::new("scaffold")
                .long("scaffold")
                .value_name("SCAFFOLD")
                .help("Scaffold, built in or by its path"),
        )
        .arg(json::format_flag())
}

/// Runs `explain`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let given = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    if let Some(rule) = given("package").and_then(rule) {
        return of_rule(rule, json::is_asked(matches), context);
    }
    let spec: PackageSpec = given("package")
        .unwrap_or_default()
        .parse()
        .map_err(|error: crate::model::PackageSpecError| Failure::invalid(error.to_string()))?;
    let here = match (given("release"), given("scaffold")) {
        (None, None) => locked::of_workspace(context)?,
        _ => None,
    };
    let index = match here {
        Some(_) => index::here(context)?,
        None => index::with_file(None)?,
    };
    let found = if let Some((lock, scaffold)) = here {
        of_workspace(&spec, &lock, &scaffold, &index, context)?
    } else {
        let scaffold = scaffolds::find(given("scaffold"), context)?;
        of_release(&spec, given("release"), &scaffold, &index, context)?
    };
    if json::is_asked(matches) {
        let value = serde_json::to_value(&found).map_err(|error| {
            Failure::refused("the result cannot be written as JSON").because(error)
        })?;
        return context.ui.result(&json::text(&value)?);
    }
    context.ui.result(&text(&found))
}

/// A rule of `check`.
fn of_rule(rule: &Rule, as_json: bool, context: &Context<'_>) -> Result<(), Failure> {
    if !as_json {
        return context
            .ui
            .result(&format!("{}, {}", rule.id, rule.explanation()));
    }
    let Text {
        what,
        why,
        mend,
        example,
    } = rule.text;
    let value = serde_json::json!({
        "rule": rule.id,
        "severity": rule.severity.name(),
        "title": rule.title,
        "what": what,
        "why": why,
        "mend": mend,
        "example": example,
    });
    context.ui.result(&json::text(&value)?)
}

/// What the workspace has; a package that it does not build, as it would be at its release.
fn of_workspace(
    spec: &PackageSpec,
    lock: &Lock,
    scaffold: &Scaffold,
    index: &Index,
    context: &Context<'_>,
) -> Result<Explained, Failure> {
    if let Some(found) = explain(&spec.name, lock, &scaffold.catalogue, index) {
        return Ok(found);
    }
    let release = Some(lock.release.version.as_str());
    let found = of_release(spec, release, scaffold, index, context)?;
    context.ui.warn(&format!(
        "`{}` is not built in this repository; this is how it would be at {}",
        spec.name, lock.release.version
    ));
    Ok(found)
}

/// A package of a release, resolved in memory; of any other distribution, who of the release requires it.
fn of_release(
    spec: &PackageSpec,
    release: Option<&str>,
    scaffold: &Scaffold,
    index: &Index,
    context: &Context<'_>,
) -> Result<Explained, Failure> {
    let catalogue = &scaffold.catalogue;
    let packages = if !catalogue.packages.contains_key(&spec.name) {
        requiring(&spec.name, release, scaffold)
    } else if catalogue.is_core(&spec.name) && spec.extras.is_empty() {
        Vec::new()
    } else {
        vec![spec.to_string()]
    };
    let asked = Asked {
        release: release.map(str::to_owned),
        packages,
        ..Asked::default()
    };
    let Resolved { resolution, .. } = resolve(asked, scaffold, index, context)?;
    let lock = &resolution.lock;
    explain(&spec.name, lock, &scaffold.catalogue, index).ok_or_else(|| {
        let names = names(lock);
        let name = spec.name.as_str();
        let near = did_you_mean(name, names.iter().map(String::as_str));
        let near = near.map(|near| format!("; did you mean `{near}`?"));
        Failure::invalid(format!(
            "nothing at {} requires `{name}`, and no package has that name{}",
            lock.release.version,
            near.unwrap_or_default()
        ))
        .hint("`floxwright list packages` names the packages")
    })
}

/// The packages of a ready-made release that require a distribution themselves; all of them, where none does or it is not known,
/// because something else may that they bring along.
fn requiring(name: &PyName, release: Option<&str>, scaffold: &Scaffold) -> Vec<String> {
    let release = match release {
        Some(release) => scaffold.release(release),
        None => scaffold.newest(),
    };
    let packages = release.into_iter().flat_map(|release| &release.packages);
    let asks = packages.filter(|(_, package)| {
        let extras = package.extras.values().flatten();
        let mut all = package.requires.iter().chain(extras);
        all.any(|one| one.name() == name)
    });
    let (mut found, mut names) = (false, Vec::new());
    for (asker, _) in asks {
        found = true;
        if !scaffold.catalogue.is_core(asker) {
            names.push(asker.to_string());
        }
    }
    if found { names } else { vec!["all".to_owned()] }
}
