//! From answers to the intent, and back.

use super::{Answers, Field, Value};
use crate::diagnostic::{Problem, did_you_mean};
use crate::model::{
    EnvironmentName, Intent, NameError, PackageSpec, PythonSet, System, Tweaks, With, WorkspaceName,
};
use crate::python::{PyName, Version};
use crate::scaffold::{Group, Scaffold};
use crate::tree::RelPath;
use std::collections::{BTreeMap, BTreeSet};

/// What only an answers file can hold: tables for single packages and for nixpkgs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// `[package.NAME]`
    pub tweaks: BTreeMap<PyName, Tweaks>,
    /// `[override]`
    pub overrides: BTreeMap<PyName, String>,
    /// `[nixpkgs.versions]`
    pub index_corrections: BTreeMap<PyName, String>,
}

/// An answer that is not taken, with the field it was given for.
pub type FieldProblem = (Field, Problem);

/// Reads single answers; remembers what is wrong with each.
struct Reader<'a> {
    answers: &'a Answers,
    problems: Vec<FieldProblem>,
}

impl Reader<'_> {
    /// The field's text through `parse`.
    fn one<T>(&mut self, field: Field, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let text = self.answers.text(field).unwrap_or_default();
        match parse(&text) {
            Ok(value) => Some(value),
            Err(message) => {
                self.problems.push((field, Problem::new(message)));
                None
            }
        }
    }

    /// Each of the field's texts through `parse`; commas separate as well.
    fn many<T: Ord>(
        &mut self,
        field: Field,
        parse: impl Fn(&str) -> Result<Vec<T>, String>,
    ) -> Option<BTreeSet<T>> {
        let mut values = BTreeSet::new();
        let mut good = true;
        for text in self.answers.value(field).map(split).unwrap_or_default() {
            match parse(&text) {
                Ok(parsed) => values.extend(parsed),
                Err(message) => {
                    self.problems.push((field, Problem::new(message)));
                    good = false;
                }
            }
        }
        good.then_some(values)
    }
}

/// The single texts of a list; a comma outside brackets separates as well, and `none` says that there are none.
fn split(value: &Value) -> Vec<String> {
    let mut parts = Vec::new();
    for text in value.texts() {
        let (mut part, mut depth) = (String::new(), 0_usize);
        for c in text.chars() {
            match c {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if c == ',' && depth == 0 {
                parts.push(std::mem::take(&mut part));
            } else {
                part.push(c);
            }
        }
        parts.push(part);
    }
    parts
        .into_iter()
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty() && part != "none")
        .collect()
}

fn text<T: std::str::FromStr>(given: &str) -> Result<T, String>
where
    T::Err: std::fmt::Display,
{
    given
        .trim()
        .parse()
        .map_err(|error: T::Err| error.to_string())
}

fn list<T: std::str::FromStr>(given: &str) -> Result<Vec<T>, String>
where
    T::Err: std::fmt::Display,
{
    text(given).map(|value| vec![value])
}

/// Makes the intent of complete answers.
///
/// # Errors
/// Every answer that cannot be taken, with its field.
pub fn intent_from(
    answers: &Answers,
    tables: &Tables,
    scaffold: &Scaffold,
) -> Result<Intent, Vec<FieldProblem>> {
    let mut reader = Reader {
        answers,
        problems: Vec::new(),
    };
    let release = reader.one(Field::Release, |given| release(given, scaffold));
    let packages = {
        let release = release.clone().unwrap_or_default();
        reader.many(Field::Packages, |given| packages(given, &release, scaffold))
    };
    let intent = read(&mut reader, release, packages, scaffold, tables);
    match intent {
        Some(intent) if reader.problems.is_empty() => Ok(intent),
        _ => Err(reader.problems),
    }
}

