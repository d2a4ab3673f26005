//! The questions that decide what is generated, each with the answers that a scaffold is tried with.

use crate::ask::{Field, Value};
use crate::model::{Documents, Expose, Layout, Nixpkgs, Storage, System};
use crate::scaffold::Scaffold;

/// The answers to one question.
pub(super) type Axis = (Field, Vec<Value>);

/// All of them. The first answer of each is the one that the others are tried with.
pub(super) fn axes(scaffold: &Scaffold) -> Vec<Axis> {
    let environment = scaffold.catalogue.upstream.environment.as_str();
    let releases = scaffold.ready_made().rev();
    let releases = releases.map(|release| release.release.to_string());
    let storages = Storage::ALL.iter().filter(|storage| {
        **storage == Storage::default() || scaffold.catalogue.storage.contains_key(storage.name())
    });
    let all_systems = System::DEFAULT.map(System::name);
    let with: [&[&str]; 5] = [
        &["runtime"],
        &[],
        &["workflows"],
        &["flake"],
        &["runtime", "workflows", "flake"],
    ];
    let many = |sets: &[&[&str]]| -> Vec<Value> {
        let sets = sets.iter();
        sets.map(|set| Value::many(set.iter().copied())).collect()
    };
    vec![
        (Field::Release, releases.map(Value::one).collect()),
        (
            Field::Layout,
            named(Layout::ALL.iter().map(|one| one.name())),
        ),
        (Field::Source, named(["auto", "pypi"].into_iter())),
        (Field::Packages, many(&[&[], &["all"]])),
        (
            Field::Expose,
            named(Expose::ALL.iter().map(|one| one.name())),
        ),
        (
            Field::Nixpkgs,
            named(Nixpkgs::ALL.iter().map(|one| one.name())),
        ),
        (
            Field::Documents,
            named(Documents::ALL.iter().map(|one| one.name())),
        ),
        (Field::DocumentsDir, named(["docs", "."].into_iter())),
        (Field::Storage, named(storages.map(|one| one.name()))),
        (Field::With, many(&with)),
        (Field::Publish, many(&[&[environment], &["all"], &[]])),
        (Field::Handle, named(["", "acme"].into_iter())),
        (Field::WithPython, many(&[&[], &["pytest"]])),
        (Field::Systems, many(&[&all_systems, &all_systems[..1]])),
    ]
}

fn named<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Value> {
    names.map(Value::one).collect()
}
