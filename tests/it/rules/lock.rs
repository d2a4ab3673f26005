//! Rules about the lock: N4, and that it tells the truth about the files.

use super::every_case;
use super::facts::{lock, locked, release, texts};
use super::nix_file::{identifiers, packages};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

#[test]
fn every_requirement_of_the_release_has_a_decision() {
    every_case("N4", |case| {
        let (release, lock) = (release(case), lock(case));
        let mut broken = Vec::new();
        for (name, package) in locked(&lock) {
            let entries = package["requires"].as_array().unwrap();
            let decided: Vec<&str> = entries
                .iter()
                .map(|entry| entry["requirement"].as_str().unwrap())
                .collect();
            if decided != texts(&release["packages"][name]["requires"]) {
                broken.push(format!("{name} has {decided:?}"));
            }
            let left_out = entries.iter().filter(|entry| {
                ["excluded", "substituted", "removed"]
                    .contains(&entry["decision"].as_str().unwrap())
            });
            let silent = left_out.filter(|entry| entry.get("reason").is_none());
            broken.extend(silent.map(|entry| format!("{name}: no reason for {entry}")));
        }
        broken
    });
}

#[test]
fn dependencies_are_the_decisions() {
    every_case("N4", |case| {
        let lock = lock(case);
        let mut broken = Vec::new();
        for (name, package) in packages(case) {
            let text = package
                .attributes
                .get("dependencies")
                .map_or("[ ]", String::as_str);
            let given: BTreeSet<String> = identifiers(text).into_iter().collect();
            let entries = lock["packages"][&name]["requires"].as_array().unwrap();
            let kept = entries.iter().filter(|entry| {
                !["excluded", "removed"].contains(&entry["decision"].as_str().unwrap())
            });
            let wanted: BTreeSet<String> = kept
                .map(|entry| entry["attribute"].as_str().unwrap().to_owned())
                .collect();
            let absent = wanted.difference(&given);
            broken.extend(absent.map(|attribute| format!("{name} lacks {attribute}")));
            let structure = [
                "python313Packages",
                "python312Packages",
                "optional-dependencies",
                "standard",
                "requests",
                "urllib3",
            ];
            let unasked = given
                .difference(&wanted)
                .filter(|word| !structure.contains(&word.as_str()));
            broken.extend(
                unasked.map(|attribute| format!("{name} has {attribute} without a requirement")),
            );
            let replaced = entries
                .iter()
                .filter(|entry| entry["decision"].as_str() == Some("substituted"));
            let removed = package
                .attributes
                .get("pythonRemoveDeps")
                .map_or("", String::as_str);
            let forgotten =
                replaced.filter(|entry| !removed.contains(entry["spelling"].as_str().unwrap()));
            broken.extend(forgotten.map(|entry| format!("{name} keeps {entry}")));
        }
        broken
    });
}

#[test]
fn digests_are_those_of_the_files() {
    every_case("lock", |case| {
        let lock = lock(case);
        let files = lock["files"].as_table().unwrap();
        let mut broken = Vec::new();
        for (path, entry) in files {
            let text = case
                .tree()
                .text(path)
                .map(|text| data_encoding::HEXLOWER.encode(&Sha256::digest(text)));
            if entry["sha256"].as_str() != text.as_deref() {
                broken.push(format!("{path} is {text:?}"));
            }
        }
        let own = ["floxwright.toml", "floxwright.lock"];
        let made = case
            .tree()
            .paths()
            .map(floxwright::tree::RelPath::as_str)
            .filter(|path| !path.starts_with(".floxwright/") && !own.contains(path));
        let unknown = made.filter(|path| !files.contains_key(*path));
        broken.extend(unknown.map(|path| format!("{path} is not in the lock")));
        broken
    });
}

#[test]
fn a_lock_is_read_back_as_it_was() {
    every_case("lock", |case| {
        let text = case.tree().text("floxwright.lock").unwrap();
        let lock = floxwright::workspace::read_lock(text).unwrap();
        let again = floxwright::workspace::lock_text(&lock);
        if again == text {
            Vec::new()
        } else {
            vec![again]
        }
    });
}
