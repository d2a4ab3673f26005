//! What is wrong with one package as it is written, or other than it will be.

use super::compare::Correction;
use super::decide::Ground;
use super::requirements::{relaxation, removal, sort};
use super::survey::Site;
use crate::model::{Decision, LockedPackage};
use crate::python::PyName;
use crate::recipe::{Fetch, Format, SourceText};

/// What changes about one package.
pub(super) fn one(
    site: Site<'_>,
    name: &PyName,
    package: &LockedPackage,
    ground: &Ground<'_>,
    found: &mut Vec<Correction>,
) {
    let mut say = |what: &'static str, text: String, byte: usize| {
        found.push(Correction {
            what,
            text,
            place: Some(site.place(byte)),
        });
    };
    let build = site.build;
    let top = build.range.start;
    if let Some(said) = &build.version
        && said.value != package.version
    {
        let own = if package.version == ground.lock.release.version {
            ""
        } else {
            ": it is numbered on a track of its own"
        };
        say(
            "version",
            format!("`{}` becomes `{}`{own}", said.value, package.version),
            said.range.start,
        );
    }
    from_where(site, name, package, ground, &mut say);
    format(site, package, &mut say);
    let sorted = sort(site, package, ground);
    if !sorted.missing.is_empty() {
        let at = build.lists.first().map_or(top, |list| list.range.start);
        say(
            "missing",
            format!("the release requires them: {}", sorted.missing.join(", ")),
            at,
        );
    }
    for (name, because, at) in sorted.superfluous {
        say("superfluous", format!("`{name}` goes: {because}"), at);
    }
    for (name, at) in sorted.added {
        say(
            "kept",
            format!("`{name}` is yours, and stays as one of its `extra-dependencies`"),
            at,
        );
    }
    relaxed(site, package, &mut say);
}

/// Takes a correction: its word, its text, the byte where it stands.
type Say<'a> = &'a mut dyn FnMut(&'static str, String, usize);

fn from_where(
    site: Site<'_>,
    name: &PyName,
    package: &LockedPackage,
    ground: &Ground<'_>,
    say: Say<'_>,
) {
    let known = ground.scaffold.catalogue.packages.get(name);
    if let Some(source) = &site.build.source {
        let is_fetched = |fetch: &Fetch| fetch.function == "fetchPypi";
        let from_index = match source.value {
            SourceText::Fetch(at) => site.read.recipe.fetches.get(at).is_some_and(is_fetched),
            _ => false,
        };
        let reason = known.and_then(|known| known.sdist_only.as_ref());
        if let (Some(reason), false, Some(_)) = (reason, from_index, package.origin.sdist()) {
            let text = format!("it comes from its sdist: {}", sentence(&reason.because));
            say("source", text, source.range.start);
        } else if source.value == SourceText::Extracted {
            let text = "its directory is copied by a command: `sourceRoot` names it".to_owned();
            say("extraction", text, source.range.start);
        }
    }
    if let Some(root) = &site.build.source_root
        && root.value.starts_with("source/")
        && package.origin.path().is_some()
    {
        let text = "the source's name is written out: it is asked for".to_owned();
        say("source-root", text, root.range.start);
    }
}

fn format(site: Site<'_>, package: &LockedPackage, say: Say<'_>) {
    let build = site.build;
    let tools = package.build_system.join(", ");
    match &build.format {
        None => say(
            "format",
            format!("it says no format, which nixpkgs refuses: `pyproject = true` with {tools}"),
            build.range.start,
        ),
        Some(said) if said.value != Format::Pyproject(true) => say(
            "format",
            format!("it becomes `pyproject = true` with {tools}"),
            said.range.start,
        ),
        Some(_) => {}
    }
    let old = build
        .lists
        .iter()
        .find(|list| list.value == "propagatedBuildInputs");
    if let Some(list) = old {
        say(
            "dependencies",
            "`propagatedBuildInputs` becomes `dependencies`, which the build checks".to_owned(),
            list.range.start,
        );
    }
}

fn relaxed(site: Site<'_>, package: &LockedPackage, say: Say<'_>) {
    for one in site.build.relaxes.iter().filter(|one| !one.is_conditional) {
        let is_sibling = package
            .requires
            .iter()
            .any(|other| other.decision == Decision::Sibling && other.spelling == one.name);
        let (what, text) = if relaxation(&one.name, package).is_some() {
            ("kept", format!("`{}` stays relaxed, by `relax`", one.name))
        } else if is_sibling {
            (
                "relaxed",
                format!("`{}` is of the same release, and its pin holds", one.name),
            )
        } else {
            let name = if one.name == "*" {
                "everything"
            } else {
                &one.name
            };
            (
                "relaxed",
                format!("{name} was relaxed always: it is relaxed where nixpkgs is past the bound"),
            )
        };
        say(what, text, one.range.start);
    }
    for one in &site.build.removes {
        let kept = removal(&one.name, package).is_some();
        let (what, text) = if kept {
            (
                "kept",
                format!("`{}` stays out, by `remove-dependencies`", one.name),
            )
        } else {
            (
                "removed",
                format!("`{}` need not be removed by hand", one.name),
            )
        };
        say(what, text, one.range.start);
    }
}

/// A reason in the middle of a line.
fn sentence(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}
