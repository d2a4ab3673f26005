//! The catalogues that are carried along, compared with the package index as it is now.
//!
//! Left out unless the environment's `FLOXWRIGHT_PROOF` names `pypi`, because it needs the network.
#![expect(
    clippy::disallowed_methods,
    reason = "a proof reads the catalogues and asks whether it is wanted"
)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::*;

/// The release files of all scaffolds.
fn release_files() -> Vec<PathBuf> {
    let scaffolds = Path::new(env!("CARGO_MANIFEST_DIR")).join("scaffolds");
    let folders = fs::read_dir(scaffolds)
        .unwrap()
        .map(|entry| entry.unwrap().path().join("catalogue/releases"));
    let folders = folders.filter(|folder| folder.is_dir());
    let files = folders.flat_map(|folder| {
        fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
    });
    let mut files: Vec<PathBuf> = files
        .filter(|file| file.extension().is_some_and(|it| it == "json"))
        .collect();
    files.sort();
    files
}

/// Whether the proof was not asked for; says so.
fn is_left_out() -> bool {
    let proofs = std::env::var("FLOXWRIGHT_PROOF").unwrap_or_default();
    let asked = proofs.split(',').any(|proof| proof.trim() == "pypi");
    if !asked {
        // Past the capture of the tests' output.
        let line = b"left out: the proof `pypi` (FLOXWRIGHT_PROOF=pypi switches it on)\n";
        let _ = std::io::stderr().write_all(line);
    }
    !asked
}

#[test]
fn carried_releases_are_what_the_index_says() {
    if is_left_out() {
        return;
    }
    let index = Index::new(Client::default(), &default_address());
    let files = release_files();
    assert!(!files.is_empty());
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let release = Release::parse(&text).unwrap();
        let wanted = release.packages.iter().map(|(name, package)| Wanted {
            name: name.clone(),
            version: package.version.clone(),
            guards: package.files.keys().cloned().collect(),
        });
        let wanted: Vec<Wanted> = wanted.collect();
        let read = index
            .read_release(&release.release, &wanted, release.read.date.clone())
            .unwrap();
        assert_eq!(read.to_text().unwrap(), text, "{}", file.display());
    }
}

#[test]
fn carried_releases_are_what_a_partial_reading_gives() {
    if is_left_out() {
        return;
    }
    let index = Index::new(Client::default(), &default_address()).with_wheels(Wheels::Parts);
    for name in crate::scaffold::built_in_names() {
        let tree = crate::scaffold::built_in(name).unwrap();
        let scaffold = crate::scaffold::Scaffold::load(name, &tree).unwrap();
        for carried in scaffold.ready_made() {
            let everything = Asked {
                welcome: scaffold.catalogue.packages.keys().cloned().collect(),
                ..Asked::default()
            };
            let read = index.read_upstream(&carried.release, &scaffold.catalogue, &everything);
            let mut read = read.unwrap();
            // The day is that of the release, not of reading.
            read.read.date.clone_from(&carried.read.date);
            assert_eq!(read, *carried);
        }
    }
}
