//! What was read of a release and of third parties is kept in the repository, which needs no package index after that.

use crate::package_index::{RELEASE, UPLOADS, Upload, serving, start};
use crate::routes::assert_same;
use crate::sandbox::Sandbox;
use crate::test_server::Server;

const FILES: [&str; 2] = [".floxwright/release.json", ".floxwright/third-parties.json"];

/// An index that has the release, and a distribution that is no part of it.
fn index() -> Server {
    let other: [Upload; 1] = [("click", "8.1.8", &[])];
    start(serving(&[&UPLOADS[..], &other].concat()))
}

/// A repository `d` of a release that is not ready-made, with an override.
fn made(server: &Server) -> Sandbox {
    let sandbox = Sandbox::new().with_env("FLOXWRIGHT_PYPI", &server.url());
    drop(
        sandbox
            .run(&["new", "d", "--yes", "--release", RELEASE])
            .success(),
    );
    drop(
        sandbox
            .there(&["add", "--override", "click==8.1.8"])
            .success(),
    );
    sandbox
}

impl Sandbox {
    /// The same repository where nothing can be read any more: no index, and no cache.
    fn alone(self) -> Self {
        drop(self.shell("rm -r \"$XDG_CACHE_HOME\"").success());
        self.with_env("FLOXWRIGHT_OFFLINE", "1")
    }
}

#[test]
fn everything_is_made_again_without_the_index() {
    let server = index();
    let sandbox = made(&server);
    for file in FILES {
        assert!(sandbox.files().text(file).is_some(), "{file}");
    }
    let seen = server.seen().len();
    let sandbox = sandbox.alone();
    let done = sandbox.nothing_changes(&["add", "--override", "click==8.1.8"]);
    assert!(done.success().stdout.contains("nothing to do"));
    let before = sandbox.files();
    drop(sandbox.there(&["add", "--python", "pandas"]).success());
    drop(sandbox.there(&["remove", "--python", "pandas"]).success());
    assert_same(&before, &sandbox.files(), "there and back");
    // The base is made again, too, from what is kept.
    drop(sandbox.shell("rm -r d/.floxwright/base").success());
    drop(sandbox.there(&["add", "dagster"]).success());
    assert_same(&before, &sandbox.files(), "the base");
    assert_eq!(server.seen().len(), seen);
}

#[test]
fn what_is_kept_follows_what_is_built() {
    let server = index();
    let sandbox = made(&server);
    let before = sandbox.files();
    drop(sandbox.there(&["add", "dagster-postgres"]).success());
    let more = sandbox.text(FILES[0]);
    assert!(more.contains("\"dagster-postgres\""), "{more}");
    drop(sandbox.there(&["remove", "dagster-postgres"]).success());
    assert_same(&before, &sandbox.files(), "there and back");
    drop(sandbox.there(&["remove", "--override", "click"]).success());
    assert!(sandbox.files().text(FILES[1]).is_none());
    // It is the same as if it had never been otherwise, whatever the day.
    let other = Sandbox::new()
        .with_env("FLOXWRIGHT_PYPI", &server.url())
        .with_env("SOURCE_DATE_EPOCH", "1900000000");
    drop(
        other
            .run(&["new", "d", "--yes", "--release", RELEASE])
            .success(),
    );
    assert_same(&other.files(), &sandbox.files(), "the day");
}

#[test]
fn what_the_scaffold_carries_is_not_kept() {
    let sandbox = super::made(&["--package", "all"]);
    for file in FILES {
        assert!(sandbox.files().text(file).is_none(), "{file}");
    }
    // A file that is left over goes with the next change.
    let server = index();
    let text = made(&server).text(FILES[0]);
    sandbox.write(&format!("d/{}", FILES[0]), text);
    drop(sandbox.there(&["add", "--python", "pandas"]).success());
    assert!(sandbox.files().text(FILES[0]).is_none());
}

#[test]
fn a_missing_file_is_read_again() {
    let server = index();
    let sandbox = made(&server);
    let before = sandbox.files();
    for file in FILES {
        drop(sandbox.shell(&format!("rm d/{file}")).success());
    }
    drop(sandbox.there(&["add", "dagster"]).success());
    assert_same(&before, &sandbox.files(), "read again");
    for file in FILES {
        drop(sandbox.shell(&format!("rm d/{file}")).success());
    }
    let sandbox = sandbox.alone();
    let done = sandbox.nothing_changes(&["add", "--python", "pandas"]);
    drop(done.exit(1).says(&["not ready-made", "stay offline"]));
}

#[test]
fn a_damaged_file_is_one_clear_error() {
    let server = index();
    let sandbox = made(&server);
    let check = |file: &str, from: &str, to: &str, code: i32, says: &str| {
        let good = sandbox.text(file);
        sandbox.edit(file, from, to);
        let done = sandbox
            .nothing_changes(&["add", "dagster-postgres"])
            .exit(code);
        assert_eq!(done.stderr.matches("error: ").count(), 1, "{}", done.stderr);
        drop(done.says(&[file, says, "hint: "]));
        sandbox.write(&format!("d/{file}"), good);
    };
    let [release, third] = FILES;
    check(release, "\"schema\": 1", "\"schema\": 7", 1, "schema 7");
    check(release, "{", "[", 1, "not a release file");
    check(
        release,
        "{",
        "<<<<<<< a\n{\n=======\n>>>>>>> b\n",
        3,
        "markers of a conflict",
    );
    check(
        release,
        "\"dagster-pipes\": {",
        "\"dagster-pip\": {",
        1,
        "no `dagster-pipes`",
    );
    check(
        release,
        "\"version\": \"1.12.14\"",
        "\"version\": \"1.12.13\"",
        1,
        "1.12.13, and the lock has 1.12.14",
    );
    check(third, "\"schema\": 1", "\"schema\": 7", 1, "schema 7");
    check(
        third,
        "\"python\": ",
        "\"snake\": ",
        1,
        "unknown field `snake`",
    );
    check(third, "}\n", "", 1, "not a file of third parties");
}

#[test]
fn more_than_is_kept_can_be_asked_for() {
    let server = index();
    let sandbox = made(&server);
    let done = sandbox.there(&["add", "--all"]).success();
    assert!(
        done.stdout.contains("dagster-postgres 0.28.14"),
        "{}",
        done.stdout
    );
    let other = made(&server);
    drop(other.there(&["add", "--category", "database"]).success());
    assert_same(&other.files(), &sandbox.files(), "all there is of it");
}
