//! Reading the `[project]` table of a `pyproject.toml` (PEP 621), for setuptools and hatchling.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use super::declared::{Declared, Modules, Said};
use super::packages::Kind;
use super::{Place, Source, SourceTree, dynamic};
use crate::diagnostic::Problem;
use crate::python::{PyName, Requirement, labelled_home};

/// The file, as far as it is read.
#[derive(Deserialize)]
struct File {
    project: Option<Project>,
    #[serde(default)]
    tool: dynamic::Tool,
}

/// The table, whose keys are PEP 621's.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Project {
    name: Spanned<String>,
    version: Option<Spanned<String>>,
    description: Option<String>,
    license: Option<License>,
    #[serde(default)]
    classifiers: Vec<String>,
    requires_python: Option<Spanned<String>>,
    #[serde(default)]
    dependencies: Vec<Spanned<String>>,
    #[serde(default)]
    optional_dependencies: BTreeMap<String, Vec<Spanned<String>>>,
    #[serde(default)]
    scripts: BTreeMap<String, String>,
    #[serde(default)]
    urls: BTreeMap<String, String>,
    #[serde(default)]
    dynamic: Vec<Spanned<String>>,
}

/// A licence: an expression (PEP 639), or a text or file (PEP 621).
#[derive(Deserialize)]
#[serde(untagged)]
enum License {
    Expression(String),
    Table { text: Option<String> },
}

/// What the file declares; `None` where it has no `[project]`.
///
/// # Errors
/// Whatever cannot be read, with its place.
pub(super) fn read(
    tree: &SourceTree,
    folder: &str,
    source: &Arc<Source>,
) -> Result<Option<Declared>, Vec<Problem>> {
    let file: File = toml::from_str(&source.text).map_err(|error| {
        let place = Place::new(source, error.span().unwrap_or_default());
        vec![place.problem(format!("`{}`: {}", source.path, error.message()))]
    })?;
    let Some(project) = file.project else {
        return Ok(None);
    };
    let mut reader = Reader {
        source,
        problems: Vec::new(),
    };
    let declared = reader.declared((tree, folder), project, &file.tool);
    match declared {
        Some(declared) if reader.problems.is_empty() => Ok(Some(declared)),
        _ => Err(reader.problems),
    }
}

/// Reads the table, and collects all that is wrong with it.
struct Reader<'a> {
    source: &'a Arc<Source>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn declared(
        &mut self,
        place: (&SourceTree, &str),
        project: Project,
        tool: &dynamic::Tool,
    ) -> Option<Declared> {
        let mut asks = false;
        for field in &project.dynamic {
            match field.get_ref().as_str() {
                "version" => asks = true,
                // What a wheel has of these is compared with nothing.
                "readme" | "authors" | "maintainers" | "keywords" => {}
                other => {
                    let text = format!("`{other}` is dynamic, and is not read from elsewhere");
                    self.problems.push(self.place(field).problem(text));
                }
            }
        }
        let version = match &project.version {
            Some(version) => Ok((version.get_ref().clone(), self.place(version))),
            None if asks => dynamic::version(place, tool, self.source),
            None => Err(self
                .place(&project.name)
                .problem("the project has no version")),
        };
        let version = version.map_err(|problem| self.problems.push(problem)).ok();
        let mut requires = self.requirements(&project.dependencies, None);
        let mut extras = BTreeSet::new();
        for (extra, members) in &project.optional_dependencies {
            match extra.parse::<PyName>() {
                Ok(name) => {
                    requires.extend(self.requirements(members, Some(&name)));
                    extras.insert(name);
                }
                Err(error) => {
                    let text = format!("`project.optional-dependencies`: {error}");
                    self.problems.push(self.place(&project.name).problem(text));
                }
            }
        }
        let urls: Vec<(String, String)> = project.urls.into_iter().collect();
        let (license_expression, license) = match project.license {
            Some(License::Expression(expression)) => (Some(expression), None),
            Some(License::Table { text }) => (None, text),
            None => (None, None),
        };
        Some(Declared {
            version: version?,
            summary: project.description,
            license_expression,
            license,
            classifiers: project.classifiers,
            homepage: labelled_home(&urls),
            requires_python: project
                .requires_python
                .map(|text| (text.get_ref().clone(), self.place(&text))),
            requires,
            extras,
            programs: project.scripts.into_keys().collect(),
            modules: modules(place, tool).unwrap_or(Modules::ByName),
            build_requires: Vec::new(),
            given: BTreeSet::new(),
            pythons: Vec::new(),
            place: self.place(&project.name),
            name: (project.name.get_ref().clone(), self.place(&project.name)),
        })
    }

    fn place<T>(&self, value: &Spanned<T>) -> Place {
        Place::new(self.source, value.span())
    }

    fn requirements(&mut self, texts: &[Spanned<String>], extra: Option<&PyName>) -> Vec<Said> {
        let mut all = Vec::new();
        for text in texts {
            match text.get_ref().parse::<Requirement>() {
                Ok(requirement) => all.push(Said {
                    requirement,
                    extra: extra.cloned(),
                    pythons: None,
                    place: self.place(text),
                }),
                Err(error) => self
                    .problems
                    .push(self.place(text).problem(error.to_string())),
            }
        }
        all
    }
}

/// Where the file says the modules are.
fn modules((tree, folder): (&SourceTree, &str), tool: &dynamic::Tool) -> Option<Modules> {
    if let Some(packed) = tool.packed() {
        return Some(Modules::Packed(packed.to_vec()));
    }
    let setuptools = tool.setuptools.as_ref()?;
    match &setuptools.packages {
        Some(dynamic::Packages::Listed(packages)) => Some(Modules::Listed {
            root: String::new(),
            packages: packages.clone(),
            files: setuptools.py_modules.clone(),
        }),
        Some(dynamic::Packages::Found { find }) => {
            let root = find.roots.first().map_or("", String::as_str);
            let root = if root == "." { "" } else { root };
            let kind = if find.namespaces {
                Kind::Namespace
            } else {
                Kind::Regular
            };
            let patterns = (find.include.clone(), find.exclude.clone());
            Some(Modules::found(tree, folder, (kind, root), patterns))
        }
        None if !setuptools.py_modules.is_empty() => Some(Modules::Listed {
            root: String::new(),
            packages: Vec::new(),
            files: setuptools.py_modules.clone(),
        }),
        None => None,
    }
}
