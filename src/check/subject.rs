//! What a repository packages: which release, for which Python and systems. Its own files say it, or it is inferred from them.

use crate::adopt::{Survey, infer};
use crate::ask::{Answers, Field, Tables};
use crate::model::{PythonSet, System};
use crate::python::Version;
use crate::scaffold::{Release, Scaffold};
use crate::workspace::{INTENT_FILE, LOCK_FILE, locked_release, read_answers};
use std::collections::{BTreeMap, BTreeSet};

/// What is packaged.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// Whether any file belongs to the upstream.
    pub is_recognised: bool,
    /// The release, or what is taken for it.
    pub release: String,
    /// Why it is that one, as the end of a sentence.
    pub because: String,
    /// What is known of the release.
    pub released: Option<&'a Release>,
    /// The Python.
    pub python: PythonSet,
    /// The systems.
    pub systems: BTreeSet<System>,
    /// What the person changed about single packages.
    pub tables: Tables,
    /// What the repository's own intent answers; nothing where it has none.
    pub answers: Answers,
}

impl<'a> Subject<'a> {
    /// What the survey's repository packages; `asked` is a release that the person named.
    pub fn of(survey: &Survey, scaffold: &'a Scaffold, asked: Option<&str>) -> Self {
        let text = survey.text(INTENT_FILE);
        let file = text.map(|text| read_answers(INTENT_FILE, &text));
        let file = file.unwrap_or_default();
        let inferred = infer(survey, scaffold, &file.answers);
        let mut answers = file.answers.clone();
        inferred.fill(&mut answers);
        let (release, because) = release((survey, scaffold), &answers, &inferred, asked);
        let rev = file.answers.text(Field::Rev).unwrap_or_default();
        let rev = if asked.is_some() { "" } else { &rev };
        Self {
            is_recognised: survey.is_recognised(),
            released: scaffold.release_at(&release, rev),
            because,
            python: python(survey, &answers, scaffold),
            systems: systems(&answers),
            tables: file.tables,
            answers: file.answers,
            release,
        }
    }
}

/// The release: what the person names, what the lock or the intent says, what the files say together, the newest that any says. Where
/// none says one it is empty.
fn release(
    (survey, scaffold): (&Survey, &Scaffold),
    answers: &Answers,
    inferred: &crate::adopt::Inferred,
    asked: Option<&str>,
) -> (String, String) {
    if let Some(asked) = asked {
        return (asked.to_owned(), "you named it".to_owned());
    }
    let lock = survey
        .text(LOCK_FILE)
        .and_then(|text| locked_release(&text));
    let said = answers.text(Field::Release).filter(|text| !text.is_empty());
    let locked = lock.filter(|release| {
        let is_release = said.as_ref().is_none_or(|said| release.version == *said);
        let source = release.source.as_ref();
        is_release && source.is_none_or(|from| from.rev.is_empty())
    });
    if let Some(release) = locked {
        return (release.version, format!("`{LOCK_FILE}` says so"));
    }
    let told = inferred.of(Field::Release);
    if let Some(version) = sheet(survey).filter(|_| told.is_some_and(|one| one.places.is_empty())) {
        return version;
    }
    if told.is_some_and(|one| one.places.is_empty()) {
        // The newest one would be a guess, and everything found by it as well.
        let nothing = "no file says one that can be read".to_owned();
        return written(survey, scaffold).unwrap_or((String::new(), nothing));
    }
    let because = told.map_or_else(
        || format!("`{INTENT_FILE}` says so"),
        |one| one.because.clone(),
    );
    if let Some(said) = said {
        return (said, because);
    }
    // Several contradict each other; the newest is what somebody wants.
    let open = inferred
        .open
        .iter()
        .find(|open| open.field == Field::Release);
    let last = open.and_then(|open| open.candidates.last());
    match last {
        Some((version, place)) => (
            version.clone(),
            format!("it is the newest of several; {place} says it"),
        ),
        None => (String::new(), "nothing says one".to_owned()),
    }
}

/// The one tag of the upstream that its files write down somewhere, be it in a set that only evaluation would follow.
fn written(survey: &Survey, scaffold: &Scaffold) -> Option<(String, String)> {
    let prefix = scaffold.catalogue.upstream.tag_prefix.as_str();
    let mut found: BTreeMap<Version, String> = BTreeMap::new();
    for (path, read) in survey.recipes.iter().filter(|(_, read)| read.is_ours()) {
        for key in ["tag = \"", "rev = \""] {
            for (at, _) in read.text.match_indices(key) {
                let rest = read.text.get(at + key.len()..).unwrap_or_default();
                let tag = rest.split('"').next().unwrap_or_default();
                let version = tag.strip_prefix(prefix).filter(|rest| rest.contains('.'));
                if let Some(version) = version.and_then(|version| version.parse().ok()) {
                    found.insert(version, format!("a tag in `{path}` says so"));
                }
            }
        }
    }
    let only = found.len() == 1;
    let (version, because) = found.pop_first().filter(|_| only)?;
    Some((version.to_string(), because))
}

/// The version in a file of versions beside the packages.
fn sheet(survey: &Survey) -> Option<(String, String)> {
    let mut sheets = survey.files.iter().filter(|(path, _)| {
        path.as_str().starts_with(".flox/pkgs/") && path.extension() == Some("json")
    });
    sheets.find_map(|(path, file)| {
        let value: serde_json::Value = serde_json::from_slice(&file.bytes).ok()?;
        value.get("packages")?.as_object()?;
        let version = value.get("version")?.as_str()?;
        Some((version.to_owned(), format!("`{path}` says so")))
    })
}

/// The Python: what is chosen, or else the set that most of the text is about.
fn python(survey: &Survey, answers: &Answers, scaffold: &Scaffold) -> PythonSet {
    let chosen = answers
        .text(Field::Python)
        .and_then(|text| text.parse().ok());
    if let Some(python) = chosen {
        return python;
    }
    let mut counts: BTreeMap<PythonSet, usize> = BTreeMap::new();
    for said in survey
        .recipes
        .values()
        .flat_map(|read| &read.recipe.pythons)
    {
        if let Ok(python) = said.value.parse::<PythonSet>() {
            *counts.entry(python).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    let usual = scaffold.catalogue.upstream.python.parse().ok();
    let most = most.map(|(python, _)| python);
    most.or(usual).unwrap_or_else(|| PythonSet::new(13))
}

/// The systems: what is chosen, or the usual ones.
fn systems(answers: &Answers) -> BTreeSet<System> {
    let chosen = answers.value(Field::Systems).map(|value| {
        let systems = value.texts().iter();
        systems.filter_map(|text| text.parse().ok()).collect()
    });
    let chosen: BTreeSet<System> = chosen.unwrap_or_default();
    if chosen.is_empty() {
        System::DEFAULT.into_iter().collect()
    } else {
        chosen
    }
}
