//! An answers file: `floxwright.toml` with all keys optional, plus `directory` and the committer.

use crate::ask::{Answers, Field, Origin, Shape, Tables, Value};
use crate::diagnostic::{Problem, Span, did_you_mean};
use crate::model::Tweaks;
use crate::python::{PyName, Version};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml_edit::{Document, Item, TableLike};

/// What an answers file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswersFile {
    /// The answers.
    pub answers: Answers,
    /// Where each answer stands.
    pub spans: BTreeMap<Field, Span>,
    /// The tables beside them.
    pub tables: Tables,
    /// What is wrong, each with its place: syntax, unknown keys, wrong types, a schema that is not known.
    pub problems: Vec<Problem>,
}

/// Reads an answers file; `origin` is its name as the person gave it. What can be read is read, whatever else is wrong.
pub fn read_answers(origin: &str, text: &str) -> AnswersFile {
    let mut reader = Reader {
        origin,
        text,
        file: AnswersFile::default(),
    };
    match text.parse::<Document<String>>() {
        Ok(document) => reader.document(document.as_table()),
        Err(error) => {
            let message = error.message().trim().replace('\n', ", ");
            reader.problem(
                error.span().unwrap_or_default(),
                format!("it is not TOML: {message}"),
            );
        }
    }
    reader.file
}

struct Reader<'a> {
    origin: &'a str,
    text: &'a str,
    file: AnswersFile,
}

impl Reader<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span {
            origin: self.origin.to_owned(),
            text: self.text.to_owned(),
            range,
        }
    }

    fn problem(&mut self, range: Range<usize>, message: impl Into<String>) {
        let span = self.span(range);
        self.file.problems.push(Problem::new(message).at(span));
    }

    fn document(&mut self, table: &dyn TableLike) {
        for (key, item) in table.iter() {
            match (key, item.as_table_like()) {
                ("schema", _) => self.schema(item),
                ("package", Some(packages)) => self.packages(packages),
                ("override", Some(entries)) => {
                    self.file.tables.overrides = self.versions("override", entries);
                }
                ("nixpkgs", Some(inner)) => self.nixpkgs(inner),
                ("check", Some(inner)) => self.check(inner),
                (_, Some(inner)) => inner.iter().for_each(|(name, item)| {
                    self.field(inner, &format!("{key}.{name}"), name, item);
                }),
                _ => self.field(table, key, key, item),
            }
        }
    }

    fn schema(&mut self, item: &Item) {
        match item.as_integer() {
            Some(super::intent_file::INTENT_SCHEMA) => {}
            Some(other) => self.problem(
                range(item),
                format!("schema {other} is not known; this program reads schema 1"),
            ),
            None => self.problem(range(item), "`schema` is a number"),
        }
    }

    fn field(&mut self, table: &dyn TableLike, key: &str, name: &str, item: &Item) {
        let Some(field) = Field::by_key(key) else {
            let near = near(key);
            let place = table
                .get_key_value(name)
                .and_then(|(key, _)| key.span())
                .unwrap_or_else(|| range(item));
            self.problem(place, format!("there is no key `{key}`{near}"));
            return;
        };
        let value = match (field.shape(), item.as_str(), item.as_array()) {
            (Shape::Text, Some(text), _) => Value::one(text),
            (Shape::List, _, Some(array)) if array.iter().all(toml_edit::Value::is_str) => {
                Value::many(array.iter().filter_map(toml_edit::Value::as_str))
            }
            (Shape::Text, ..) => {
                return self.problem(
                    range(item),
                    format!("`{key}` is a text, not {}", item.type_name()),
                );
            }
            (Shape::List, ..) => {
                return self.problem(
                    range(item),
                    format!("`{key}` is a list of texts, not {}", item.type_name()),
                );
            }
        };
        self.file.answers.set(field, value, Origin::File);
        let span = self.span(range(item));
        self.file.spans.insert(field, span);
    }

    fn check(&mut self, table: &dyn TableLike) {
        for (key, item) in table.iter() {
            let texts: Option<Vec<String>> = item.as_array().and_then(|array| {
                let texts = array.iter().map(|one| one.as_str().map(str::to_owned));
                texts.collect()
            });
            let check = &mut self.file.tables.check;
            match (key, texts, item.as_str()) {
                ("select", Some(texts), _) => check.select = texts,
                ("ignore", Some(texts), _) => check.ignore = texts,
                ("deny", _, Some(text)) => check.deny = Some(text.to_owned()),
                ("select" | "ignore", ..) => {
                    self.problem(range(item), format!("`check.{key}` is a list of texts"));
                }
                ("deny", ..) => self.problem(range(item), "`check.deny` is a text"),
                _ => self.problem(
                    range(item),
                    format!("there is no key `check.{key}`: there are deny, ignore, select"),
                ),
            }
        }
    }

    fn nixpkgs(&mut self, table: &dyn TableLike) {
        for (key, item) in table.iter() {
            match (key, item.as_table_like()) {
                ("versions", Some(entries)) => self.file.tables.index_corrections = self.versions("nixpkgs.versions", entries),
                _ => self.problem(range(item), format!("there is no key `nixpkgs.{key}`; did you mean `nixpkgs.versions` or `build.nixpkgs`?")),
            }
        }
    }

    /// A table from names of distributions to versions.
    fn versions(&mut self, table: &str, entries: &dyn TableLike) -> BTreeMap<PyName, String> {
        let mut versions = BTreeMap::new();
        for (key, item) in entries.iter() {
            let version = item.as_str().filter(|text| text.parse::<Version>().is_ok());
            match (key.parse::<PyName>(), version) {
                (Ok(name), Some(version)) => {
                    versions.insert(name, version.to_owned());
                }
                (Err(error), _) => self.problem(range(item), format!("`{table}`: {error}")),
                (_, None) => self.problem(
                    range(item),
                    format!("`{table}.{key}` is a version in quotes"),
                ),
            }
        }
        versions
    }

    fn packages(&mut self, packages: &dyn TableLike) {
        for (key, item) in packages.iter() {
            match (key.parse::<PyName>(), item.as_table_like()) {
                (Ok(name), Some(table)) => {
                    let tweaks = self.tweaks(key, table);
                    self.file.tables.tweaks.insert(name, tweaks);
                }
                (Err(error), _) => self.problem(range(item), error.to_string()),
                (_, None) => self.problem(range(item), format!("`package.{key}` is a table")),
            }
        }
    }

    fn tweaks(&mut self, package: &str, table: &dyn TableLike) -> Tweaks {
        let mut tweaks = Tweaks::default();
        for (key, item) in table.iter() {
            let texts: Option<BTreeSet<String>> = item.as_array().and_then(|array| {
                array
                    .iter()
                    .map(|one| one.as_str().map(str::to_owned))
                    .collect()
            });
            let Some(texts) = texts else {
                self.problem(
                    range(item),
                    format!("`package.{package}.{key}` is a list of texts"),
                );
                continue;
            };
            match key {
                "relax" => tweaks.relax = texts,
                "remove-dependencies" => tweaks.remove_dependencies = texts,
                "extra-dependencies" => match texts.iter().map(|text| text.parse()).collect() {
                    Ok(names) => tweaks.extra_dependencies = names,
                    Err(error) => self.problem(range(item), crate::python::PyNameError::to_string(&error)),
                },
                _ => self.problem(
                    range(item),
                    format!("there is no key `package.{package}.{key}`: there are extra-dependencies, relax, remove-dependencies"),
                ),
            }
        }
        tweaks
    }
}

