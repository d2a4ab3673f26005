//! Releases of a made-up upstream, on a server on this machine.

use std::sync::{Arc, Mutex};

use super::*;
use crate::outside::http::Client;
use crate::outside::pypi::Reach;
use crate::outside::pypi::uploads::{Upload, serve, upload};
use crate::outside::store::{Kept, Shelf, Store};
use crate::outside::test_server::Server;

fn catalogue() -> Catalogue {
    let head = "schema = 1
check = \"\"
category = []
yanked = [{ release = \"1.5.3\", because = \"\", instead = \"\" }]
[upstream]
name = \"U\"
owner = \"o\"
repo = \"r\"
homepage = \"\"
tree = \"\"
changelog = \"\"
license = \"MIT\"
development-version = \"0+dev\"
environment = \"e\"
workspace = \"w\"
python = \"python313\"
main-program = \"m\"
interpreter = \"i\"
includes = []
[tracks]
core = \"{major}.{minor}.{patch}\"
library = \"0.{minor+16}.{patch}\"
";
    let packages = [
        ("base", "core", "core"),
        ("shared", "core", "core"),
        ("lib", "integration", "library"),
        ("lib-extra", "integration", "library"),
        ("tool", "tool", "core"),
    ];
    let packages = packages.map(|(name, group, track)| {
        format!(
            "[packages.{name}]\ngroup = \"{group}\"\ncategory = \"c\"\ntrack = \"{track}\"\npath = \"p\"\n\
             description = \"d\"\ncheck = \"c\"\n"
        )
    });
    toml::from_str(&format!("{head}{}", packages.concat())).unwrap()
}

/// An upload that requires these.
fn requires(name: &'static str, version: &'static str, requires: &[&str]) -> Upload {
    let plain = upload(name, version);
    let requires = requires.iter().map(|one| format!("Requires-Dist: {one}\n"));
    Upload {
        metadata: format!(
            "Name: {name}\nVersion: {version}\n{}",
            requires.collect::<String>()
        ),
        ..plain
    }
}

fn on(day: &'static str, upload: Upload) -> Upload {
    Upload { day, ..upload }
}

/// 1.5.2 whole, with a library and what it brings along.
fn whole() -> Vec<Upload> {
    vec![
        requires("base", "1.5.2", &["shared==1.5.2", "click"]),
        requires("shared", "1.5.2", &[]),
        requires(
            "lib",
            "0.21.2",
            &["base==1.5.2", "lib-extra==0.21.2; extra == 'more'"],
        ),
        requires("lib-extra", "0.21.2", &["base==1.5.2"]),
        requires("tool", "1.5.2", &["lib"]),
    ]
}

fn index(server: &Server) -> Index {
    Index::new(Client::local(), &server.url())
}

fn asked(named: &[&str], welcome: &[&str]) -> Asked {
    let spec = |name: &&str| {
        let (name, extras) = name.split_once('+').unwrap_or((name, ""));
        let extras = extras.split('+').filter_map(|extra| extra.parse().ok());
        (name.parse().unwrap(), extras.collect())
    };
    Asked {
        named: named.iter().map(spec).collect(),
        welcome: welcome.iter().map(|name| name.parse().unwrap()).collect(),
        known: BTreeMap::new(),
    }
}

fn read(index: &Index, release: &str, asked: &Asked) -> Result<Vec<String>, Unread> {
    let release = release.parse().unwrap();
    let read = index.read_upstream(&release, &catalogue(), asked)?;
    let packages = read.packages.iter();
    Ok(packages
        .map(|(name, package)| format!("{name} {}", package.version))
        .collect())
}

fn check(uploads: &[Upload], asked: &Asked, expected: Result<&[&str], Unread>) {
    let server = serve(uploads);
    let found = read(&index(&server), "1.5.2", asked);
    let expected = expected.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
    assert_eq!(found, expected, "{asked:?}");
}

fn not_there(reason: &str, newest: Option<&str>) -> Unread {
    let newest = newest.map(|newest| newest.parse().unwrap());
    Unread::NotThere(vec![reason.to_owned()], newest)
}

fn lacks(name: &str, reason: &str, newest: Option<&str>) -> Unread {
    let newest = newest.map(|newest| newest.parse().unwrap());
    Unread::Lacks(vec![(name.parse().unwrap(), reason.to_owned())], newest)
}

#[test]
fn what_is_needed_is_read_and_nothing_else() {
    let core: &[&str] = &["base 1.5.2", "shared 1.5.2"];
    check(&whole(), &asked(&[], &[]), Ok(core));
    let lib: &[&str] = &["base 1.5.2", "lib 0.21.2", "shared 1.5.2"];
    check(&whole(), &asked(&["lib"], &[]), Ok(lib));
    let more: &[&str] = &[
        "base 1.5.2",
        "lib 0.21.2",
        "lib-extra 0.21.2",
        "shared 1.5.2",
    ];
    check(&whole(), &asked(&["lib+more"], &[]), Ok(more));
    let tool: &[&str] = &["base 1.5.2", "lib 0.21.2", "shared 1.5.2", "tool 1.5.2"];
    check(&whole(), &asked(&["tool"], &[]), Ok(tool));
}

#[test]
fn a_pin_is_better_than_the_rule() {
    // Both versions are there; the rule means the one, the core pins the other.
    let uploads = [
        requires("base", "1.5.2", &["shared==0.30.7"]),
        requires("shared", "1.5.2", &[]),
        requires("shared", "0.30.7", &[]),
    ];
    let expected: &[&str] = &["base 1.5.2", "shared 0.30.7"];
    check(&uploads, &asked(&[], &[]), Ok(expected));
}

#[test]
fn a_package_on_another_track_is_found() {
    let mut uploads = whole();
    uploads[4] = requires("tool", "0.21.2", &[]);
    let expected: &[&str] = &["base 1.5.2", "shared 1.5.2", "tool 0.21.2"];
    check(&uploads, &asked(&["tool"], &[]), Ok(expected));
}

#[test]
fn what_came_later_is_left_out_unless_it_was_named() {
    let uploads = [
        requires("base", "1.5.2", &[]),
        on("2026-01-01", requires("shared", "1.6.0", &[])),
        on("2026-01-01", requires("lib", "0.22.0", &[])),
    ];
    let expected: &[&str] = &["base 1.5.2"];
    check(&uploads, &asked(&[], &["lib", "tool"]), Ok(expected));
    let reason = "it came later than 1.5.2: its first version is 0.22.0, of 2026-01-01";
    check(
        &uploads,
        &asked(&["lib"], &[]),
        Err(lacks("lib", reason, None)),
    );
}

#[test]
fn what_is_incomplete_or_withdrawn_is_refused_with_the_newest_good_one() {
    let older = |day| {
        [
            on(day, requires("base", "1.5.1", &[])),
            on(day, requires("shared", "1.5.1", &[])),
        ]
    };
    let mut incomplete = vec![requires("base", "1.5.2", &["shared==1.5.2"])];
    incomplete.extend(older("2025-10-01"));
    let reason = "the index has no version 1.5.2 or 0.21.2; its newest complete version is 1.5.1";
    let expected = lacks("shared", reason, Some("1.5.1"));
    check(&incomplete, &asked(&[], &[]), Err(expected));

    let mut withdrawn = whole();
    withdrawn[1].yanked = true;
    withdrawn.extend(older("2025-10-01"));
    let reason = "1.5.2 cannot be taken: upstream withdrew it (yanked): broken; \
                  the newest complete version is 1.5.1";
    let expected = lacks("shared", reason, Some("1.5.1"));
    check(&withdrawn, &asked(&[], &[]), Err(expected));
}

#[test]
fn a_release_that_is_not_there_is_told_with_the_newest() {
    let mut uploads = whole();
    uploads.remove(0);
    uploads.push(requires("base", "1.5.1", &[]));
    uploads.push(requires("shared", "1.5.1", &[]));
    let expected = not_there("the index has no `base` 1.5.2", Some("1.5.1"));
    check(&uploads, &asked(&[], &[]), Err(expected));
}

#[test]
fn packages_that_contradict_each_other_are_refused() {
    let mut uploads = whole();
    uploads[2] = requires("lib", "0.21.2", &["base==1.5.1"]);
    uploads.push(requires("base", "1.5.1", &["shared"]));
    let server = serve(&uploads);
    let found = read(&index(&server), "1.5.2", &asked(&["lib"], &[])).unwrap_err();
    let Unread::Faulty(reasons) = found else {
        panic!("{found:?}");
    };
    let expected = "`lib` 0.21.2 requires `base` 1.5.1, and the release 1.5.2";
    assert_eq!(reasons, [expected]);
}

#[test]
fn the_newest_release_is_the_newest_that_is_complete() {
    let mut uploads = whole();
    uploads.push(requires("base", "1.5.3", &[]));
    uploads.push(requires("shared", "1.5.3", &[]));
    uploads.push(requires("base", "1.5.4", &[]));
    uploads.push(requires("base", "1.6.0rc1", &[]));
    uploads.push(requires("shared", "1.6.0rc1", &[]));
    let server = serve(&uploads);
    // 1.5.4 lacks a core package, and the catalogue refuses 1.5.3.
    let expected: Version = "1.5.2".parse().unwrap();
    assert_eq!(index(&server).latest(&catalogue()), Ok(expected));
}

#[test]
fn an_index_that_is_not_there_is_told_once() {
    let address = serve(&[]).url();
    let index = Index::new(Client::local(), &address);
    let found = read(&index, "1.5.2", &asked(&["lib"], &[])).unwrap_err();
    let Unread::Silent(reason) = found else {
        panic!("{found:?}");
    };
    assert!(reason.contains("/base/json`: "), "{reason}");
}

/// Keeps in memory; everything is as old as it says.
#[derive(Debug)]
struct Memory {
    age: u64,
    kept: Mutex<BTreeMap<(&'static str, String), Vec<u8>>>,
}

impl Store for Memory {
    fn load(&self, on: Shelf, name: &str) -> Option<Kept> {
        let kept = self.kept.lock().unwrap();
        let bytes = kept.get(&(on.name(), name.to_owned()))?.clone();
        let age = Some(self.age);
        Some(Kept { bytes, age })
    }

    fn save(&self, on: Shelf, name: &str, bytes: &[u8]) {
        let key = (on.name(), name.to_owned());
        self.kept.lock().unwrap().insert(key, bytes.to_vec());
    }
}

/// Reads 1.5.2 from a store in which 1.5.2 or an earlier state of the index was kept; the number of requests.
fn check_kept(age: u64, reach: Reach, before: &[Upload], expected: Result<usize, &str>) {
    let store = Arc::new(Memory {
        age,
        kept: Mutex::default(),
    });
    let server = serve(before);
    let through = |server: &Server| index(server).kept_in(store.clone());
    let release = before[0].version;
    read(&through(&server), release, &asked(&[], &[])).unwrap();
    let moved = serve(&whole());
    serve_at(&store, &server, &moved);
    let found = read(&through(&moved).reached(reach), "1.5.2", &asked(&[], &[]));
    let found = found.map(|_| moved.seen().len());
    match (found, expected) {
        (Err(Unread::Silent(reason)), Err(expected)) => {
            assert!(reason.ends_with(expected), "{reason}");
        }
        (found, expected) => assert_eq!(found.ok(), expected.ok()),
    }
}

/// What was kept of one server counts as kept of another.
fn serve_at(store: &Memory, from: &Server, to: &Server) {
    use sha2::{Digest, Sha256};
    let name = |server: &Server, package: &str| {
        let page = format!("{}/{}/{package}/json", server.url(), ["py", "pi"].concat());
        data_encoding::HEXLOWER.encode(&Sha256::digest(page))
    };
    let mut kept = store.kept.lock().unwrap();
    for package in ["base", "shared"] {
        let page = kept.remove(&("pages", name(from, package))).unwrap();
        kept.insert(("pages", name(to, package)), page);
    }
}

#[test]
fn what_was_kept_is_not_fetched_again() {
    let old = [
        requires("base", "1.5.1", &[]),
        requires("shared", "1.5.1", &[]),
    ];
    let silent = "floxwright was told to stay offline, and its cache does not know `base` 1.5.2";
    check_kept(10, Reach::Online, &whole(), Ok(0));
    check_kept(9_999_999, Reach::Offline, &whole(), Ok(0));
    // Two pages that have become too old; the files never do.
    check_kept(9_999_999, Reach::Online, &whole(), Ok(2));
    // Pages that do not know the release yet, and its wheels; the sdists are those of before.
    check_kept(10, Reach::Online, &old, Ok(4));
    check_kept(10, Reach::Offline, &old, Err(silent));
}
