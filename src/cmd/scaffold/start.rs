//! `scaffold new`: the beginning of a scaffold for a monorepo of Python packages.

use super::super::Context;
use crate::cmd::disk_failure::unmade;
use crate::cmd::path::normal;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk::{DiskError, Staging, Target, look_at_target};
use crate::python::PyName;
use crate::scaffold::{Scaffold, starter};
use crate::template::{Engine, shell_word};
use crate::tree::{File, RelPath, Tree};
use crate::ui::{NextStep, Outcome};
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::path::Path;

/// The subcommand.
pub(super) fn command() -> Command {
    let value = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    Command::new("new")
        .about("Makes the beginning of a scaffold: a catalogue to fill, over the base that all monorepos of Python packages share")
        .arg(
            Arg::new("place")
                .value_name("DIR")
                .required(true)
                .help("Where it is made; its last name is that of the scaffold"),
        )
        .arg(value("title", "NAME", "What the upstream is called by people").required(true))
        .arg(
            value("repository", "OWNER/REPO", "The monorepo on GitHub")
                .required(true),
        )
        .arg(
            value("package", "PKG", "Packages of the monorepo on PyPI, the core first; repeatable, commas allowed")
                .action(ArgAction::Append)
                .value_delimiter(',')
                .required(true),
        )
        .arg(
            value("license", "SPDX", "Licence of the upstream, an SPDX identifier")
                .default_value("Apache-2.0"),
        )
        .arg(value("tag-prefix", "TEXT", "What stands before the release in the name of its tag").default_value(""))
}

/// Runs it.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let given = matches.get_one::<String>("place").cloned();
    let given = given.unwrap_or_default();
    if given.is_empty() {
        return Err(Failure::invalid(
            "the scaffold needs a directory of its own",
        ));
    }
    let target = normal(&context.path(&given));
    let name = name_of(&target)?;
    let tree = tree(&name, matches)?;
    // What is made can be loaded, or nothing is made.
    Scaffold::load(&name, &tree).map_err(|error| {
        Failure::invalid("no scaffold can be made of these answers").because(error)
    })?;
    write(&given, (&target, &tree), context)?;
    context.ui.outcome(&outcome(&given, &tree))
}

/// The scaffold's name, which names of packages begin with.
fn name_of(target: &Path) -> Result<String, Failure> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    match name.parse::<PyName>() {
        Ok(parsed) if parsed.as_str() == name => Ok(name.into_owned()),
        _ => Err(Failure::invalid(format!(
            "`{}` cannot be the name of a scaffold: small letters, digits and `-` are wanted",
            name.escape_debug()
        ))),
    }
}

/// The files, from the templates of the program.
fn tree(name: &str, matches: &ArgMatches) -> Result<Tree, Failure> {
    let text = |of: &str| matches.get_one::<String>(of).cloned().unwrap_or_default();
    let mut problems = Vec::new();
    let repository = text("repository");
    let parts = repository.split_once('/').filter(|parts| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let is_name = |part: &str| !part.is_empty() && part.chars().all(plain);
        is_name(parts.0) && is_name(parts.1)
    });
    if parts.is_none() {
        let shown = repository.escape_debug();
        problems.push(Problem::new(format!(
            "`--repository`: `{shown}` is not OWNER/REPO"
        )));
    }
    let packages = matches.get_many::<String>("package").unwrap_or_default();
    let packages = packages.map(|package| {
        let parsed: Result<PyName, _> = package.trim().parse();
        parsed.map_err(|error| Problem::new(format!("`--package`: {error}")))
    });
    let (packages, wrong): (Vec<_>, Vec<_>) = packages.partition(Result::is_ok);
    problems.extend(wrong.into_iter().filter_map(Result::err));
    let (Some((owner, repo)), true) = (parts, problems.is_empty()) else {
        return Err(Failure::all(Exit::Invalid, problems));
    };
    let packages: Vec<String> = packages
        .into_iter()
        .flatten()
        .map(|one| one.to_string())
        .collect();
    let values = liquid::object!({
        "name": name,
        "title": text("title"),
        "owner": owner,
        "repo": repo,
        "license": text("license"),
        "tag_prefix": text("tag-prefix"),
        "packages": packages,
    });
    let failed = |error: String| Failure::refused("the scaffold cannot be made").because(error);
    let engine = Engine::new(&Tree::new()).map_err(|error| failed(error.to_string()))?;
    let mut tree = Tree::new();
    for (path, file) in starter().iter() {
        let text = String::from_utf8_lossy(&file.bytes);
        let made = engine.render(path.as_str(), &text, &values);
        let made = made.map_err(|error| failed(error.to_string()))?;
        // Its own templates keep their ending.
        let keeps = path.as_str().starts_with("templates/");
        let to = path.as_str().strip_suffix(".liquid").filter(|_| !keeps);
        let to: RelPath = to
            .unwrap_or(path.as_str())
            .parse()
            .map_err(|error| failed(format!("{path}: {error}")))?;
        tree.insert(to, File::text(made));
    }
    Ok(tree)
}

/// Writes the files beside the target, and renames once.
fn write(
    given: &str,
    (target, tree): (&Path, &Tree),
    context: &Context<'_>,
) -> Result<(), Failure> {
    let failed = |error: DiskError| unmade(given, &error);
    let (found, _) = look_at_target(target).map_err(failed)?;
    if found == Target::Taken {
        return Err(
            Failure::refused(format!("`{given}` exists and is not empty"))
                .hint("take another directory"),
        );
    }
    let interrupts = context.guard.interrupts();
    let writing = interrupts.writing();
    let staging = Staging::begin(target).map_err(failed)?;
    staging
        .write(tree, &|| interrupts.interrupted())
        .map_err(failed)?;
    if interrupts.interrupted() {
        return Err(Failure::interrupted());
    }
    staging.finish().map_err(failed)?;
    writing.done();
    Ok(())
}

fn outcome(given: &str, tree: &Tree) -> Outcome {
    let place = shell_word(given);
    Outcome {
        title: format!("{given}: a scaffold begun"),
        facts: vec![("Files".to_owned(), tree.len().to_string())],
        reproduce: String::new(),
        next: vec![
            NextStep::new(
                "Look at what is known of the packages.",
                format!("$EDITOR {place}/catalogue/catalogue.toml"),
            ),
            NextStep::new(
                "Read a release.",
                format!("floxwright catalogue read --release VERSION --scaffold {place}"),
            ),
            NextStep::new(
                "Read what nixpkgs lacks.",
                format!("floxwright catalogue third-parties --scaffold {place}"),
            ),
            NextStep::new("Check it.", format!("floxwright scaffold check {place}")),
        ],
    }
}
