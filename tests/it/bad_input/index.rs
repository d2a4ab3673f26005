//! A package index that does not do what it should, while a release is read that is not ready-made.

use super::{Bad, refuses};
use crate::package_index::{RELEASE, archive, page_path, replies, start, with_page, with_sdist};
use crate::sandbox::Sandbox;
use crate::test_server::{Replies, Reply};
use std::time::Duration;

/// Asks a spoilt index; one error that says these, and nothing is there afterwards.
#[track_caller]
fn check(replies: Replies, exit: i32, says: &[&str]) {
    let server = start(replies);
    let sandbox = Sandbox::new()
        .with_env("FLOXWRIGHT_PYPI", &server.url())
        .with_env("FLOXWRIGHT_TIMEOUT", "0.3");
    let arguments = ["d", "--yes", "--release", RELEASE];
    let bad = Bad {
        arguments: &arguments,
        exit,
        says,
    };
    let done = refuses(&sandbox, &bad);
    assert_eq!(done.stderr.matches("error: ").count(), 1, "{}", done.stderr);
}

/// The page of the first package answers so.
#[track_caller]
fn check_page(reply: impl Into<Reply>, says: &[&str]) {
    let unread = [
        "the release `1.12.14` of Dagster is not ready-made, and the package index cannot be read",
        "hint: ready-made, without the package index: 1.12.0,",
    ];
    check(
        with_page(replies(), reply.into()),
        1,
        &[&unread, says].concat(),
    );
}

#[test]
fn pages() {
    check_page((500, Vec::new()), &["answers with status 500 (2 attempts)"]);
    check_page((403, Vec::new()), &["answers with status 403"]);
    check_page((404, Vec::new()), &["the index does not have this package"]);
    check_page(
        (200, b"<html>".to_vec()),
        &["cannot be read: expected value"],
    );
    check_page((200, b"\xff\xfe".to_vec()), &["cannot be read"]);
    check_page(
        (200, b"{\"releases\": {\"1.12.14\": 7}}".to_vec()),
        &["cannot be read"],
    );
    check_page(
        Reply::redirect(&page_path("dagster")),
        &["more than 5 times"],
    );
    check_page(Reply::short(b"{".to_vec(), 99), &["(2 attempts)"]);
    let slow = Reply::slow(vec![b' '; 200], Duration::from_millis(50));
    check_page(slow, &["silent or slow for too long (2 attempts)"]);
    let silent = Reply::slow(vec![b' '; 2], Duration::from_millis(700));
    check_page(silent, &["silent or slow for too long (2 attempts)"]);
}

#[test]
fn archives() {
    let sdist = |bytes: Vec<u8>, says: &str| {
        let says = ["`dagster_pipes-1.12.14.tar.gz`", says];
        check(with_sdist(replies(), bytes), 1, &says);
    };
    let one = |path: &'static str, kind: tar::EntryType, target: &'static str| {
        archive(|builder| {
            let mut header = tar::Header::new_gnu();
            header.as_gnu_mut().unwrap().name[..path.len()].copy_from_slice(path.as_bytes());
            header.set_entry_type(kind);
            header.set_link_name_literal(target).unwrap();
            header.set_size(0);
            header.set_cksum();
            builder.append(&header, std::io::empty()).unwrap();
        })
    };
    let file = tar::EntryType::Regular;
    sdist(b"no archive".to_vec(), "the archive cannot be read");
    let good = one("root/setup.py", file, "");
    sdist(
        good[..good.len() / 2].to_vec(),
        "the archive cannot be read",
    );
    sdist(one("root/../../x", file, ""), "leads out of it");
    sdist(one("/etc/x", file, ""), "leads out of it");
    sdist(
        one("root/x", tar::EntryType::Symlink, "/etc/passwd"),
        "leads out of it",
    );
    sdist(
        one("root/x", tar::EntryType::Link, "../x"),
        "leads out of it",
    );
    // A text that unpacks to more than a text may have.
    let bomb = archive(|builder| {
        let mut header = tar::Header::new_gnu();
        header.set_size(9 << 20);
        let spaces = std::io::Read::take(std::io::repeat(b' '), 9 << 20);
        builder
            .append_data(&mut header, "root/pyproject.toml", spaces)
            .unwrap();
    });
    sdist(bomb, "the archive is too large");
}

#[test]
fn files_that_are_not_what_the_index_says() {
    let path = "/files/dagster_pipes-1.12.14.tar.gz";
    let spoilt = |reply: Reply, says: &[&str]| {
        let mut replies = replies();
        replies.insert(path.to_owned(), vec![reply]);
        check(replies, 1, says);
    };
    spoilt(
        (200, b"other".to_vec()).into(),
        &["its sha256 is", "and the index states"],
    );
    spoilt((200, vec![0; 9999]).into(), &["it is larger than"]);
    spoilt(
        (404, Vec::new()).into(),
        &[path, "the server does not have it"],
    );
    spoilt(Reply::redirect(path), &["more than 5 times"]);
}

#[test]
fn releases_that_are_not_there_or_not_whole() {
    let mut incomplete = replies();
    incomplete.remove(&page_path("dagster-webserver"));
    let says = ["`dagster-webserver`: the index does not have this package"];
    check(incomplete, 2, &says);
    let mut withdrawn = replies();
    let page = serde_json::json!({ "releases": { RELEASE: [{
        "filename": "x.whl", "packagetype": "bdist_wheel", "url": "x", "digests": { "sha256": "" },
        "upload_time": "2026-02-05T21:23:57", "yanked": true, "yanked_reason": "broken",
    }] } });
    let page = page.to_string().into_bytes();
    withdrawn.insert(page_path("dagster-shared"), vec![(200, page).into()]);
    check(
        withdrawn,
        2,
        &["`dagster-shared`", "upstream withdrew it (yanked): broken"],
    );
}

#[test]
fn nobody_may_be_asked() {
    let server = start(replies());
    let sandbox = Sandbox::new().with_env("FLOXWRIGHT_PYPI", &server.url());
    for offline in [
        sandbox.run(&["--offline", "new", "d", "--yes", "--release", RELEASE]),
        Sandbox::new()
            .with_env("FLOXWRIGHT_PYPI", &server.url())
            .with_env("FLOXWRIGHT_OFFLINE", "1")
            .run(&["new", "d", "--yes", "--release", "latest"]),
    ] {
        let says = ["told to stay offline", "1.12.0, 1.12.22, 1.13.27"];
        drop(offline.exit(1).says(&says));
    }
    assert!(server.seen().is_empty());
    let sandbox = Sandbox::new().with_env("FLOXWRIGHT_TIMEOUT", "soon");
    let done = sandbox.run(&["list", "releases"]).exit(2);
    drop(done.says(&["`FLOXWRIGHT_TIMEOUT`: `soon` is no number of seconds"]));
}
