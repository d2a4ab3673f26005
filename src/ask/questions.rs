//! The questions: which there are, in which order, with which choices, given what is known.

use super::{Answers, Choice, Field, Kind, Question, Value, default};
use crate::model::{PythonSet, Source, Storage};
use crate::nixpkgs::{OFFERED, interpreter_cost};
use crate::python::PyName;
use crate::scaffold::{Package, Release, Scaffold};

/// Asked first.
pub const SHORT: [Field; 7] = [
    Field::Directory,
    Field::Release,
    Field::Layout,
    Field::Packages,
    Field::WithPython,
    Field::Storage,
    Field::Handle,
];

/// Asked behind "customise".
pub const REST: [Field; 14] = [
    Field::Name,
    Field::Source,
    Field::Python,
    Field::Documents,
    Field::DocumentsDir,
    Field::With,
    Field::Publish,
    Field::Remote,
    Field::Systems,
    Field::Nixpkgs,
    Field::Expose,
    Field::EnvironmentName,
    Field::Missing,
    Field::License,
];

/// Asked where git knows nobody.
pub const IDENTITY: [Field; 2] = [Field::GitName, Field::GitEmail];

/// The question for a field, given what is known.
pub fn question(
    field: Field,
    known: &Answers,
    scaffold: &Scaffold,
    step: (usize, usize),
) -> Question {
    let (prompt, help) = words(field, scaffold);
    let default = known
        .value(field)
        .cloned()
        .or_else(|| default(field, known, scaffold));
    Question {
        field,
        prompt: prompt.to_owned(),
        help,
        kind: kind(field, known, scaffold),
        default: default.unwrap_or_else(|| Value::one("")),
        step,
    }
}

/// Whether there is anything to decide: a question with one possible answer is not asked.
pub(super) fn is_open(field: Field, known: &Answers, scaffold: &Scaffold) -> bool {
    match kind(field, known, scaffold) {
        Kind::One(choices) => choices.len() > 1,
        Kind::Many(choices) => !choices.is_empty(),
        Kind::Text | Kind::Words | Kind::YesNo => true,
    }
}

/// The question and what a person needs to decide it.
fn words(field: Field, scaffold: &Scaffold) -> (&'static str, String) {
    let upstream = &scaffold.catalogue.upstream;
    let (prompt, help) = match field {
        Field::Directory => ("Where shall the repository be made?", "A directory that does not exist yet, or an empty one.".to_owned()),
        Field::Release => ("Which release?", format!("Releases of {} whose facts are ready-made. Withdrawn ones are left out.", upstream.name)),
        Field::Layout => ("How shall the Nix files be laid out?", "Both build the same packages; both end in the environment in which they run together.".to_owned()),
        Field::Packages => ("Which packages beside the core?", "What a package needs comes along by itself. More can be added later.".to_owned()),
        Field::WithPython => (
            "Which Python libraries does your own code import?",
            "They join the environment, for nothing can be installed into it later. For example: pandas, pytest".to_owned(),
        ),
        Field::Storage => ("Where shall runs and events be stored?", "It decides the documented configuration, and adds the package that it needs.".to_owned()),
        Field::Handle => ("Which FloxHub handle or organisation publishes?", "For the documents; may stay empty. A personal catalogue is visible to nobody else.".to_owned()),
        Field::Name => ("What is the repository called?", "Also the name of its Flox environment.".to_owned()),
        Field::Source => ("Where shall the sources come from?", sdist_only(scaffold)),
        Field::Python => ("Which Python?", "Only what the release and the chosen packages support is offered.".to_owned()),
        Field::Documents => ("Which documents?", "All are rendered from what the repository holds.".to_owned()),
        Field::DocumentsDir => ("Which directory shall hold the documents?", "`.` puts them at the root.".to_owned()),
        Field::With => ("What else shall the repository hold?", String::new()),
        Field::Publish => ("Which packages are to be published?", "`all`, or names, separated by commas.".to_owned()),
        Field::Remote => ("Which git remote is origin?", "It is set and nothing is pushed; may stay empty.".to_owned()),
        Field::Systems => ("Which systems does the repository build on?", "Flox resolves for all of them.".to_owned()),
        Field::Nixpkgs => ("Shall the repository pin nixpkgs?", String::new()),
        Field::Expose => ("What shall the environment's bin directory hold?", String::new()),
        Field::EnvironmentName => ("What is the environment called?", "The package to install, and the one that runs.".to_owned()),
        Field::Missing => ("What shall happen to a requirement that nixpkgs lacks?", String::new()),
        Field::License => ("Which licence has the packaging repository itself?", format!("{} keeps its own: {}.", upstream.name, upstream.license)),
        Field::Lock => (
            "Shall Flox lock nixpkgs now?",
            "flox is on PATH. It needs the network; without a lock there is nothing to build or publish with.".to_owned(),
        ),
        Field::GitName => ("Who makes the first commit?", "git knows no name here. It is used for this commit only.".to_owned()),
        Field::GitEmail => ("With which e-mail address?", "git knows none here. It is used for this commit only.".to_owned()),
        Field::Rev => ("Which branch, tag or commit?", "Empty for the release.".to_owned()),
        Field::Scaffold => ("Which scaffold?", String::new()),
    };
    (prompt, help)
}

/// Which packages come from their sdists whatever is chosen, and why.
fn sdist_only(scaffold: &Scaffold) -> String {
    let packages = scaffold.catalogue.packages.iter();
    let only = packages.filter_map(|(name, package)| Some((name, package.sdist_only.as_ref()?)));
    let sentences = only
        .map(|(name, only)| format!("{name} comes from its sdist in any case: {}", only.because));
    sentences.collect::<Vec<_>>().join(" ")
}

