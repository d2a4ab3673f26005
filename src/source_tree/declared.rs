//! What a package declares about itself, whichever file it stands in.

use std::collections::BTreeSet;

use super::Place;
use super::packages::{Finder, Kind};
use super::{SourceTree, files::prefix};
use crate::python::{PyName, PythonVersion, Requirement};

/// A package's declaration as it was read, not yet as metadata has it.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The name, in the author's spelling.
    pub name: (String, Place),
    /// The version, as the author wrote it.
    pub version: (String, Place),
    /// The one-line description.
    pub summary: Option<String>,
    /// The licence as an expression.
    pub license_expression: Option<String>,
    /// The licence as free text.
    pub license: Option<String>,
    /// The classifiers.
    pub classifiers: Vec<String>,
    /// The home page.
    pub homepage: Option<String>,
    /// The Pythons that it supports.
    pub requires_python: Option<(String, Place)>,
    /// What it requires, with its extras' requirements.
    pub requires: Vec<Said>,
    /// The extras, also those that require nothing.
    pub extras: BTreeSet<PyName>,
    /// The programs, sorted.
    pub programs: Vec<String>,
    /// Where its modules are.
    pub modules: Modules,
    /// What the build needs besides what `pyproject.toml` says.
    pub build_requires: Vec<Requirement>,
    /// The names of what `setup` was given; empty for a `pyproject.toml`.
    pub given: BTreeSet<String>,
    /// The Pythons that were considered, where the file asks which one runs it.
    pub pythons: Vec<PythonVersion>,
    /// Where the declaration begins.
    pub place: Place,
}

/// One requirement as it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The requirement, in the author's spelling, without the extra.
    pub requirement: Requirement,
    /// The extra that has it.
    pub extra: Option<PyName>,
    /// The Pythons for which it is said; `None` for all.
    pub pythons: Option<Vec<PythonVersion>>,
    /// Where it stands.
    pub place: Place,
}

/// Where the modules of a package are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Modules {
    /// Packages by dotted names and single modules, below a folder that is empty for the package's own.
    Listed {
        /// The folder.
        root: String,
        /// The packages.
        packages: Vec<String>,
        /// The modules that are single files.
        files: Vec<String>,
    },
    /// Folders and files that are packed whole, under their last name.
    Packed(Vec<String>),
    /// What hatchling finds by the name of the package.
    ByName,
}

impl Modules {
    /// The files of the package that can be imported, as a wheel would list them; `None` where there are none.
    pub(super) fn files(&self, tree: &SourceTree, folder: &str, name: &str) -> Option<Vec<String>> {
        match self {
            Self::Listed {
                root,
                packages,
                files,
            } => {
                let root = format!("{}{}", prefix(folder), prefix(root));
                let mut found: Vec<String> =
                    files.iter().map(|file| format!("{file}.py")).collect();
                for package in packages {
                    let package = package.replace('.', "/");
                    let inside = tree.below(&format!("{root}{package}"));
                    found.extend(inside.map(|file| format!("{package}/{file}")));
                }
                Some(found)
            }
            Self::Packed(paths) => {
                let mut found = Vec::new();
                for path in paths {
                    let place = format!("{}{}", prefix(folder), path.trim_matches('/'));
                    let last = place.rsplit('/').next().unwrap_or(&place).to_owned();
                    found.extend(tree.below(&place).map(|file| format!("{last}/{file}")));
                    found.extend(tree.contains(&place).then_some(last));
                }
                Some(found)
            }
            Self::ByName => by_name(tree, folder, name),
        }
    }
}

/// Where hatchling looks for a package of this name.
fn by_name(tree: &SourceTree, folder: &str, name: &str) -> Option<Vec<String>> {
    let module = name.replace(['-', '.'], "_");
    let folder = prefix(folder);
    for root in ["", "src/"] {
        let package = format!("{folder}{root}{module}");
        if tree.contains(&format!("{package}/__init__.py")) {
            let files = tree.below(&package);
            return Some(files.map(|file| format!("{module}/{file}")).collect());
        }
    }
    tree.contains(&format!("{folder}{module}.py"))
        .then(|| vec![format!("{module}.py")])
}

impl Modules {
    /// What setuptools finds where a file names nothing but patterns.
    pub(super) fn found(
        tree: &SourceTree,
        folder: &str,
        (kind, root): (Kind, &str),
        (include, exclude): (Vec<String>, Vec<String>),
    ) -> Self {
        let finder = Finder {
            kind,
            root,
            exclude,
            include,
        };
        Self::Listed {
            root: root.to_owned(),
            packages: finder.find(tree, folder),
            files: Vec::new(),
        }
    }
}