/// Reads every field before giving up on any, so that all that is wrong is told at once.
fn read(
    reader: &mut Reader<'_>,
    release: Option<String>,
    packages: Option<BTreeSet<PackageSpec>>,
    scaffold: &Scaffold,
    tables: &Tables,
) -> Option<Intent> {
    let name = reader.one(Field::Name, |given| {
        given.parse().map_err(|error| name_message(&error))
    });
    let source = reader.one(Field::Source, text);
    let layout = reader.one(Field::Layout, text);
    let python = reader.one(Field::Python, text::<PythonSet>);
    let systems = reader.many(Field::Systems, list::<System>);
    let systems = systems.filter(|systems| !systems.is_empty()).or_else(|| {
        if reader
            .problems
            .iter()
            .all(|(field, _)| *field != Field::Systems)
        {
            reader.problems.push((
                Field::Systems,
                Problem::new("at least one system is needed"),
            ));
        }
        None
    });
    let missing = reader.one(Field::Missing, text);
    let nixpkgs = reader.one(Field::Nixpkgs, text);
    let environment = reader.one(Field::EnvironmentName, text::<EnvironmentName>);
    let expose = reader.one(Field::Expose, text);
    let libraries = reader.many(Field::WithPython, list::<PyName>);
    let documents = reader.one(Field::Documents, text);
    let documents_dir = reader.one(Field::DocumentsDir, documents_dir);
    let storage = reader.one(Field::Storage, text);
    let with = reader.many(Field::With, list::<With>);
    let handle = reader.one(Field::Handle, handle);
    let publish = reader.many(Field::Publish, |given| Ok(vec![given.to_owned()]));
    let license = reader.one(Field::License, license);
    let remote = reader.one(Field::Remote, remote);
    Some(Intent {
        name: name?,
        scaffold: scaffold_name(reader.answers, scaffold),
        release: release?,
        source: source?,
        layout: layout?,
        python: python?,
        systems: systems?,
        packages: packages?,
        missing: missing?,
        nixpkgs: nixpkgs?,
        environment: environment?,
        expose: expose?,
        libraries: libraries?,
        documents: documents?,
        documents_dir: documents_dir?,
        storage: storage?,
        with: with?,
        handle: handle?,
        publish: publish?,
        license: license?,
        remote: remote?,
        tweaks: tables.tweaks.clone(),
        overrides: tables.overrides.clone(),
        index_corrections: tables.index_corrections.clone(),
    })
}

fn scaffold_name(answers: &Answers, scaffold: &Scaffold) -> String {
    answers
        .text(Field::Scaffold)
        .unwrap_or_else(|| scaffold.name.clone())
}

fn name_message(error: &NameError) -> String {
    match &error.proposal {
        Some(proposal) => format!("{error}; `{proposal}` would do"),
        None => error.to_string(),
    }
}

/// A version in its normal form; whether the release exists is the resolver's question.
fn release(given: &str, _: &Scaffold) -> Result<String, String> {
    let given = given.trim();
    let bare = given.strip_prefix('v').unwrap_or(given);
    bare.parse::<Version>()
        .map(|version| version.to_string())
        .map_err(|_| format!("`{}` is not a version", given.escape_debug()))
}

/// What one word asks for: a package, a category, or all that are offered at the release.
fn packages(given: &str, release: &str, scaffold: &Scaffold) -> Result<Vec<PackageSpec>, String> {
    let catalogue = &scaffold.catalogue;
    let offered = |category: Option<&str>| {
        let there = |name: &PyName| {
            scaffold
                .release(release)
                .is_none_or(|release| release.packages.contains_key(name))
        };
        let packages = catalogue.packages.iter().filter(|(name, package)| {
            !matches!(package.group, Group::Core | Group::Support)
                && category.is_none_or(|wanted| package.category == wanted)
                && there(name)
        });
        packages
            .map(|(name, _)| PackageSpec {
                name: name.clone(),
                extras: BTreeSet::new(),
            })
            .collect()
    };
    if given == "all" {
        return Ok(offered(None));
    }
    if let Some(category) = given.strip_prefix("category:") {
        let categories = catalogue.categories();
        return if categories.contains(&category) {
            Ok(offered(Some(category)))
        } else {
            Err(format!(
                "there is no category `{}`: there are {}",
                category.escape_debug(),
                categories.join(", ")
            ))
        };
    }
    let spec: PackageSpec = text(given)?;
    // The core is always built; asking for it is no mistake, and with an extra it says something.
    let core = catalogue
        .packages
        .get(&spec.name)
        .is_some_and(|package| package.group == Group::Core);
    Ok(if core && spec.extras.is_empty() {
        Vec::new()
    } else {
        vec![spec]
    })
}

