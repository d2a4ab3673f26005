//! `catalogue read`: makes a release file of a scaffold's catalogue from what a package index says.

use super::{Context, scaffolds};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk;
use crate::outside::pypi::{Index, Wanted};
use crate::python::{PyName, Version};
use crate::scaffold::date::Date;
use crate::scaffold::release::Release;
use crate::scaffold::{Group, Package, Scaffold};
use clap::{Arg, ArgMatches, Command};

/// The subcommand.
pub(super) fn command() -> Command {
    let value = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let read = Command::new("read")
        .about("Reads one upstream release and writes its file of the catalogue")
        .arg(value("release", "VERSION", "Version of the upstream release").required(true))
        .arg(
            value("from", "SOURCE", "Where the facts are read")
                .value_parser(["pypi"])
                .default_value("pypi"),
        )
        .arg(
            value(
                "scaffold",
                "DIR",
                "Directory of the scaffold whose catalogue says what to read",
            )
            .required(true),
        )
        .arg(value(
            "date",
            "DATE",
            "Day that the file gives as the day of reading; today unless said otherwise",
        ))
        .arg(value(
            "output",
            "FILE",
            "File to write; the catalogue's own unless said otherwise, `-` for standard output",
        ));
    Command::new("catalogue")
        .about("Maintains the facts about an upstream")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(read)
}

/// Runs `catalogue`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("read", matches)) => read(matches, context),
        _ => Err(
            Failure::invalid("nothing was said to do with the catalogue")
                .hint("`floxwright catalogue --help` lists what there is"),
        ),
    }
}

fn read(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let text = |name: &str| {
        matches
            .get_one::<String>(name)
            .map(String::as_str)
            .unwrap_or_default()
    };
    let release: Version = text("release").parse().map_err(|_| {
        Failure::invalid(format!(
            "`--release`: `{}` is not a version",
            text("release").escape_debug()
        ))
    })?;
    let date = matches
        .get_one::<String>("date")
        .cloned()
        .unwrap_or_else(|| context.world.today());
    let date: Date = date
        .parse()
        .map_err(|error| Failure::invalid(format!("`--date`: {error}")))?;
    let directory = format!("{}/", text("scaffold").trim_end_matches('/'));
    let scaffold = scaffolds::find(Some(&directory), context)?;
    let index = context.package_index();
    let progress = context
        .ui
        .spinner(&format!("reading {release} from the package index"));
    let wanted = wanted(&scaffold, &release, &index, context)?;
    let read = index
        .read_release(&release, &wanted, date)
        .map_err(|error| {
            Failure::all(
                Exit::Refused,
                error
                    .0
                    .iter()
                    .map(|problem| Problem::new(problem.to_string()))
                    .collect(),
            )
        })?;
    drop(progress);
    let output = matches.get_one::<String>("output").cloned();
    write(
        &read,
        &output.unwrap_or_else(|| format!("{directory}catalogue/releases/{release}.json")),
        context,
    )
}

/// The packages of the release. Whatever is not core may be absent from it.
fn wanted(
    scaffold: &Scaffold,
    release: &Version,
    index: &Index,
    context: &Context<'_>,
) -> Result<Vec<Wanted>, Failure> {
    let mut wanted = Vec::new();
    for (name, package) in &scaffold.catalogue.packages {
        let version = version(scaffold, package, release)?;
        if package.group == Group::Core || published(index, name, &version)? {
            wanted.push(Wanted {
                name: name.clone(),
                version,
                guards: package
                    .guard
                    .iter()
                    .map(|guard| guard.file.clone())
                    .collect(),
            });
        } else {
            context.ui.talk(&format!(
                "`{name}` {version} is not on the index, and is left out"
            ));
        }
    }
    Ok(wanted)
}

fn version(scaffold: &Scaffold, package: &Package, release: &Version) -> Result<Version, Failure> {
    let rule = scaffold.catalogue.tracks.get(&package.track);
    let rule = rule.ok_or_else(|| {
        Failure::refused(format!("the catalogue has no track `{}`", package.track))
    })?;
    rule.apply(release)
        .map_err(|error| Failure::invalid(error.to_string()))
}

fn published(index: &Index, name: &PyName, version: &Version) -> Result<bool, Failure> {
    let versions = index.versions(name).map_err(|error| {
        Failure::refused(format!("`{name}` cannot be read from the package index")).because(error)
    })?;
    Ok(versions.iter().any(|(published, _)| published == version))
}

fn write(release: &Release, output: &str, context: &Context<'_>) -> Result<(), Failure> {
    let text = release
        .to_text()
        .map_err(|error| Failure::refused("the release cannot be written").because(error))?;
    if output == "-" {
        return context.ui.result(&text);
    }
    disk::write_file(&context.path(output), text.as_bytes()).map_err(|error| {
        Failure::refused("the release cannot be written").because(scaffolds::chain(&error))
    })?;
    context.ui.result(&format!(
        "{output}: {} packages of {}\n",
        release.packages.len(),
        release.release
    ))
}
