//! `graph`: what requires what, as a picture.

mod source;

use super::Context;
use super::switch::switch;
use crate::diagnostic::{Failure, did_you_mean};
use crate::disk;
use crate::graph::{self, FromNixpkgs, Graph, Kind, Lines, Picture};
use crate::model::PackageSpec;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

/// The subcommand.
pub(super) fn command() -> Command {
    let value = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    Command::new("graph")
        .about("Draws what requires what: in a workspace from its lock, elsewhere from a release")
        .arg(
            Arg::new("packages")
                .value_name("PKG")
                .action(ArgAction::Append)
                .help("Packages to begin with; the environment unless said otherwise"),
        )
        .arg(
            value("format", "FORMAT", "How it is drawn")
                .value_parser(["tree", "mermaid", "dot", "svg", "json"])
                .default_value("tree"),
        )
        .arg(value(
            "output",
            "FILE",
            "File to write; standard output unless said otherwise",
        ))
        .arg(
            value("depth", "N", "Steps to go down from where it begins").value_parser(value_parser!(u16)),
        )
        .arg(
            value("nixpkgs", "FORM", "How packages of nixpkgs are shown: listed beside who requires them, counted, as nodes of their own, or not at all")
                .value_parser(FromNixpkgs::ALL.map(FromNixpkgs::name))
                .default_value(FromNixpkgs::List.name()),
        )
        .arg(switch(
            "all-edges",
            "Draw also the edges that follow from others; the tree always has them",
        ))
        .arg(switch("ascii", "Draw the tree without line-drawing characters"))
        .arg(value(
            "release",
            "RELEASE",
            "Release to look at, whatever the workspace has; the newest elsewhere",
        ))
        .arg(switch(
            "all",
            "Every package of the release, whatever the workspace has",
        ))
        .arg(value(
            "scaffold",
            "SCAFFOLD",
            "Scaffold, built in or by its path",
        ))
}

/// Runs `graph`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let packages = matches.get_many::<String>("packages");
    let packages = packages
        .unwrap_or_default()
        .map(|given| given.parse())
        .collect::<Result<Vec<PackageSpec>, _>>()
        .map_err(|error| Failure::invalid(error.to_string()))?;
    let whole = source::graph(
        &source::Wanted {
            packages: &packages,
            release: text("release"),
            all: matches.get_flag("all"),
            scaffold: text("scaffold"),
        },
        context,
    )?;
    let roots = roots(&whole, &packages)?;
    let depth = matches.get_one::<u16>("depth").copied().map(usize::from);
    let part = whole.below(&roots, depth);
    let drawn = draw(matches, part, &roots, context)?;
    match text("output") {
        None | Some("-") => context.ui.result(&drawn),
        Some(file) => disk::write_file(&context.path(file), drawn.as_bytes()).map_err(|error| {
            Failure::refused(format!("`{file}` cannot be written"))
                .because(super::scaffolds::chain(&error))
        }),
    }
}

/// Where the picture begins: the packages that were named, or the environment.
fn roots(graph: &Graph, packages: &[PackageSpec]) -> Result<Vec<String>, Failure> {
    if packages.is_empty() {
        return Ok(graph
            .of_kind(Kind::Environment)
            .map(str::to_owned)
            .collect());
    }
    let here = || {
        let nodes = graph.nodes.iter();
        nodes
            .filter(|(_, node)| node.kind != Kind::Nixpkgs)
            .map(|(name, _)| name.as_str())
    };
    let mut roots = Vec::new();
    for spec in packages {
        let name = spec.name.as_str();
        if !here().any(|known| known == name) {
            let near = did_you_mean(name, here()).map(|near| format!("; did you mean `{near}`?"));
            return Err(Failure::invalid(format!(
                "`{name}` is not built here{}",
                near.unwrap_or_default()
            ))
            .hint("`floxwright graph --depth 1 --nixpkgs none` draws what is"));
        }
        if !roots.iter().any(|known| known == name) {
            roots.push(name.to_owned());
        }
    }
    Ok(roots)
}

fn draw(
    matches: &ArgMatches,
    part: Graph,
    roots: &[String],
    context: &Context<'_>,
) -> Result<String, Failure> {
    let format = matches.get_one::<String>("format").map(String::as_str);
    if format == Some("json") {
        return super::json::text(&graph::json(&part));
    }
    let form = matches.get_one::<String>("nixpkgs");
    let form = form
        .map_or("list", String::as_str)
        .parse()
        .map_err(Failure::invalid)?;
    let picture = Picture::new(part, form);
    if format == Some("tree") {
        let lines = if matches.get_flag("ascii") || !context.ui.draws_lines() {
            Lines::Ascii
        } else {
            Lines::Unicode
        };
        return Ok(graph::tree_text(&picture, roots, lines));
    }
    let picture = if matches.get_flag("all-edges") {
        picture
    } else {
        picture.reduced()
    };
    Ok(match format {
        Some("mermaid") => graph::mermaid(&picture),
        Some("dot") => graph::dot(&picture),
        _ => graph::svg(&picture),
    })
}
