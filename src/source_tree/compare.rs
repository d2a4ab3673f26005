//! Comparing what a source tree says with what the metadata of a wheel says, requirement by requirement.

use std::collections::BTreeSet;

use super::{Facts, Said};
use crate::diagnostic::Problem;
use crate::python::{Metadata, PyName, PythonVersion, Requirement, VersionSpecifiers};

/// What is read out of a wheel.
#[derive(Clone, Copy, Debug)]
pub struct Built<'a> {
    /// Its METADATA.
    pub metadata: &'a Metadata,
    /// The programs that it installs, sorted.
    pub programs: &'a [String],
    /// The modules that can be imported from it, sorted.
    pub modules: &'a [String],
}

/// The result of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// How many requirements the wheel has, those of extras included.
    pub requirements: usize,
    /// Every difference, with its place in the tree.
    pub differences: Vec<Problem>,
}

/// Compares name, version, supported Pythons, requirements, extras, programs, modules, licence and home page.
///
/// A wheel is made by one Python. Where the tree's declaration depends on the Python that runs it, the wheel has to agree
/// with one of those that the package supports; the facts of the tree hold for all of them.
pub fn compare(facts: &Facts, built: &Built<'_>) -> Comparison {
    let mut differences = fields(facts, built);
    let candidates: Vec<Option<PythonVersion>> = if facts.pythons.is_empty() {
        vec![None]
    } else {
        facts.pythons.iter().copied().map(Some).collect()
    };
    let each = candidates
        .into_iter()
        .map(|python| requirements(facts, built.metadata, python));
    differences.extend(each.min_by_key(Vec::len).unwrap_or_default());
    Comparison {
        requirements: built.metadata.requires.len(),
        differences,
    }
}

/// What is compared besides the requirements, in the words of a message.
const FIELDS: [&str; 9] = [
    "the name",
    "the version",
    "the range of Pythons",
    "the list of extras",
    "the list of programs",
    "the list of modules",
    "the description",
    "the licence",
    "the home page",
];

/// What differs besides the requirements.
fn fields(facts: &Facts, built: &Built<'_>) -> Vec<Problem> {
    let both = in_tree(facts).into_iter().zip(in_wheel(built));
    let differing = FIELDS
        .iter()
        .zip(both)
        .filter(|(_, (tree, wheel))| tree != wheel);
    let problem = |(what, (tree, wheel)): (&&str, (String, String))| {
        let place = match *what {
            "the version" => &facts.version_place,
            _ => &facts.place,
        };
        let name = &facts.name;
        let (tree, wheel) = (shown(&tree), shown(&wheel));
        place.problem(format!(
            "{what} of `{name}` is {tree} in the source tree and {wheel} in the wheel"
        ))
    };
    differing.map(problem).collect()
}

/// The [`FIELDS`] of a source tree.
fn in_tree(facts: &Facts) -> [String; 9] {
    [
        facts.name.to_string(),
        facts.version.to_string(),
        specifiers(facts.requires_python.as_ref()),
        names(facts.extras.keys()),
        facts.programs.join(", "),
        facts.modules.join(", "),
        facts.summary.clone().unwrap_or_default(),
        facts.license.clone().unwrap_or_default(),
        facts.homepage.clone().unwrap_or_default(),
    ]
}

/// The [`FIELDS`] of a wheel.
fn in_wheel(built: &Built<'_>) -> [String; 9] {
    let metadata = built.metadata;
    [
        metadata.name.to_string(),
        metadata.version.to_string(),
        specifiers(metadata.requires_python.as_ref()),
        names(metadata.extras.iter()),
        built.programs.join(", "),
        built.modules.join(", "),
        metadata.summary.clone().unwrap_or_default(),
        metadata.license.clone().unwrap_or_default(),
        metadata.home_page.clone().unwrap_or_default(),
    ]
}

fn specifiers(specifiers: Option<&VersionSpecifiers>) -> String {
    specifiers.map(ToString::to_string).unwrap_or_default()
}

fn names<'a>(names: impl Iterator<Item = &'a PyName>) -> String {
    let names: BTreeSet<&str> = names.map(PyName::as_str).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// A value as a message shows it.
fn shown(text: &str) -> String {
    if text.is_empty() {
        "nothing".to_owned()
    } else {
        format!("`{text}`")
    }
}

/// The requirements that only one side has, for one Python.
fn requirements(facts: &Facts, metadata: &Metadata, python: Option<PythonVersion>) -> Vec<Problem> {
    let holds = |said: &&Said| match (&said.pythons, python) {
        (Some(pythons), Some(python)) => pythons.contains(&python),
        _ => true,
    };
    let said: Vec<(&Said, Option<Requirement>)> = facts
        .said
        .iter()
        .filter(holds)
        .map(|said| (said, with_extra(said)))
        .collect();
    let mut found = Vec::new();
    for (said, requirement) in &said {
        let same = |other: &Requirement| requirement.as_ref().is_some_and(|one| one.means(other));
        if !metadata.requires.iter().any(same) {
            let text = format!(
                "`{}` requires {} in the source tree, and its wheel does not",
                facts.name,
                named(&said.requirement, said.extra.as_ref())
            );
            found.push(said.place.problem(text));
        }
    }
    for requirement in &metadata.requires {
        let same = |(_, other): &(&Said, Option<Requirement>)| {
            other.as_ref().is_some_and(|other| other.means(requirement))
        };
        if !said.iter().any(same) {
            let text = format!(
                "`{}` requires `{}` in its wheel, and the source tree does not say so",
                facts.name,
                requirement.raw()
            );
            found.push(facts.place.problem(text));
        }
    }
    found
}

/// The requirement with its extra as a marker; the Pythons for which it is said are left out.
fn with_extra(said: &Said) -> Option<Requirement> {
    let marker = said
        .extra
        .as_ref()
        .map(|extra| format!("extra == '{extra}'"));
    let text = super::rendered::with_marker(said.requirement.raw(), &marker.unwrap_or_default());
    text.parse().ok()
}

fn named(requirement: &Requirement, extra: Option<&PyName>) -> String {
    match extra {
        Some(extra) => format!("`{}` for the extra `{extra}`", requirement.raw()),
        None => format!("`{}`", requirement.raw()),
    }
}
