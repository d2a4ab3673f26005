//! `catalogue read`: writes the file of one release, from the wheels on the index or from a source tree.

use super::super::{Context, scaffolds};
use super::{Request, members, origin, refused};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk;
use crate::outside::pypi::{Index, Published, Wanted};
use crate::scaffold::date::Date;
use crate::scaffold::release::{Origin, Package, Read, Release, SCHEMA};
use crate::source_tree::Facts;
use clap::ArgMatches;
use std::collections::BTreeMap;

/// Runs `catalogue read`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let request = Request::new(matches, context)?;
    let date = matches
        .get_one::<String>("date")
        .cloned()
        .unwrap_or_else(|| context.world.today());
    let date: Date = date
        .parse()
        .map_err(|error| Failure::invalid(format!("`--date`: {error}")))?;
    let index = context.package_index();
    let progress = context.ui.spinner(&format!("reading {}", request.release));
    let release = match request.from.as_str() {
        "pypi" => {
            let wanted = members::published(&request, &index, context)?;
            let read = index.read_release(&request.release, &wanted, date);
            read.map_err(|error| refused(&error))?
        }
        _ => from_tree(&request, &index, date, context)?,
    };
    drop(progress);
    let contradictions = release.contradictions();
    if !contradictions.is_empty() {
        let problems = contradictions.into_iter().map(Problem::new).collect();
        return Err(Failure::all(Exit::Refused, problems));
    }
    let output = matches.get_one::<String>("output").cloned();
    write(
        &release,
        &output.unwrap_or_else(|| {
            format!(
                "{}catalogue/releases/{}.json",
                request.directory, request.release
            )
        }),
        context,
    )
}

/// The release as a tree has it. Names and hashes of files do not stand there: they come from the index's pages.
fn from_tree(
    request: &Request,
    index: &Index,
    date: Date,
    context: &Context<'_>,
) -> Result<Release, Failure> {
    let mut found = Vec::new();
    for (wanted, facts) in origin::from_path(request, index, context)? {
        if members::versions(index, &wanted.name)?.contains(&wanted.version) {
            found.push((wanted, facts));
        } else {
            context.ui.talk(&format!(
                "`{}` {} is in the tree and not on the index, and is left out",
                wanted.name, wanted.version
            ));
        }
    }
    let (wanted, facts): (Vec<Wanted>, Vec<Facts>) = found.into_iter().unzip();
    let published = index.published(&wanted).map_err(|error| refused(&error))?;
    let guarded: Vec<Wanted> = wanted
        .into_iter()
        .filter(|wanted| !wanted.guards.is_empty())
        .collect();
    // What is made before packing stands in no repository, only in the sdist.
    let files = index.guarded(&guarded).map_err(|error| refused(&error))?;
    let names = guarded.into_iter().map(|wanted| wanted.name);
    let mut files: BTreeMap<_, _> = names.zip(files).collect();
    let packages = facts.into_iter().zip(published).map(|(facts, published)| {
        let files = files.remove(&facts.name).unwrap_or_default();
        (facts.name.clone(), package(facts, published, files))
    });
    Ok(Release {
        schema: SCHEMA,
        release: request.release.clone(),
        read: Read {
            from: Origin::Tree,
            date,
        },
        commit: None,
        packages: packages.collect(),
    })
}

fn package(facts: Facts, published: Published, files: BTreeMap<String, bool>) -> Package {
    Package {
        sdist: Some(published.sdist),
        wheel: Some(published.wheel),
        files,
        ..Package::declared(facts, published.uploaded)
    }
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
