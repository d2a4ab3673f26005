//! From the arguments of `setup` to what a package declares.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::evaluator::Setup;
use super::value::{Kind, Value};
use crate::diagnostic::Problem;
use crate::python::{PyName, Requirement, console_scripts, labelled_home};
use crate::source_tree::declared::{Declared, Modules, Said};
use crate::source_tree::rendered;
use crate::source_tree::{Place, Source};

/// A problem with a value that cannot be used: what cannot be read, and where and why.
pub(super) fn unreadable(what: &str, value: &Value) -> Problem {
    let mut problem = value
        .place
        .problem(format!("{what} cannot be read without running Python"));
    let odd = "it is not of a kind that is expected here";
    problem.cause = value.why().or(Some(odd.to_owned()));
    problem
}

/// What the one call of `setup` says; `ended` is why the file ended early, if it did.
pub(super) fn declared(
    setups: &[Setup],
    ended: Option<&Value>,
    source: &Arc<Source>,
) -> Result<Declared, Vec<Problem>> {
    let setup = match setups {
        [setup] => setup,
        [] => {
            let place = ended.map_or_else(|| Place::start(source), |ended| ended.place.clone());
            let mut problem = place.problem("no call of `setup` is reached in this file");
            problem.cause = ended.and_then(Value::why);
            return Err(vec![problem]);
        }
        [_, second, ..] => {
            return Err(vec![
                second.place.problem("`setup` is called more than once"),
            ]);
        }
    };
    if let Some(unknown) = &setup.unknown {
        return Err(vec![unreadable("what is passed to `setup`", unknown)]);
    }
    let mut reader = Reader {
        setup,
        problems: Vec::new(),
    };
    match reader.declared() {
        Some(declared) if reader.problems.is_empty() => Ok(declared),
        _ => Err(reader.problems),
    }
}

