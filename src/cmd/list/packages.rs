//! Packages of a release, with what a person needs to choose: what each is for, its faults, and whether it is there already.

use crate::model::Lock;
use crate::python::PyName;
use crate::scaffold::{Group, Known, Package, Release, ReleasedPackage, Scaffold};
use serde_json::{Value, json as object};

/// What is to be listed.
pub(super) struct Wanted<'a> {
    /// Only this category.
    pub(super) category: Option<&'a str>,
    /// All of these occur in the name, the category or the description; lower case.
    pub(super) words: Vec<String>,
}

/// What is listed.
pub(super) struct Listed<'a> {
    /// Packages of the release, by category.
    pub(super) packages: Vec<Row<'a>>,
    /// What the release does not have, with the reason.
    pub(super) others: Vec<(String, String)>,
}

/// One package.
pub(super) struct Row<'a> {
    pub(super) name: &'a PyName,
    pub(super) package: &'a Package,
    pub(super) released: &'a ReleasedPackage,
    pub(super) known: Vec<&'a Known>,
    /// Why the repository builds it, if it does.
    pub(super) because: Option<String>,
}

/// What there is at a release.
pub(super) fn listed<'a>(
    scaffold: &'a Scaffold,
    release: &'a Release,
    lock: Option<&Lock>,
    wanted: &Wanted<'_>,
) -> Listed<'a> {
    let catalogue = &scaffold.catalogue;
    let row = |(name, package): (&'a PyName, &'a Package)| {
        let released = release.packages.get(name)?;
        let built = lock.and_then(|lock| lock.packages.get(name));
        wanted.takes(name.as_str(), package).then(|| Row {
            name,
            package,
            released,
            known: catalogue.known(name, &released.version),
            because: built.map(|built| built.because.clone()),
        })
    };
    let mut packages: Vec<Row<'a>> = catalogue.packages.iter().filter_map(row).collect();
    packages.sort_by_key(|row| (catalogue.place(row.package), row.name));
    Listed {
        packages,
        others: others(scaffold, release, wanted),
    }
}

impl Wanted<'_> {
    fn takes(&self, name: &str, package: &Package) -> bool {
        let text = format!("{name} {} {}", package.category, package.description).to_lowercase();
        self.category
            .is_none_or(|category| category == package.category)
            && self.words.iter().all(|word| text.contains(word.as_str()))
    }

    /// Names without a category are found by the words alone.
    fn takes_name(&self, name: &str) -> bool {
        self.category.is_none() && self.words.iter().all(|word| name.contains(word.as_str()))
    }
}

/// What a person may look for and not find here.
fn others(scaffold: &Scaffold, release: &Release, wanted: &Wanted<'_>) -> Vec<(String, String)> {
    let catalogue = &scaffold.catalogue;
    let absent = catalogue.packages.iter().filter(|(name, package)| {
        !release.packages.contains_key(*name) && wanted.takes(name.as_str(), package)
    });
    let absent = absent.map(|(name, _)| {
        let having = scaffold.releases.values();
        let having = having.filter(|other| other.packages.contains_key(name));
        let having: Vec<String> = having.map(|other| other.release.to_string()).collect();
        let fate = catalogue.fate(name).map(|fate| format!(": {fate}"));
        let having = having.join(", ");
        (
            name.to_string(),
            format!("in {having}{}", fate.unwrap_or_default()),
        )
    });
    let not_built = catalogue.not_built.iter();
    let not_built =
        not_built.map(|part| (part.name.clone(), format!("not built: {}", part.because)));
    let elsewhere = catalogue.elsewhere.iter().map(|package| &package.name);
    let elsewhere = elsewhere
        .filter(|name| !catalogue.packages.contains_key(*name))
        .filter_map(|name| Some((name.to_string(), catalogue.fate(name)?)));
    let rest = not_built.chain(elsewhere);
    absent
        .chain(rest.filter(|(name, _)| wanted.takes_name(name)))
        .collect()
}

/// The list for programs: one object for each package, those that cannot be had last.
pub(super) fn values(listed: &Listed<'_>) -> Value {
    let packages = listed.packages.iter().map(Row::value);
    let others = listed
        .others
        .iter()
        .map(|(name, because)| object!({ "name": name, "state": "absent", "because": because }));
    packages.chain(others).collect()
}

impl Row<'_> {
    fn value(&self) -> Value {
        let Package {
            category,
            description,
            documentation,
            ..
        } = self.package;
        let known = self.known.iter().map(|known| {
            object!({
                "text": known.text,
                "broken": known.broken,
                "source": known.source,
                "date": known.date,
            })
        });
        let extras = self.released.extras.keys().map(PyName::as_str);
        let python = self.released.requires_python.as_ref();
        object!({
            "name": self.name.as_str(),
            "state": state(self.package.group),
            "version": self.released.version.to_string(),
            "category": category,
            "description": description,
            "documentation": documentation,
            "requires-python": python.map(ToString::to_string),
            "extras": extras.collect::<Vec<_>>(),
            "programs": self.released.programs,
            "built-because": self.because,
            "known": known.collect::<Vec<_>>(),
        })
    }
}

fn state(group: Group) -> &'static str {
    match group {
        Group::Core => "core",
        Group::Integration | Group::Tool => "offered",
        Group::Support => "comes along",
    }
}
