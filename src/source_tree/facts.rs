//! The facts of one package of a source tree.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::declared::{Declared, Modules, Said};
use super::files::prefix;
use super::rendered::{self, Style};
use super::{Place, Source, SourceTree, pyproject, setup_cfg, setup_py};
use crate::diagnostic::Problem;
use crate::python::{
    BuildSystem, PyName, PythonVersion, Requirement, Version, VersionSpecifiers, modules, spdx,
};

/// What a source tree says of one package, as the metadata of a wheel would say it.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Its name.
    pub name: PyName,
    /// Its version.
    pub version: Version,
    /// The one-line description.
    pub summary: Option<String>,
    /// The home page.
    pub homepage: Option<String>,
    /// The licence as an SPDX expression, where that is without doubt.
    pub license: Option<String>,
    /// The Pythons that it supports.
    pub requires_python: Option<VersionSpecifiers>,
    /// What it requires in any case.
    pub requires: Vec<Requirement>,
    /// What each of its extras requires besides.
    pub extras: BTreeMap<PyName, Vec<Requirement>>,
    /// The programs, sorted.
    pub programs: Vec<String>,
    /// The modules that can be imported, sorted, tests left out.
    pub modules: Vec<String>,
    /// How it is built.
    pub build: BuildSystem,
    /// Every requirement as it was said, with its place.
    pub said: Vec<Said>,
    /// The Pythons that were considered, where the declaration asks which one runs it; otherwise none.
    pub pythons: Vec<PythonVersion>,
    /// Where the declaration begins.
    pub place: Place,
    /// Where the version stands.
    pub version_place: Place,
}

/// Reads the package in a folder of the tree; `None` where there is none.
///
/// # Errors
/// Everything that cannot be read without running Python, each with file and line. Nothing is left out silently.
pub fn read(tree: &SourceTree, folder: &str) -> Result<Option<Facts>, Vec<Problem>> {
    let text = |name: &str| {
        let path = format!("{}{name}", prefix(folder));
        tree.text(&path).map_err(|problem| vec![problem])
    };
    let (project, setup) = (text("pyproject.toml")?, text("setup.py")?);
    let check_configuration = |given: &BTreeSet<String>| match text("setup.cfg")? {
        Some(source) => setup_cfg::check(source, given).map_err(|problem| vec![problem]),
        None => Ok(()),
    };
    let declared = match project {
        Some(source) => pyproject::read(tree, folder, source)?,
        None => None,
    };
    let declared = match (declared, setup) {
        (Some(declared), _) => declared,
        (None, Some(source)) => setup_py::read(tree, folder, source)?,
        (None, None) => {
            check_configuration(&BTreeSet::new())?;
            return Ok(None);
        }
    };
    if setup.is_some() && !declared.given.is_empty() {
        check_configuration(&declared.given)?;
    }
    facts((tree, folder), declared, project)
        .map(Some)
        .map_err(|problem| vec![problem])
}

/// A declaration as metadata has it.
fn facts(
    (tree, folder): (&SourceTree, &str),
    declared: Declared,
    project: Option<&Arc<Source>>,
) -> Result<Facts, Problem> {
    let build = build_system(&declared, project)?;
    let backend = &build.backend;
    let style = style(backend).ok_or_else(|| {
        let text = format!("the build backend `{backend}` is not one that can be read");
        declared.place.problem(text)
    })?;
    let parsed = |(text, place): &(String, Place)| {
        let version = text.parse::<Version>();
        version.map_err(|error| place.problem(error.to_string()))
    };
    let (spelling, place) = &declared.name;
    let name: PyName = spelling
        .parse()
        .map_err(|error: crate::python::PyNameError| place.problem(error.to_string()))?;
    let requires_python = declared.requires_python.as_ref().map(supported_pythons);
    let files = match (&declared.modules, style) {
        (Modules::ByName, Style::Setuptools) => None,
        (modules, _) => modules.files(tree, folder, spelling),
    };
    let files = files.ok_or_else(|| {
        let text = "it is not said which packages are installed, and none has the project's name";
        declared.place.problem(text)
    })?;
    let extras = declared.extras.into_iter();
    let summary = declared.summary.as_deref().map(one_line);
    let mut facts = Facts {
        version: parsed(&declared.version)?,
        summary: summary.filter(|text| !text.is_empty()),
        homepage: declared.homepage,
        license: license(
            declared.license_expression.as_deref(),
            declared.license.as_deref(),
            &declared.classifiers,
        ),
        requires_python: requires_python.transpose()?,
        requires: Vec::new(),
        extras: extras.map(|extra| (extra, Vec::new())).collect(),
        programs: declared.programs,
        modules: modules(files.iter().map(String::as_str)),
        build,
        said: declared.requires,
        pythons: declared.pythons,
        place: declared.place,
        version_place: declared.version.1,
        name,
    };
    facts.sort_requirements(style)?;
    Ok(facts)
}

/// How the package is built.
fn build_system(
    declared: &Declared,
    project: Option<&Arc<Source>>,
) -> Result<BuildSystem, Problem> {
    let build = BuildSystem::parse(project.map(|source| source.text.as_str()));
    let mut build = build.map_err(|error| {
        let start = project.map_or_else(|| declared.place.clone(), Place::start);
        start.problem(error.to_string())
    })?;
    let more = declared.build_requires.iter().cloned();
    build.requires.extend(more);
    Ok(build)
}

fn supported_pythons((text, place): &(String, Place)) -> Result<VersionSpecifiers, Problem> {
    text.parse()
        .map_err(|_| place.problem(format!("`{text}` is not a list of version specifiers")))
}

impl Facts {
    /// Gives every requirement its form in metadata, and puts it where it belongs.
    fn sort_requirements(&mut self, style: Style) -> Result<(), Problem> {
        for said in &self.said {
            let requirement = rendered::requirement(said, style, &self.pythons)
                .map_err(|error| said.place.problem(error.to_string()))?;
            let list = match &said.extra {
                Some(extra) => self.extras.entry(extra.clone()).or_default(),
                None => &mut self.requires,
            };
            if !list.contains(&requirement) {
                list.push(requirement);
            }
        }
        // hatchling sorts what it writes.
        if style == Style::Hatchling {
            let lists = self.extras.values_mut().chain([&mut self.requires]);
            lists.for_each(|list| list.sort_by(|a, b| a.raw().cmp(b.raw())));
        }
        Ok(())
    }
}

/// Who writes the metadata.
fn style(backend: &str) -> Option<Style> {
    match backend {
        "hatchling.build" => Some(Style::Hatchling),
        "setuptools.build_meta" | "setuptools.build_meta:__legacy__" => Some(Style::Setuptools),
        _ => None,
    }
}

fn license(expression: Option<&str>, free: Option<&str>, classifiers: &[String]) -> Option<String> {
    let classifiers: Vec<&str> = classifiers.iter().map(String::as_str).collect();
    spdx(expression, free, &classifiers)
}

/// A description as METADATA folds it.
fn one_line(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}
