//! `scaffold test`: answers files in a scaffold's `tests/`, and beside each the files that it makes, as one text.

use super::super::json::{self, is_asked};
use super::super::{Context, in_memory::resolve_answers, index, scaffolds};
use super::plain::{PLAIN_TESTS, Tried, expanded, files};
use crate::ask::Field;
use crate::diagnostic::{Exit, Failure};
use crate::disk;
use crate::generate::{BASE, generate};
use crate::nixpkgs::Index;
use crate::plan::{Plan, counts, diff};
use crate::scaffold::{Scaffold, TESTS, is_plain};
use crate::tree::Tree;
use crate::workspace::{LOCK_FILE, read_answers};
use clap::ArgMatches;
use serde_json::{Value, json as object};

/// One test.
struct Snapshot {
    name: String,
    /// What changes from what is kept to what is made.
    plan: Plan,
    /// What is made, as one text.
    text: String,
}

/// Runs it.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let given = super::given(matches);
    let (name, own) = scaffolds::files(&given, context)?;
    let (directory, snapshots) = if is_plain(&own) {
        let allow_hooks = matches.get_flag("allow-hooks");
        (PLAIN_TESTS, of_plain(&own, allow_hooks, context)?)
    } else {
        let scaffold = scaffolds::load(&given, &name, &own)?;
        let index = index::with_file(None)?;
        let made = |name: &str, answers: &str| made((name, answers), &scaffold, &index, context);
        (TESTS, snapshots(&own, TESTS, &made)?)
    };
    if snapshots.is_empty() {
        return Err(
            Failure::refused(format!("the scaffold `{given}` has no tests")).hint(format!(
                "an answers file `{directory}/NAME.toml` is one; `--accept` writes what it makes"
            )),
        );
    }
    if matches.get_flag("accept") {
        accept(&given, directory, &snapshots, context)?;
    }
    told(&snapshots, matches, context)
}

/// The tests in a directory of a scaffold; `made` tells what the answers of one make.
fn snapshots(
    own: &Tree,
    directory: &str,
    made: &dyn Fn(&str, &str) -> Result<Tree, Failure>,
) -> Result<Vec<Snapshot>, Failure> {
    let tests = own.below(directory);
    let answers = tests.iter().filter_map(|(path, file)| {
        let name = path.as_str().strip_suffix(".toml")?;
        Some((name, std::str::from_utf8(&file.bytes).ok()?))
    });
    let mut snapshots = Vec::new();
    for (name, answers) in answers {
        let made = made(name, answers)?;
        let kept = tests.text(&kept(name)).unwrap_or_default();
        let kept = Tree::from_fixture(kept).map_err(|error| {
            Failure::refused(format!("`{directory}/{}` cannot be read", self::kept(name)))
                .because(error)
        })?;
        let text = made.to_fixture();
        // Both as they stand in a text, so that nothing differs that no text shows.
        let shown = Tree::from_fixture(&text).unwrap_or(made);
        snapshots.push(Snapshot {
            name: name.to_owned(),
            plan: Plan::between(&kept, &shown),
            text,
        });
    }
    Ok(snapshots)
}

/// The tests of a plain template, which are no part of it.
fn of_plain(
    own: &Tree,
    allow_hooks: bool,
    context: &Context<'_>,
) -> Result<Vec<Snapshot>, Failure> {
    let prefix = format!("{PLAIN_TESTS}/");
    let is_test = |path: &str| path.starts_with(&prefix);
    let template = own.iter().filter(|(path, _)| !is_test(path.as_str()));
    let template: Tree = template
        .map(|(path, file)| (path.clone(), file.clone()))
        .collect();
    let made = |template: &Tree, name: &str, text: &str| {
        let path = format!("{PLAIN_TESTS}/{name}.toml");
        let tried = Tried::of_file(&path, text)?;
        let origin = format!("`{path}`");
        let expanded = expanded(template, (name, &tried), &origin, allow_hooks)?;
        Ok(files(&expanded))
    };
    let snapshots = snapshots(own, PLAIN_TESTS, &|name, text| made(&template, name, text))?;
    let tests = own.below(PLAIN_TESTS);
    let first = snapshots
        .first()
        .and_then(|one| Some((&one.name, tests.text(&format!("{}.toml", one.name))?)));
    if let Some((name, text)) = first
        && made(own, name, text)?
            .paths()
            .any(|path| is_test(path.as_str()))
    {
        context.ui.warn(&format!(
            "`{PLAIN_TESTS}` comes into every project; a line `.floxwright` in `.genignore` keeps it out"
        ));
    }
    Ok(snapshots)
}