/// The keys that may be meant: those of this name in another table, or else the one that is spelled most alike.
fn near(key: &str) -> String {
    let last = key.rsplit('.').next();
    let keys = || Field::ALL.iter().map(|field| field.key());
    let mut meant: Vec<String> = keys()
        .filter(|known| known.rsplit('.').next() == last)
        .map(|key| format!("`{key}`"))
        .collect();
    if meant.is_empty() {
        meant.extend(did_you_mean(key, keys()).map(|key| format!("`{key}`")));
    }
    if meant.is_empty() {
        return String::new();
    }
    format!("; did you mean {}?", meant.join(" or "))
}

fn range(item: &Item) -> Range<usize> {
    item.span().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_problems_are_told_with_their_places() {
        let text = "schema = 1\nname = \"x\"\n[build]\nlayuot = \"split\"\npython = 3.13\nsystems = \"x86_64-linux\"\n\
                    [package.a]\nrelax = \"x\"\nother = []\n[override]\nclick = 8\n[check]\ndeny = 1\nselect = \"x\"\nother = 1\n";
        let problems = read_answers("answers.toml", text).problems;
        let told: Vec<String> = problems
            .iter()
            .map(|problem| {
                let (line, column) = problem.span.as_ref().unwrap().line_column();
                format!("{line}:{column} {}", problem.message)
            })
            .collect();
        let expected = [
            "2:1 there is no key `name`; did you mean `workspace.name` or `environment.name` or `git.name`?",
            "4:1 there is no key `build.layuot`; did you mean `build.layout`?",
            "5:10 `build.python` is a text, not float",
            "6:11 `build.systems` is a list of texts, not string",
            "8:9 `package.a.relax` is a list of texts",
            "9:9 there is no key `package.a.other`: there are extra-dependencies, relax, remove-dependencies",
            "11:9 `override.click` is a version in quotes",
            "13:8 `check.deny` is a text",
            "14:10 `check.select` is a list of texts",
            "15:9 there is no key `check.other`: there are deny, ignore, select",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_syntax_error_has_a_place() {
        let problems = read_answers("a", "[build]\nlayout = \n").problems;
        let (line, _) = problems
            .first()
            .unwrap()
            .span
            .as_ref()
            .unwrap()
            .line_column();
        assert_eq!(line, 2, "{problems:?}");
    }
}
