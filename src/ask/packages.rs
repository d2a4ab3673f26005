//! Which packages a word asks for: one, those of a category, or all that can be had at the release and with the Python.

use super::{Answers, Field, Value, answer_text::text};
use crate::model::{Intent, PackageSpec, PythonSet};
use crate::python::{PyName, PythonVersion};
use crate::scaffold::{Release, Scaffold};
use std::collections::BTreeSet;

/// What there is to choose from.
#[derive(Clone, Copy)]
pub struct Offer<'a> {
    scaffold: &'a Scaffold,
    /// The release; `None` where its facts are not known.
    release: Option<&'a Release>,
    python: Option<PythonVersion>,
}

/// A word that stands for several packages.
enum Several<'a> {
    All,
    Category(&'a str),
}

impl<'a> Several<'a> {
    fn of(word: &'a str) -> Option<Self> {
        match word {
            "all" => Some(Self::All),
            _ => word.strip_prefix("category:").map(Self::Category),
        }
    }

    fn holds(&self, category: &str) -> bool {
        match self {
            Self::All => true,
            Self::Category(wanted) => category == *wanted,
        }
    }
}

impl<'a> Offer<'a> {
    /// What there is to choose from, given the answers.
    pub(super) fn of(answers: &Answers, scaffold: &'a Scaffold) -> Self {
        let python = answers.text(Field::Python);
        let python = python.and_then(|python| python.parse::<PythonSet>().ok());
        Self {
            scaffold,
            release: answers.text(Field::Release).and_then(|release| {
                let rev = answers.text(Field::Rev).unwrap_or_default();
                scaffold.release_at(release.trim().trim_start_matches('v'), rev.trim())
            }),
            python: python.map(PythonSet::version),
        }
    }

    /// What there is to choose from for a workspace that chose already.
    pub fn for_intent(intent: &Intent, scaffold: &'a Scaffold) -> Self {
        Self {
            scaffold,
            release: scaffold.release_at(&intent.release, &intent.rev),
            python: Some(intent.python.version()),
        }
    }

    /// The packages that a word asks for.
    ///
    /// # Errors
    /// The word names nothing that can be asked for.
    pub fn asked(&self, word: &str) -> Result<Vec<PackageSpec>, String> {
        let catalogue = &self.scaffold.catalogue;
        if let Some(several) = Several::of(word) {
            if let Several::Category(category) = several
                && !catalogue.categories().contains(&category)
            {
                return Err(format!(
                    "there is no category `{}`: there are {}",
                    category.escape_debug(),
                    catalogue.categories().join(", ")
                ));
            }
            let names = self.several(&several);
            let usable = names.filter(|name| self.hindrance(name).is_none());
            return Ok(usable.cloned().map(bare).collect());
        }
        let spec: PackageSpec = text(word)?;
        // The core is always built; asking for it is no mistake, and with an extra it says something.
        let core = catalogue.is_core(&spec.name);
        Ok(if core && spec.extras.is_empty() {
            Vec::new()
        } else {
            vec![spec]
        })
    }