fn documents_dir(given: &str) -> Result<Option<RelPath>, String> {
    let given = given.trim().trim_end_matches('/');
    if given == "." {
        return Ok(None);
    }
    let path: RelPath = given
        .parse()
        .map_err(|error: crate::tree::RelPathError| error.to_string())?;
    if path.components().any(|part| part.starts_with('.'))
        || path.components().next() == Some("runtime")
    {
        return Err(format!(
            "`{path}` is not a directory for documents: hidden directories and `runtime` have other uses"
        ));
    }
    Ok(Some(path))
}

/// Source of the rule: the pattern for catalogue names in FloxHub's API.
fn handle(given: &str) -> Result<String, String> {
    let given = given.trim();
    let good = given.is_empty()
        || ((3..=63).contains(&given.len())
            && given
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
    if good {
        Ok(given.to_owned())
    } else {
        Err(format!(
            "`{}` is not a FloxHub handle: it takes 3 to 63 letters, digits, `-` and `_`",
            given.escape_debug()
        ))
    }
}

/// Licences whose text the scaffold can write.
pub const LICENSES: [&str; 2] = ["Apache-2.0", "MIT"];

fn license(given: &str) -> Result<String, String> {
    let given = given.trim();
    match LICENSES
        .iter()
        .find(|known| known.eq_ignore_ascii_case(given))
    {
        Some(known) => Ok((*known).to_owned()),
        None => Err(format!(
            "`{}` is not one of {}{}",
            given.escape_debug(),
            LICENSES.join(", "),
            did_you_mean(given, LICENSES)
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default()
        )),
    }
}

fn remote(given: &str) -> Result<String, String> {
    let given = given.trim();
    if given.starts_with('-') || given.chars().any(|c| c.is_control() || c.is_whitespace()) {
        Err(format!(
            "`{}` is not the address of a git remote",
            given.escape_debug()
        ))
    } else {
        Ok(given.to_owned())
    }
}

/// The value of a field in an intent, as an answers file holds it.
pub fn intent_value(intent: &Intent, field: Field) -> Value {
    let names = |names: &mut dyn Iterator<Item = String>| Value::Many(names.collect());
    match field {
        Field::Directory | Field::GitName | Field::GitEmail => Value::one(""),
        Field::Name => Value::one(intent.name.as_str()),
        Field::Scaffold => Value::one(&intent.scaffold),
        Field::Release => Value::one(&intent.release),
        Field::Source => Value::one(intent.source.name()),
        Field::Layout => Value::one(intent.layout.name()),
        Field::Packages => names(&mut intent.packages.iter().map(ToString::to_string)),
        Field::Python => Value::one(intent.python.to_string()),
        Field::Systems => names(&mut intent.systems.iter().map(ToString::to_string)),
        Field::Missing => Value::one(intent.missing.name()),
        Field::Nixpkgs => Value::one(intent.nixpkgs.name()),
        Field::EnvironmentName => Value::one(intent.environment.as_str()),
        Field::Expose => Value::one(intent.expose.name()),
        Field::WithPython => names(&mut intent.libraries.iter().map(ToString::to_string)),
        Field::Storage => Value::one(intent.storage.name()),
        Field::Documents => Value::one(intent.documents.name()),
        Field::DocumentsDir => {
            Value::one(intent.documents_dir.as_ref().map_or(".", RelPath::as_str))
        }
        Field::With => names(&mut intent.with.iter().map(ToString::to_string)),
        Field::Publish => names(&mut intent.publish.iter().cloned()),
        Field::Handle => Value::one(&intent.handle),
        Field::License => Value::one(&intent.license),
        Field::Remote => Value::one(&intent.remote),
    }
}

/// The workspace's name that a directory proposes.
pub(super) fn name_for(directory: &str) -> Option<WorkspaceName> {
    directory
        .trim_end_matches('/')
        .rsplit('/')
        .next()?
        .parse()
        .ok()
}