/// Reads the arguments, and collects all that is wrong with them.
struct Reader<'a> {
    setup: &'a Setup,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn declared(&mut self) -> Option<Declared> {
        for name in ["pbr", "use_scm_version"] {
            if let Some(value) = self.argument(name) {
                let text =
                    format!("`{name}` takes metadata from elsewhere, and floxwright does not");
                self.problems.push(value.place.problem(text));
            }
        }
        let name = self.text("name");
        let version = self.text("version");
        for (missing, what) in [(name.is_none(), "name"), (version.is_none(), "version")] {
            if missing && self.argument(what).is_none() {
                let text = format!("`setup` is called without `{what}`");
                self.problems.push(self.setup.place.problem(text));
            }
        }
        let mut requires = Vec::new();
        if let Some(value) = self.argument("install_requires") {
            requires.extend(self.requirements("install_requires", &value, None));
        }
        let mut extras = BTreeSet::new();
        self.extras(&mut requires, &mut extras);
        let build_requires = self
            .argument("setup_requires")
            .map_or_else(Vec::new, |value| {
                self.requirements("setup_requires", &value, None)
            });
        let programs = self.programs();
        let modules = self.modules();
        let declared = Declared {
            summary: self.text("description").map(|(text, _)| text),
            license_expression: self.text("license_expression").map(|(text, _)| text),
            license: self.text("license").map(|(text, _)| text),
            classifiers: self.texts("classifiers"),
            homepage: self.homepage(),
            requires_python: self.text("python_requires"),
            requires,
            extras,
            programs,
            modules,
            build_requires: build_requires
                .into_iter()
                .map(|said| said.requirement)
                .collect(),
            given: self.given(),
            pythons: Vec::new(),
            place: self.setup.place.clone(),
            name: name?,
            version: version?,
        };
        Some(declared)
    }

    /// The names of the arguments that are more than empty.
    fn given(&self) -> BTreeSet<String> {
        let arguments = self.setup.arguments.iter();
        let full = arguments.filter(|(_, value)| value.truth() != Some(false));
        full.map(|(name, _)| name.clone()).collect()
    }

    /// An argument that is there and not `None`.
    fn argument(&self, name: &str) -> Option<Value> {
        let value = self.setup.arguments.get(name).cloned();
        value.filter(|value| !matches!(value.kind, Kind::None))
    }

    fn text(&mut self, name: &str) -> Option<(String, Place)> {
        let value = self.argument(name)?;
        if let Some(text) = value.as_text() {
            return Some((text.to_owned(), value.place.clone()));
        }
        self.problems.push(unreadable(&format!("`{name}`"), &value));
        None
    }

    /// The texts of a list.
    fn texts(&mut self, name: &str) -> Vec<String> {
        let Some(value) = self.argument(name) else {
            return Vec::new();
        };
        let members = self.members(&format!("`{name}`"), &value);
        members.into_iter().map(|(text, _)| text).collect()
    }

    /// The texts in a list, each with its place; what cannot be read is a problem.
    fn members(&mut self, what: &str, value: &Value) -> Vec<(String, Place)> {
        let Some(members) = value.members() else {
            self.problems.push(unreadable(what, value));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for member in members {
            match member.as_text() {
                Some(text) => texts.push((text.to_owned(), member.place.clone())),
                None => self
                    .problems
                    .push(unreadable(&format!("a member of {what}"), &member)),
            }
        }
        texts
    }

    /// The entries of a dictionary whose keys are texts.
    fn entries(&mut self, what: &str, value: &Value) -> Vec<(String, Value)> {
        let Kind::Dict(pairs) = &value.kind else {
            self.problems.push(unreadable(what, value));
            return Vec::new();
        };
        let mut entries = Vec::new();
        for (key, value) in pairs.borrow().iter() {
            match key.as_text() {
                Some(text) => entries.push((text.to_owned(), value.clone())),
                None => self
                    .problems
                    .push(unreadable(&format!("a key of {what}"), key)),
            }
        }
        entries
    }

    /// Requirements: a list of texts, or one text with a requirement on each line.
    fn requirements(&mut self, what: &str, value: &Value, extra: Option<&Extra>) -> Vec<Said> {
        let texts = match value.as_text() {
            Some(text) => vec![(text.to_owned(), value.place.clone())],
            None => self.members(&format!("`{what}`"), value),
        };
        let mut all = Vec::new();
        for (text, place) in texts {
            // A comment begins at the line's start or after a space, as in pip's files.
            let lines = text
                .lines()
                .map(|line| line.split(" #").next().unwrap_or_default().trim());
            for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
                let marker = extra.map_or("", |extra| extra.marker.as_str());
                match rendered::with_marker(line, marker).parse::<Requirement>() {
                    Ok(requirement) => all.push(Said {
                        requirement,
                        extra: extra.and_then(|extra| extra.name.clone()),
                        pythons: None,
                        place: place.clone(),
                    }),
                    Err(error) => self.problems.push(place.problem(error.to_string())),
                }
            }
        }
        all
    }

    /// The requirements of the extras. A key may carry a condition: `extra:marker` or `:marker`.
    fn extras(&mut self, requires: &mut Vec<Said>, extras: &mut BTreeSet<PyName>) {
        let what = "extras_require";
        let Some(value) = self.argument("extras_require") else {
            return;
        };
        for (key, value) in self.entries("`extras_require`", &value) {
            let (name, marker) = key.split_once(':').unwrap_or((&key, ""));
            let name = match name.trim() {
                "" => None,
                name => match name.parse::<PyName>() {
                    Ok(name) => Some(name),
                    Err(error) => {
                        let problem = value.place.problem(format!("`{what}`: {error}"));
                        self.problems.push(problem);
                        continue;
                    }
                },
            };
            extras.extend(name.clone());
            let extra = Extra {
                name,
                marker: marker.trim().to_owned(),
            };
            requires.extend(self.requirements(what, &value, Some(&extra)));
        }
    }

    /// The programs among the entry points: a dictionary, or the text of an `entry_points.txt`.
    fn programs(&mut self) -> Vec<String> {
        let Some(value) = self.argument("entry_points") else {
            return Vec::new();
        };
        if let Some(text) = value.as_text() {
            return console_scripts(text);
        }
        let mut lines = Vec::new();
        for (group, value) in self.entries("`entry_points`", &value) {
            if group != "console_scripts" {
                continue;
            }
            if let Some(text) = value.as_text() {
                lines.push(text.to_owned());
            } else {
                let members = self.members("`entry_points`", &value);
                lines.extend(members.into_iter().map(|(text, _)| text));
            }
        }
        console_scripts(&format!("[console_scripts]\n{}", lines.join("\n")))
    }

    fn homepage(&mut self) -> Option<String> {
        if let Some((url, _)) = self.text("url") {
            return Some(url);
        }
        let value = self.argument("project_urls")?;
        let entries = self.entries("`project_urls`", &value).into_iter();
        let urls = entries.filter_map(|(label, url)| Some((label, url.as_text()?.to_owned())));
        labelled_home(&urls.collect::<Vec<_>>())
    }

    fn modules(&mut self) -> Modules {
        let mut root = String::new();
        if let Some(value) = self.argument("package_dir") {
            for (package, folder) in self.entries("`package_dir`", &value) {
                match (package.as_str(), folder.as_text()) {
                    ("", Some(folder)) => folder.trim_matches('/').clone_into(&mut root),
                    _ => self.problems.push(
                        folder
                            .place
                            .problem("`package_dir` is only read for the root of all packages"),
                    ),
                }
            }
        }
        let (packages, files) = (self.texts("packages"), self.texts("py_modules"));
        Modules::Listed {
            root,
            packages,
            files,
        }
    }
}

/// An extra as a key of `extras_require` names it.
struct Extra {
    name: Option<PyName>,
    marker: String,
}
