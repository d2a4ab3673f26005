//! What a document starts in the repository's own environment, `flox activate`, where nothing of it is installed: an environment in
//! which packages are built has them as little as a workshop has what it sold.

use super::Repository;
use super::document::Document;
use super::flox_commands::{Command, commands};
use super::listing::listing;
use super::manifest::{MANIFEST, parsed};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml_edit::{Item, TableLike};

/// What the packages bring, by name, and what the environment does without them.
pub(super) struct Absent {
    /// Modules, each with its package.
    modules: BTreeMap<String, String>,
    /// Programs, each with its package.
    programs: BTreeMap<String, String>,
    /// What the repository's directory is called.
    directory: String,
}

/// Interpreters, by their names.
const PYTHONS: [&str; 2] = ["python", "python3"];

/// What is absent from the environment; nothing where it has a package of the repository, or may have one.
pub(super) fn absent(repository: &Repository<'_>) -> Option<Absent> {
    let text = repository.survey.text(MANIFEST)?;
    let document = parsed(&text).ok()?;
    if may_have(document.as_table(), repository) {
        return None;
    }
    let mut absent = Absent {
        modules: BTreeMap::new(),
        programs: BTreeMap::new(),
        directory: repository.found.directory.clone(),
    };
    for package in &repository.packages {
        let name = package.name.to_string();
        absent
            .modules
            .insert(package.name.underscored(), name.clone());
        let released = package.released.into_iter();
        for program in released.flat_map(|released| &released.programs) {
            absent.programs.insert(program.clone(), name.clone());
        }
    }
    Some(absent)
}

/// Whether an environment installs a package of the repository, takes in others, or prepares its paths by itself.
fn may_have(manifest: &dyn TableLike, repository: &Repository<'_>) -> bool {
    let listed = listing(&repository.survey.files).packages;
    let upstream = repository.scaffold.catalogue.packages.keys();
    let known: BTreeSet<&str> = listed
        .keys()
        .map(String::as_str)
        .chain(upstream.map(crate::python::PyName::as_str))
        .collect();
    let is_ours = |path: &str| {
        let last = path.rsplit(['/', '.']).next().unwrap_or_default();
        known.contains(last)
    };
    let installed = manifest.get("install").and_then(Item::as_table_like);
    let mut installed = installed.into_iter().flat_map(TableLike::iter);
    let has = installed.any(|(id, item)| {
        let path = item
            .as_table_like()
            .and_then(|table| table.get("pkg-path")?.as_str());
        is_ours(id) || path.is_none_or(is_ours)
    });
    let sets_paths = ["hook", "profile", "vars"].iter().any(|name| {
        let table = manifest.get(name).map(ToString::to_string);
        table.is_some_and(|text| text.contains("PATH") || text.contains("result"))
    });
    has || sets_paths || manifest.contains_key("include")
}

/// From where on a text has told to install something.
fn installed(text: &str) -> usize {
    let words = ["flox install", "pkg-path"].iter();
    let first = words.filter_map(|word| text.find(word)).min();
    first.unwrap_or(text.len())
}

impl Absent {
    /// What a document starts in the environment and is not there, with what is wrong.
    pub(super) fn started(&self, document: &Document<'_>) -> Vec<(Range<usize>, String)> {
        let blocks = document.blocks();
        let block = |command: &Command<'_>| {
            let at = command.range().start;
            blocks.partition_point(|block| block.range.start <= at)
        };
        let mut found = Vec::new();
        let installed = installed(&document.text);
        let (mut here, mut is_active, mut is_elsewhere) = (0, false, false);
        for command in commands(document) {
            let place = block(&command);
            if place != here {
                (here, is_active, is_elsewhere) = (place, false, false);
            }
            if command.starts_with(&["cd"]) {
                // Another directory has another environment, up to the end of the block.
                let to = command.words.get(1).map_or("", |(_, word)| *word);
                is_elsewhere = to.rsplit('/').next() != Some(self.directory.as_str());
                is_active = is_active && !is_elsewhere;
            } else if command.starts_with(&["flox", "install"]) {
                is_active = false;
            } else if command.starts_with(&["flox", "activate"]) {
                let rest = command.words.get(2..).unwrap_or_default();
                let at = rest.iter().position(|(_, word)| *word == "--");
                let flags = rest.get(..at.unwrap_or(rest.len())).unwrap_or_default();
                is_active = flags.is_empty() && !is_elsewhere && command.range().start < installed;
                if let Some(inner) = at.and_then(|at| rest.get(at + 1..))
                    && is_active
                {
                    found.extend(self.missing(inner));
                    is_active = false;
                }
            } else if is_active {
                found.extend(self.missing(&command.words));
            }
        }
        found
    }

    fn missing(&self, words: &[(Range<usize>, &str)]) -> Option<(Range<usize>, String)> {
        let (first, program) = words.first()?;
        let last = words.last()?.0.end;
        let missing = |name: &String| {
            let message = format!(
                "this environment builds `{name}` and does not install it: after `flox activate` it is not there"
            );
            (first.start..last, message)
        };
        if let Some(name) = self.programs.get(*program) {
            return Some(missing(name));
        }
        let is_python = PYTHONS.contains(program) || program.starts_with("python3.");
        let code = words.iter().skip(1).skip_while(|(_, word)| *word != "-c");
        let mut code = code
            .skip(1)
            .map(|(_, word)| word.trim_matches(['\'', '"', ';', ',']));
        if !is_python || !matches!(code.next()?, "import" | "from") {
            return None;
        }
        let module = code.next()?.split('.').next()?;
        self.modules.get(module).map(missing)
    }
}