/// The file that keeps what a test makes, below the directory of the tests.
fn kept(name: &str) -> String {
    format!("{name}.txt")
}

/// What the answers make, without the lock and the base, which repeat it.
fn made(
    (name, answers): (&str, &str),
    scaffold: &Scaffold,
    index: &Index,
    context: &Context<'_>,
) -> Result<Tree, Failure> {
    let file = read_answers(&format!("{TESTS}/{name}.toml"), answers);
    if !file.problems.is_empty() {
        return Err(Failure::all(Exit::Invalid, file.problems));
    }
    let named = |field: Field| format!("`{TESTS}/{name}.toml`: `{}`", field.key());
    let answers = (file.answers, &file.tables);
    let found = resolve_answers(answers, scaffold, index, context, named)?;
    let lock = &found.resolution.lock;
    let made = generate(&found.intent, lock, &found.scaffold, index);
    let (tree, _) = made.map_err(|error| {
        Failure::refused(format!("`{TESTS}/{name}.toml` makes nothing")).because(error)
    })?;
    let base = format!("{BASE}/");
    let own = tree.iter().filter(|(path, _)| {
        let path = path.as_str();
        !path.starts_with(&base) && path != LOCK_FILE
    });
    Ok(own
        .map(|(path, file)| (path.clone(), file.clone()))
        .collect())
}

/// Writes what is made now.
fn accept(
    given: &str,
    directory: &str,
    snapshots: &[Snapshot],
    context: &Context<'_>,
) -> Result<(), Failure> {
    if !scaffolds::is_path(given) {
        return Err(Failure::invalid(format!(
            "`{given}` is in the program, where nothing can be written"
        ))
        .hint("give the path of a scaffold"));
    }
    for snapshot in snapshots.iter().filter(|one| !one.plan.is_empty()) {
        let path = context
            .path(given)
            .join(directory)
            .join(kept(&snapshot.name));
        disk::write_file(&path, snapshot.text.as_bytes()).map_err(|error| {
            Failure::refused(format!("`{}` cannot be kept", snapshot.name))
                .because(scaffolds::chain(&error))
        })?;
    }
    Ok(())
}

fn told(
    snapshots: &[Snapshot],
    matches: &ArgMatches,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let accepted = matches.get_flag("accept");
    let state = |snapshot: &Snapshot| match (snapshot.plan.is_empty(), accepted) {
        (true, _) => "same",
        (false, true) => "accepted",
        (false, false) => "different",
    };
    let different = snapshots.iter().filter(|one| state(one) == "different");
    let different = different.count();
    let printed = if is_asked(matches) {
        let all = snapshots.iter();
        let all: Vec<Value> = all
            .map(|one| object!({ "name": one.name, "state": state(one), "changes": counts(&one.plan), "patch": diff(&one.plan) }))
            .collect();
        json::text(&object!({ "schema": 1, "tests": all, "different": different }))?
    } else {
        let all = snapshots.iter().map(|one| {
            let patch = if state(one) == "different" {
                diff(&one.plan)
            } else {
                String::new()
            };
            format!("{}: {}\n{patch}", one.name, state(one))
        });
        all.collect()
    };
    context.ui.result(&printed)?;
    if different == 0 {
        return Ok(());
    }
    // Everything is said already.
    Err(Failure::all(Exit::Found, Vec::new()))
}
