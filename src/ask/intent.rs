//! From answers to the intent, and back.

use super::answer_text::{
    documents_dir, handle, license, list, name_message, release, remote, rev, text, yes_or_no,
};
use super::packages::Offer;
use super::{Answers, Field, Value};
use crate::diagnostic::Problem;
use crate::model::{
    EnvironmentName, Intent, PackageSpec, PythonSet, System, Tweaks, With, WorkspaceName,
};
use crate::python::PyName;
use crate::scaffold::Scaffold;
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
    /// `[check]`
    pub check: CheckTable,
}

/// What `check` looks for, as it is written; which words mean a rule is known there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckTable {
    /// `check.select`: only these rules.
    pub select: Vec<String>,
    /// `check.ignore`: not these rules.
    pub ignore: Vec<String>,
    /// `check.deny`: from which severity on a run does not end well.
    pub deny: Option<String>,
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

    /// The same list, which must not be empty.
    fn some<T>(
        &mut self,
        field: Field,
        values: Option<BTreeSet<T>>,
        rule: &str,
    ) -> Option<BTreeSet<T>> {
        let values = values?;
        if values.is_empty() {
            self.problems.push((field, Problem::new(rule)));
            return None;
        }
        Some(values)
    }
}

/// The single texts of a list; a comma outside brackets separates as well, and `none` says that there are none.
pub fn split(value: &Value) -> Vec<String> {
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
    let offer = Offer::of(answers, scaffold);
    let packages = reader.many(Field::Packages, |given| offer.asked(given));
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
    let rev = reader.one(Field::Rev, rev);
    let source = reader.one(Field::Source, text);
    let layout = reader.one(Field::Layout, text);
    let python = reader.one(Field::Python, text::<PythonSet>);
    let systems = reader.many(Field::Systems, list::<System>);
    let systems = reader.some(Field::Systems, systems, "at least one system is needed");
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
    reader.one(Field::Lock, yes_or_no);
    Some(Intent {
        name: name?,
        scaffold: scaffold_name(reader.answers, scaffold),
        release: release?,
        rev: rev?,
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
        patches: BTreeMap::new(),
    })
}

fn scaffold_name(answers: &Answers, scaffold: &Scaffold) -> String {
    answers
        .text(Field::Scaffold)
        .unwrap_or_else(|| scaffold.name.clone())
}

/// The value of a field in an intent, as an answers file holds it.
pub fn intent_value(intent: &Intent, field: Field) -> Value {
    let names = |names: &mut dyn Iterator<Item = String>| Value::Many(names.collect());
    match field {
        Field::Directory | Field::Lock | Field::GitName | Field::GitEmail => Value::one(""),
        Field::Name => Value::one(intent.name.as_str()),
        Field::Scaffold => Value::one(&intent.scaffold),
        Field::Release => Value::one(&intent.release),
        Field::Rev => Value::one(&intent.rev),
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
