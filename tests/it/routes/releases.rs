//! A release that is not ready-made gives a repository like any other, the same one each time.

use super::assert_same;
use crate::package_index::{RELEASE, replies, start};
use crate::sandbox::Sandbox;
use floxwright::disk::read_tree;

const NEW: [&str; 8] = [
    "new",
    "d",
    "--yes",
    "--release",
    RELEASE,
    "--package",
    "dagster-postgres",
    "--no-commit",
];

#[test]
fn it_is_read_once_and_gives_the_same_bytes_from_the_cache() {
    let server = start(replies());
    let sandbox = Sandbox::new().with_env("FLOXWRIGHT_PYPI", &server.url());
    let first = sandbox.run(&NEW).success();
    assert!(
        first.stdout.contains("dagster-postgres 0.28.14"),
        "{}",
        first.stdout
    );
    // A page, a wheel and an sdist of six packages.
    assert_eq!(server.seen().len(), 18);
    let made = sandbox.tree("d");
    let lock = made.text("floxwright.lock").unwrap();
    assert!(lock.contains("version = \"1.12.14\""), "{lock}");
    let again = sandbox.working_in("again");
    drop(again.run(&NEW).success());
    drop(again.run(&[&["--offline", "-C", "offline"], &NEW[..]].concat()));
    assert_eq!(server.seen().len(), 18);
    assert_same(&made, &again.tree("d"), "from the cache");
}

#[test]
fn without_a_place_for_a_cache_it_works_and_says_so() {
    let server = start(replies());
    let homeless = Sandbox::new()
        .with_env("FLOXWRIGHT_PYPI", &server.url())
        .with_env("XDG_CACHE_HOME", "")
        .with_env("HOME", "");
    let done = homeless.run(&NEW).success();
    drop(done.says(&["warning: what was fetched is not kept: neither"]));
    let readonly = Sandbox::new()
        .with_env("FLOXWRIGHT_PYPI", &server.url())
        .with_env("XDG_CACHE_HOME", "/proc");
    let done = readonly.run(&NEW).success();
    let says =
        "warning: what was fetched is not kept: cannot make the directory `/proc/floxwright/";
    drop(done.says(&[says]));
    let one = read_tree(&homeless.path("d")).unwrap();
    assert_same(&one, &readonly.tree("d"), "without a cache");
}

#[test]
fn a_damaged_cache_is_read_anew() {
    let server = start(replies());
    let sandbox = Sandbox::new().with_env("FLOXWRIGHT_PYPI", &server.url());
    drop(sandbox.run(&NEW).success());
    let seen = server.seen().len();
    let damage = "find \"$XDG_CACHE_HOME\" -type f -exec sh -c 'printf x >> \"$1\"' - {} \\;";
    drop(sandbox.shell(damage).success());
    let again = sandbox.working_in("again");
    drop(again.run(&NEW).success());
    assert_eq!(server.seen().len(), 2 * seen);
}

#[test]
fn the_newest_release_is_found() {
    let server = start(replies());
    let sandbox = Sandbox::new().with_env("FLOXWRIGHT_PYPI", &server.url());
    let done = sandbox
        .run(&["new", "d", "--yes", "--release", "latest"])
        .success();
    assert!(
        done.same_again().contains("--release 1.12.14"),
        "{}",
        done.stdout
    );
}