/// How the question is answered, with the choices that are possible now.
fn kind(field: Field, known: &Answers, scaffold: &Scaffold) -> Kind {
    let fixed = || {
        field
            .choices()
            .into_iter()
            .map(|(name, note)| plain(name, note))
            .collect()
    };
    match field {
        Field::Release => Kind::One(releases(known, scaffold)),
        Field::Packages => Kind::Many(packages(known, scaffold)),
        Field::Storage => Kind::One(storages(known, scaffold)),
        Field::Source => Kind::One(sources(known, scaffold)),
        Field::Python => Kind::One(pythons(known, scaffold)),
        Field::With | Field::Systems => Kind::Many(fixed()),
        Field::WithPython | Field::Publish => Kind::Words,
        Field::Lock => Kind::YesNo,
        _ if field.choices().is_empty() => Kind::Text,
        _ => Kind::One(fixed()),
    }
}

fn plain(name: &str, note: &str) -> Choice {
    Choice {
        value: name.to_owned(),
        label: name.to_owned(),
        note: note.to_owned(),
    }
}

/// The release question's choice of a release that is not listed.
pub(super) const ANOTHER: &str = "another";

/// The question which other release is meant.
pub(super) fn another(question: &Question) -> Question {
    Question {
        prompt: "Which other release?".to_owned(),
        help: "Its version, such as 1.2.3. What is needed of it is read from PyPI.".to_owned(),
        kind: Kind::Text,
        default: Value::one(""),
        ..question.clone()
    }
}

/// The ready-made releases, newest first, and any other; yanked ones are absent.
fn releases(known: &Answers, scaffold: &Scaffold) -> Vec<Choice> {
    let yanked = |release: &Release| {
        scaffold
            .catalogue
            .yanked
            .iter()
            .any(|yanked| yanked.release == release.release.to_string())
    };
    let releases = scaffold
        .ready_made()
        .rev()
        .filter(|release| !yanked(release));
    let named = known.text(Field::Release).filter(|given| {
        let mut ready = scaffold.ready_made();
        ready.all(|release| release.release.to_string() != *given)
    });
    let named = named.map(|given| plain(&given, "read from PyPI"));
    let any = plain(ANOTHER, "named next, and read from PyPI");
    releases
        .map(|release| {
            let count = release.packages.len();
            let uploaded = release
                .packages
                .values()
                .map(|package| package.uploaded.to_string())
                .max()
                .unwrap_or_default();
            plain(
                &release.release.to_string(),
                &format!("uploaded {uploaded}, {count} packages"),
            )
        })
        .chain(named)
        .chain([any])
        .collect()
}

/// The release that is meant, if all of it is known.
fn release<'a>(known: &Answers, scaffold: &'a Scaffold) -> Option<&'a Release> {
    let release = match known.text(Field::Release) {
        Some(given) => {
            let rev = known.text(Field::Rev).unwrap_or_default();
            scaffold.release_at(&given, rev.trim())
        }
        None => scaffold.newest(),
    };
    release.filter(|release| !scaffold.is_partial(&release.release))
}

/// What is offered at the release, by category.
fn packages(known: &Answers, scaffold: &Scaffold) -> Vec<Choice> {
    let choice = |(name, package): (&PyName, &Package)| {
        let note = format!("{}: {}", package.category, package.description);
        plain(name.as_str(), &note)
    };
    let catalogue = &scaffold.catalogue;
    match release(known, scaffold) {
        Some(release) => catalogue.offered(release).map(choice).collect(),
        // What the release lacks of them is told once it is read.
        None => catalogue.ever_offered().map(choice).collect(),
    }
}

fn storages(known: &Answers, scaffold: &Scaffold) -> Vec<Choice> {
    let release = release(known, scaffold);
    let possible = Storage::ALL.iter().filter(|storage| {
        match scaffold.catalogue.storage.get(storage.name()) {
            None => **storage == Storage::default(),
            Some(package) => release.is_none_or(|release| release.packages.contains_key(package)),
        }
    });
    possible
        .map(|storage| plain(storage.name(), storage.note()))
        .collect()
}

/// Both sources with their cost, where the monorepo's hash is known.
fn sources(known: &Answers, scaffold: &Scaffold) -> Vec<Choice> {
    let hash = release(known, scaffold)
        .and_then(|release| scaffold.catalogue.source_hash(&release.release.to_string()));
    let possible = Source::ALL
        .iter()
        .filter(|source| hash.is_some() || **source == Source::Pypi);
    possible
        .map(|source| plain(source.name(), source.note()))
        .collect()
}

/// The Pythons that the release's core supports, with what each costs.
fn pythons(known: &Answers, scaffold: &Scaffold) -> Vec<Choice> {
    let Some(release) = release(known, scaffold) else {
        let all = OFFERED.iter().map(|minor| (PythonSet::new(*minor), *minor));
        return all
            .map(|(python, minor)| plain(&python.to_string(), interpreter_cost(minor)))
            .collect();
    };
    let asked: Vec<String> = known
        .value(Field::Packages)
        .map(|value| value.texts().to_vec())
        .unwrap_or_default();
    let chosen = release.packages.iter().filter(|(name, _)| {
        scaffold.catalogue.is_core(name)
            || asked
                .iter()
                .any(|asked| asked.split('[').next() == Some(name.as_str()))
    });
    let chosen: Vec<_> = chosen.map(|(_, package)| package).collect();
    let pythons = OFFERED.iter().map(|minor| PythonSet::new(*minor));
    pythons
        .filter(|python| {
            let version = python.version();
            chosen
                .iter()
                .all(|package| package.refuses(version).is_none())
        })
        .map(|python| plain(&python.to_string(), interpreter_cost(python.minor())))
        .collect()
}
