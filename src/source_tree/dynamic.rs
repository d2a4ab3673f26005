//! The tables of build backends in `pyproject.toml`: versions that stand elsewhere, and where modules are.

use std::sync::Arc;

use serde::Deserialize;

use super::files::prefix;
use super::{Place, Source, SourceTree, setup_py};
use crate::diagnostic::Problem;

/// The tables below `tool` that are read.
#[derive(Default, Deserialize)]
pub(super) struct Tool {
    /// hatchling's.
    hatch: Option<Hatch>,
    /// setuptools'.
    pub setuptools: Option<Setuptools>,
}

/// hatchling's table.
#[derive(Default, Deserialize)]
struct Hatch {
    version: Option<HatchVersion>,
    #[serde(default)]
    build: HatchBuild,
}

/// Where hatchling takes the version from.
#[derive(Deserialize)]
struct HatchVersion {
    source: Option<String>,
    path: Option<String>,
    pattern: Option<String>,
}

/// What hatchling packs.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct HatchBuild {
    packages: Option<Vec<String>>,
    only_include: Option<Vec<String>>,
    #[serde(default)]
    targets: HatchTargets,
}

/// The targets that are read.
#[derive(Default, Deserialize)]
struct HatchTargets {
    wheel: Option<Box<HatchTarget>>,
}

/// What hatchling packs into a wheel.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct HatchTarget {
    packages: Option<Vec<String>>,
    only_include: Option<Vec<String>>,
}

/// setuptools' table.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Setuptools {
    /// The packages, or how they are found.
    pub packages: Option<Packages>,
    /// The modules that are single files.
    #[serde(default)]
    pub py_modules: Vec<String>,
    #[serde(default)]
    dynamic: SetuptoolsDynamic,
}

/// setuptools' packages.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Packages {
    /// By name.
    Listed(Vec<String>),
    /// By patterns.
    Found {
        /// The patterns.
        find: Find,
    },
}

/// How setuptools finds packages.
#[derive(Deserialize)]
pub(super) struct Find {
    /// The folders in which it looks.
    #[serde(default, rename = "where")]
    pub roots: Vec<String>,
    /// Patterns of which one must match.
    #[serde(default = "all")]
    pub include: Vec<String>,
    /// Patterns of what is left out.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Whether folders without `__init__.py` are packages.
    #[serde(default = "yes")]
    pub namespaces: bool,
}

/// What setuptools takes from elsewhere.
#[derive(Default, Deserialize)]
struct SetuptoolsDynamic {
    version: Option<SetuptoolsVersion>,
}

/// Where setuptools takes the version from.
#[derive(Deserialize)]
#[serde(untagged)]
enum SetuptoolsVersion {
    Attribute { attr: String },
    File { file: OneOrMore },
}

/// A path, or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

fn all() -> Vec<String> {
    vec!["*".to_owned()]
}

fn yes() -> bool {
    true
}

impl Tool {
    /// The paths that hatchling packs, where the file says which.
    pub(super) fn packed(&self) -> Option<&[String]> {
        let build = &self.hatch.as_ref()?.build;
        let target = build.targets.wheel.as_ref();
        let wheel =
            target.and_then(|wheel| wheel.packages.as_ref().or(wheel.only_include.as_ref()));
        let packed = wheel
            .or(build.packages.as_ref())
            .or(build.only_include.as_ref());
        packed.map(Vec::as_slice)
    }
}

/// The version of a project that does not say it in its own table.
///
/// # Errors
/// A source that is not a file of the tree, and what cannot be read there.
pub(super) fn version(
    (tree, folder): (&SourceTree, &str),
    tool: &Tool,
    source: &Arc<Source>,
) -> Result<(String, Place), Problem> {
    let start = Place::start(source);
    let hatch = tool.hatch.as_ref().and_then(|hatch| hatch.version.as_ref());
    let setuptools = tool.setuptools.as_ref();
    let setuptools = setuptools.and_then(|setuptools| setuptools.dynamic.version.as_ref());
    let open = |path: &str| {
        let path = format!("{}{path}", prefix(folder));
        let found = tree.text(&path)?;
        found.ok_or_else(|| {
            start.problem(format!(
                "the version stands in `{path}`, which is not in the tree"
            ))
        })
    };
    match (hatch, setuptools) {
        (Some(hatch), _) => {
            let plain = hatch.pattern.is_none()
                && hatch.source.as_deref().is_none_or(|source| source == "regex");
            let path = hatch.path.as_deref().filter(|_| plain);
            let path = path.ok_or_else(|| {
                start.problem("the version is dynamic in a way that cannot be read without running Python")
            })?;
            assigned(open(path)?)
        }
        (None, Some(SetuptoolsVersion::Attribute { attr })) => {
            let (module, name) = attr.rsplit_once('.').unwrap_or(("", attr));
            let module = module.replace('.', "/");
            let files = [format!("{module}.py"), format!("{module}/__init__.py")];
            let there = files
                .iter()
                .find(|file| tree.contains(&format!("{}{file}", prefix(folder))));
            let source = open(there.unwrap_or(&files[0]))?;
            setup_py::text_of(tree, folder, (source, name))
        }
        (None, Some(SetuptoolsVersion::File { file })) => {
            let path = match file {
                OneOrMore::One(path) => path,
                OneOrMore::More(paths) => match paths.as_slice() {
                    [only] => only,
                    _ => return Err(start.problem("the version is put together from several files")),
                },
            };
            let found = open(path)?;
            Ok((found.text.trim().to_owned(), Place::start(found)))
        }
        (None, None) => Err(start.problem(
            "the version is dynamic, and neither hatchling's nor setuptools' table says where it stands",
        )),
    }
}

/// The version as hatchling finds it: the first line `__version__ = "…"` or `VERSION = "…"`.
fn assigned(source: &Arc<Source>) -> Result<(String, Place), Problem> {
    let mut offset = 0;
    for line in source.text.split_inclusive('\n') {
        let found = line.split_once('=').and_then(|(name, value)| {
            let name = name.split(':').next().unwrap_or(name).trim();
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let end = value.get(1..)?.find(quote)?;
            let version = value.get(1..=end)?.trim_start_matches('v');
            let named =
                name.eq_ignore_ascii_case("__version__") || name.eq_ignore_ascii_case("version");
            named.then(|| version.to_owned())
        });
        if let Some(version) = found {
            let place = Place::new(source, offset..offset + line.trim_end().len());
            return Ok((version, place));
        }
        offset += line.len();
    }
    Err(Place::start(source).problem("no line of this file sets `__version__`"))
}