    /// The names that the word stands for, whether they can be used or not.
    fn several(&self, several: &Several<'_>) -> impl Iterator<Item = &'a PyName> {
        let all = self.scaffold.catalogue.packages.iter();
        let release = self.release;
        all.filter(move |(name, package)| {
            package.group.is_offered()
                && several.holds(&package.category)
                && release.is_none_or(|release| release.packages.contains_key(*name))
        })
        .map(|(name, _)| name)
    }

    /// What the words stand for and is of no use here, a sentence for each. What is named is never left out.
    pub fn left_out(&self, words: &[&str]) -> Vec<String> {
        let named: Vec<PyName> = words
            .iter()
            .filter_map(|word| Some(word.parse::<PackageSpec>().ok()?.name))
            .collect();
        let several = words.iter().filter_map(|word| Several::of(word));
        let meant: BTreeSet<&PyName> = several
            .flat_map(|several| self.several(&several).collect::<Vec<_>>())
            .collect();
        let unnamed = meant.into_iter().filter(|name| !named.contains(name));
        unnamed
            .filter_map(|name| Some(format!("{name} is left out: {}", self.hindrance(name)?)))
            .collect()
    }

    /// Why a package is of no use here.
    fn hindrance(&self, name: &PyName) -> Option<String> {
        let release = self.release?;
        let version = &release.packages.get(name)?.version;
        if let Some(known) = self.scaffold.catalogue.broken(name, version) {
            return Some(known.text.clone());
        }
        let python = self.python?;
        let (refusing, specifiers) = release.refusing(name, python)?;
        let who = if refusing == name {
            String::new()
        } else {
            format!("it needs {refusing}, which ")
        };
        Some(format!("{who}supports Python {specifiers} only"))
    }
}

fn bare(name: PyName) -> PackageSpec {
    PackageSpec {
        name,
        extras: BTreeSet::new(),
    }
}

/// What was left out of the packages that one word stood for, a sentence for each.
pub fn left_out(answers: &Answers, scaffold: &Scaffold) -> Vec<String> {
    let words = answers.value(Field::Packages).map(Value::texts);
    let words = words.unwrap_or_default().iter();
    let words: Vec<&str> = words
        .flat_map(|text| text.split(','))
        .map(str::trim)
        .collect();
    Offer::of(answers, scaffold).left_out(&words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::Origin;
    use crate::scaffold::{built_in, default_name};

    fn scaffold() -> Scaffold {
        let name = default_name();
        Scaffold::load(name, &built_in(name).unwrap()).unwrap()
    }

    fn answers(scaffold: &Scaffold, python: &str, words: &[&str]) -> Answers {
        let mut answers = Answers::new();
        let release = scaffold.newest().unwrap().release.to_string();
        answers.set(Field::Release, Value::one(release), Origin::Flag);
        answers.set(Field::Python, Value::one(python), Origin::Flag);
        answers.set(
            Field::Packages,
            Value::many(words.iter().copied()),
            Origin::Flag,
        );
        answers
    }

    /// How many the word asks for, and how many are left out.
    fn check(scaffold: &Scaffold, python: &str, word: &str) -> (usize, usize) {
        let answers = answers(scaffold, python, &[word]);
        let asked = Offer::of(&answers, scaffold).asked(word).unwrap();
        (asked.len(), left_out(&answers, scaffold).len())
    }

    #[test]
    fn all_is_what_can_be_used_and_the_rest_is_told() {
        let scaffold = scaffold();
        let release = scaffold.newest().unwrap();
        let offered: Vec<_> = scaffold.catalogue.offered(release).collect();
        let broken = |name: &PyName| {
            let version = &release.packages[name].version;
            scaffold.catalogue.broken(name, version).is_some()
        };
        let broken = offered.iter().filter(|(name, _)| broken(name)).count();
        for (python, every) in [("python313", true), ("python314", false)] {
            let (asked, left) = check(&scaffold, python, "all");
            assert_eq!(asked + left, offered.len(), "{python}");
            assert_eq!(left == broken, every, "{python}: {left} left out");
        }
        let parts = scaffold.catalogue.categories().into_iter();
        let parts = parts.map(|name| check(&scaffold, "python314", &format!("category:{name}")));
        let sum = parts.fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        assert_eq!(sum, check(&scaffold, "python314", "all"));
    }

    #[test]
    fn what_is_named_is_not_left_out() {
        let scaffold = scaffold();
        let all = answers(&scaffold, "python314", &["all"]);
        let told = left_out(&all, &scaffold);
        let name = told.first().unwrap().split(' ').next().unwrap();
        let named = answers(&scaffold, "python314", &["all", name]);
        assert_eq!(left_out(&named, &scaffold).len() + 1, told.len());
        let asked = Offer::of(&named, &scaffold).asked(name).unwrap();
        assert_eq!(asked.len(), 1, "{name}");
        assert!(left_out(&answers(&scaffold, "python314", &[name]), &scaffold).is_empty());
    }
}
