//! What is recorded in a project: the template that it comes from, and what was answered.

use super::Ready;
use super::configuration::Values;
use super::request::Request;
use super::source::Place;
use crate::cmd::path::normal;
use crate::diagnostic::Failure;
use crate::disk::is_directory;
use crate::expand::{Answered, Origin, PathFault, Staged, StagedFile, Value};
use crate::generate::BASE;
use crate::outside::git_clone::At;
use serde::Deserialize;
use std::path::{Component, Path, PathBuf};
use toml_edit::{Array, DocumentMut, Item, Table, value};

/// The file.
pub(super) const FILE: &str = ".floxwright/generate.toml";

/// What stands at its top.
const HEAD: &str =
    "# The template of this project, and what was answered: the values file of another run.\n";

/// The form of the file.
const SCHEMA: i64 = 1;

/// Flags that a project is made with, and that its update needs again.
pub(super) const FLAGS: [&str; 3] = ["force", "init", "lib"];

/// What the file says.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Record {
    pub(super) schema: i64,
    pub(super) name: String,
    #[serde(default)]
    pub(super) flags: Vec<String>,
    pub(super) template: Template,
    #[serde(default)]
    pub(super) values: Values,
}

/// Where the project comes from.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Template {
    pub(super) git: Option<String>,
    pub(super) path: Option<String>,
    #[serde(rename = "built-in")]
    pub(super) built_in: Option<String>,
    pub(super) directory: Option<String>,
    pub(super) branch: Option<String>,
    pub(super) tag: Option<String>,
    pub(super) revision: Option<String>,
    pub(super) commit: Option<String>,
}

impl Template {
    /// What of the history is followed.
    pub(super) fn at(&self) -> At {
        let revision = self.revision.clone().map(At::Revision);
        let tag = self.tag.clone().map(At::Tag);
        let branch = self.branch.clone().map(At::Branch);
        revision.or(tag).or(branch).unwrap_or_default()
    }
}

impl Record {
    /// Whether the file has a form that this program knows.
    pub(super) fn is_known(&self) -> bool {
        self.schema == SCHEMA
    }
}

/// Adds the file to the project.
pub(super) fn add(
    project: &mut Staged,
    ready: &Ready,
    request: &Request<'_>,
    address: &str,
) -> Result<(), Failure> {
    let bytes = text(ready, request, address).into_bytes();
    let file = StagedFile { bytes, mode: 0o644 };
    let refused =
        |error: PathFault| Failure::refused("the answers cannot be recorded").because(error);
    if ready.commit.is_none() {
        // Nobody keeps a directory as it was: the project keeps what was made of it.
        let made: Vec<(String, StagedFile)> = project
            .files()
            .map(|(path, file)| (format!("{BASE}/{path}"), file.clone()))
            .collect();
        for (path, file) in made {
            project.insert_file(&path, file).map_err(refused)?;
        }
    }
    project.insert_file(FILE, file).map_err(refused)
}

/// The address of the template as it is from the project's directory.
pub(super) fn address(place: &Place, target: &Path, cwd: &Path) -> String {
    let path = place.path();
    let is_here = !matches!(place, Place::BuiltIn(_)) && is_directory(&cwd.join(path));
    if path.is_absolute() || !is_here {
        return path.display().to_string();
    }
    let (from, to) = (normal(target), normal(&cwd.join(path)));
    let common = from.components().zip(to.components());
    let common = common.take_while(|(one, other)| one == other).count();
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(to.components().skip(common)).collect();
    way.display().to_string()
}

/// What the file says of a project.
pub(super) fn text(ready: &Ready, request: &Request<'_>, address: &str) -> String {
    let mut document = DocumentMut::new();
    document.insert("schema", value(SCHEMA));
    document.insert("name", value(&ready.expanded.project.given));
    let flags: Array = request.flags().into_iter().collect();
    if !flags.is_empty() {
        document.insert("flags", value(flags));
    }
    let mut template = Table::new();
    match &request.source.place {
        Place::Directory(_) => template.insert("path", value(address)),
        Place::Git(_) => template.insert("git", value(address)),
        Place::BuiltIn(_) => template.insert("built-in", value(address)),
    };
    let directory = Some(&ready.expanded.template).filter(|path| !path.is_empty());
    let followed = match &request.source.at {
        At::Head => ("branch", None),
        At::Branch(name) => ("branch", Some(name)),
        At::Tag(name) => ("tag", Some(name)),
        At::Revision(name) => ("revision", Some(name)),
    };
    let further = [
        ("directory", directory),
        followed,
        ("commit", ready.commit.as_ref()),
    ];
    for (key, text) in further {
        if let Some(text) = text {
            template.insert(key, value(text));
        }
    }
    document.insert("template", Item::Table(template));
    let mut values = Table::new();
    for (name, answered) in answers(ready) {
        values.insert(name, value(toml(&answered.value)));
    }
    // What no placeholder asks for is a variable all the same.
    for (name, provided) in &ready.given {
        if let (None, Some(given)) = (values.get(name), plain(&provided.value)) {
            values.insert(name, value(given));
        }
    }
    values.sort_values();
    document.insert("values", Item::Table(values));
    format!("{HEAD}{document}")
}

/// The answers that a person, a flag or a default gave; hooks give theirs again.
pub(super) fn answers(ready: &Ready) -> impl Iterator<Item = (&str, &Answered)> {
    let answers = ready.expanded.answers.iter();
    answers
        .filter(|(_, answered)| !matches!(answered.origin, Origin::Hook))
        .map(|(name, answered)| (name.as_str(), answered))
}

/// A value that was given, as it is written; `None` where it is none for a template.
fn plain(of: &toml::Value) -> Option<toml_edit::Value> {
    let is_table = matches!(of, toml::Value::Table(_));
    (!is_table).then(|| of.to_string().parse().ok()).flatten()
}

fn toml(of: &Value) -> toml_edit::Value {
    match of {
        Value::Text(text) => text.as_str().into(),
        Value::Bool(bool) => (*bool).into(),
        Value::List(list) => list.iter().map(toml).collect::<Array>().into(),
    }
}
