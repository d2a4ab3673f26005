//! The reader against a server on this machine, with distributions made here.

use data_encoding::BASE64;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::uploads::{Upload, serve, upload};
use super::*;
use crate::outside::test_server::Server;

fn wanted(name: &str, version: &str) -> Wanted {
    let guards = vec!["app/ui/index.html".to_owned(), "app/missing".to_owned()];
    Wanted {
        name: name.parse().unwrap(),
        version: version.parse().unwrap(),
        guards,
    }
}

fn read(server: &Server, wanted: &[Wanted]) -> Result<Release, ReadError> {
    let index = Index::new(Client::local(), &format!("{}/", server.url()));
    index.read_release(
        &"1.0".parse().unwrap(),
        wanted,
        "2026-11-20".parse().unwrap(),
    )
}

/// Reads `one` 1.0 from a server with these uploads; the error's text without its first line.
fn check_problem(uploads: &[Upload], expected: &str) {
    let error = read(&serve(uploads), &[wanted("one", "1.0")])
        .unwrap_err()
        .to_string();
    let (head, problem) = error.split_once("\n  ").unwrap();
    assert_eq!(head, "the release cannot be read from the package index:");
    assert!(problem.starts_with(expected), "{problem}");
}

#[test]
fn a_release_is_read() {
    let server = serve(&[
        upload("one", "1.0"),
        upload("two", "0.17.0"),
        upload("two", "9"),
    ]);
    let release = read(&server, &[wanted("two", "0.17"), wanted("one", "1.0.0")]).unwrap();
    let names: Vec<&str> = release.packages.keys().map(PyName::as_str).collect();
    assert_eq!(names, ["one", "two"]);
    let one = serde_json::to_value(&release.packages[&"one".parse().unwrap()]).unwrap();
    let hash = |kind| {
        format!(
            "sha256-{}",
            BASE64.encode(&Sha256::digest(upload("one", "1.0").file(kind)))
        )
    };
    let expected = json!({
        "version": "1.0.0",
        "uploaded": "2025-10-30",
        "summary": "An example",
        "homepage": null,
        "license": "MIT",
        "requires-python": ">=3.10",
        "requires": ["Click<9.0,>=5.0"],
        "extras": {
            "empty": [],
            "unlisted": ["six; extra == \"unlisted\""],
            "web": ["gql[requests]; extra == \"web\""],
        },
        "programs": ["run"],
        "modules": ["one"],
        "build-backend": "hatchling.build",
        "build-requires": ["hatchling>=1"],
        "sdist": {"file": "one-1.0.tar.gz", "hash": hash("tar.gz")},
        "wheel": {"file": "one-1.0-py3-none-any.whl", "hash": hash("whl")},
        "files": {"app/missing": false, "app/ui/index.html": true},
        "yanked": false,
    });
    assert_eq!(one, expected);
    let text = release.to_text().unwrap();
    assert_eq!(Release::parse(&text).unwrap(), release);
}

#[test]
fn everything_that_is_wrong_is_listed_and_nothing_is_downloaded() {
    let withdrawn = Upload {
        yanked: true,
        ..upload("two", "1.0")
    };
    let uploads = [
        upload("one", "1.0"),
        withdrawn,
        upload("two", "0.9"),
        upload("two", "2.0rc1"),
        upload("three", "4"),
    ];
    let server = serve(&uploads);
    let all = [
        wanted("one", "1.0"),
        wanted("two", "1.0"),
        wanted("three", "3"),
        wanted("four", "1.0"),
    ];
    let error = read(&server, &all).unwrap_err();
    let expected = "the release cannot be read from the package index:
  `two` 1.0: upstream withdrew it (yanked): broken; the newest complete version is 0.9
  `three` 3: the index does not have this version; the newest complete version is 4
  `four` 1.0: the index does not have this package";
    assert_eq!(error.to_string(), expected);
    assert!(!server.seen().iter().any(|path| path.starts_with("/files/")));
}

#[test]
fn incomplete_uploads_are_problems() {
    let without = |kinds: &[&'static str]| Upload {
        kinds: kinds.to_vec(),
        ..upload("one", "1.0")
    };
    check_problem(
        &[without(&["whl"])],
        "`one` 1.0: it has no sdist that is a `.tar.gz`",
    );
    check_problem(&[without(&["tar.gz"])], "`one` 1.0: it has no wheel");
    check_problem(
        &[without(&[])],
        "`one` 1.0: the index does not have this version",
    );
}

#[test]
fn files_that_are_not_what_the_index_says_are_problems() {
    let good = upload("one", "1.0");
    let digest = Some("00");
    check_problem(
        &[Upload {
            digest,
            ..good.clone()
        }],
        "`one` 1.0: `one-1.0-py3-none-any.whl`: its sha256 is ",
    );
    let metadata = good.metadata.replace("Version: 1.0", "Version: 1.0.1");
    let other = Upload {
        metadata,
        ..good.clone()
    };
    check_problem(
        &[other],
        "`one` 1.0: `one-1.0-py3-none-any.whl`: its metadata says `one` 1.0.1",
    );
    let metadata = good.metadata.replace("Click<9.0", "Click<9.0.*");
    check_problem(
        &[Upload {
            metadata,
            ..good.clone()
        }],
        "`one` 1.0: `one-1.0-py3-none-any.whl`: the metadata's `Requires-Dist` cannot be read: `Click<9.0.*",
    );
    let sdist = vec![("root/pyproject.toml", "[")];
    check_problem(
        &[Upload { sdist, ..good }],
        "`one` 1.0: `one-1.0.tar.gz`: `pyproject.toml` cannot be read",
    );
}

#[test]
fn a_package_that_is_asked_for_twice_is_a_problem() {
    let server = serve(&[upload("one", "1.0"), upload("one", "2.0")]);
    let error = read(&server, &[wanted("one", "1.0"), wanted("One", "2.0")]).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("\n  `one` 2.0: it is asked for more than once"),
        "{error}"
    );
}

#[test]
fn versions_are_listed_newest_first() {
    let withdrawn = Upload {
        yanked: true,
        ..upload("one", "1.10")
    };
    let server = serve(&[upload("one", "1.9"), withdrawn]);
    let index = Index::new(Client::local(), &server.url());
    let versions = index.versions(&"one".parse().unwrap()).unwrap();
    assert_eq!(
        versions,
        [
            ("1.10".parse().unwrap(), true),
            ("1.9".parse().unwrap(), false)
        ]
    );
}
