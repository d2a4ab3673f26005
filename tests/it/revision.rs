//! The monorepo at a branch or commit: which one it is, what is made of it, how it moves, and what is refused.

use crate::sandbox::{Done, Sandbox};
use crate::test_server::{Replies, Server};
use flate2::Compression;
use flate2::write::GzEncoder;
use tar::{Builder, Header};

const REFS: &str = "/dagster-io/dagster.git/info/refs?service=git-upload-pack";

/// The packages of the tree: directory, name, module, what it requires of the others.
const PACKAGES: [(&str, &str, &str, &[&str]); 6] = [
    (
        "python_modules/dagster",
        "dagster",
        "dagster",
        &["dagster-shared==1!0+dev"],
    ),
    (
        "python_modules/dagster-graphql",
        "dagster-graphql",
        "dagster_graphql",
        &["dagster==1!0+dev"],
    ),
    (
        "python_modules/dagster-pipes",
        "dagster-pipes",
        "dagster_pipes",
        &[],
    ),
    (
        "python_modules/dagster-webserver",
        "dagster-webserver",
        "dagster_webserver",
        &["dagster==1!0+dev", "dagster-graphql==1!0+dev"],
    ),
    (
        "python_modules/libraries/dagster-shared",
        "dagster-shared",
        "dagster_shared",
        &[],
    ),
    (
        "python_modules/libraries/dagster-postgres",
        "dagster-postgres",
        "dagster_postgres",
        &["dagster==1!0+dev", "psycopg2-binary"],
    ),
];

fn commit(digit: char) -> String {
    digit.to_string().repeat(40)
}

/// An archive of the tree; its packages have this version.
fn archive(version: &str) -> Vec<u8> {
    let mut builder = Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (directory, name, module, requires) in PACKAGES {
        let project = format!(
            "[build-system]\nrequires = [\"hatchling\"]\nbuild-backend = \"hatchling.build\"\n\n[project]\nname = \"{name}\"\nversion = \"{version}\"\nrequires-python = \">=3.10,<3.15\"\ndependencies = {requires:?}\n"
        );
        for (path, text) in [
            (format!("top/{directory}/pyproject.toml"), project),
            (
                format!("top/{directory}/{module}/__init__.py"),
                String::new(),
            ),
        ] {
            let mut header = Header::new_ustar();
            header.set_size(text.len() as u64);
            header.set_mode(0o664);
            let added = builder.append_data(&mut header, path, text.as_bytes());
            added.expect("a tree of this test is an archive");
        }
    }
    let packed = builder.into_inner().and_then(GzEncoder::finish);
    packed.expect("bytes can be packed")
}

/// A server where `master` is at the commit of these digits, one after the other.
fn server(master: &[char], version: &str) -> Server {
    let refs = |digit: &char| {
        let other = commit('9');
        let list = format!(
            "{}\trefs/heads/master\n{other}\trefs/heads/both\n{}\trefs/tags/both\n{other}\trefs/heads/gone\n",
            commit(*digit),
            commit('8'),
        );
        (200, list.into_bytes()).into()
    };
    let mut replies: Replies = [(REFS.to_owned(), master.iter().map(refs).collect())].into();
    for digit in master {
        let path = format!("/dagster-io/dagster/archive/{}.tar.gz", commit(*digit));
        replies.insert(path, vec![(200, archive(version)).into()]);
    }
    Server::start(replies)
}

fn sandbox(server: &Server) -> Sandbox {
    Sandbox::new().with_env("FLOXWRIGHT_GITHUB", &server.url())
}

/// `new` of the release, without a commit.
const NEW: [&str; 6] = ["new", "d", "--yes", "--release", "1.13.27", "--no-commit"];

fn new<'a>(rev: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&NEW[..], &["--rev", rev], more].concat()
}

/// The repository, without what the last command keeps for `undo`.
fn made(sandbox: &Sandbox) -> floxwright::tree::Tree {
    drop(sandbox.shell("rm -rf d/.floxwright/run").success());
    sandbox.tree("d")
}

/// Standard output holds each of these.
fn tells(done: &Done, parts: &[&str]) {
    for part in parts {
        assert!(done.stdout.contains(part), "no {part:?} in {}", done.stdout);
    }
}

/// The text of a file of the repository.
fn text(sandbox: &Sandbox, path: &str) -> String {
    sandbox.tree("d").text(path).unwrap_or_default().to_owned()
}

#[test]
fn a_branch_is_its_newest_commit_and_stays_there_until_it_is_updated() {
    let server = server(&['1', '2'], "1!0+dev");
    let sandbox = sandbox(&server);
    let done = sandbox
        .run(&new("master", &["--package", "dagster-postgres"]))
        .success();
    tells(
        &done,
        &[
            "made for Dagster 1.13.27+g1111111",
            "asked for: the monorepo at `master`",
        ],
    );
    let release = text(&sandbox, ".flox/pkgs/release.json");
    assert!(
        release.contains(&format!("\"rev\": \"{}\"", commit('1'))),
        "{release}"
    );
    assert!(!release.contains("\"tag\""), "{release}");
    let webserver = text(&sandbox, ".flox/pkgs/dagster-webserver.nix");
    for part in [
        "sed -i 's/1!0+dev/${release.version}/g'",
        "inherit (release.packages.dagster-webserver.lent) version hash;",
        "'*/dagster_webserver/webapp/build/*'",
        "test -f \"$out/",
    ] {
        assert!(webserver.contains(part), "{part} in {webserver}");
    }
    let lock = text(&sandbox, "floxwright.lock");
    assert!(lock.contains("dagster-shared==1.13.27+g1111111"), "{lock}");
    assert!(!lock.contains("1!0+dev"), "{lock}");
    // Nobody is asked where nothing new is needed.
    drop(sandbox.shell("rm -r \"$XDG_CACHE_HOME\"").success());
    let seen = server.seen().len();
    drop(
        sandbox
            .run(&["--offline", "-C", "d", "remove", "dagster-postgres"])
            .success(),
    );
    assert_eq!(server.seen().len(), seen);
    drop(
        sandbox
            .run(&["-C", "d", "add", "dagster-postgres"])
            .success(),
    );
    assert!(text(&sandbox, ".flox/pkgs/release.json").contains(&commit('1')));
    // The branch has moved.
    let done = sandbox.run(&["-C", "d", "update", "--yes"]).success();
    tells(
        &done,
        &[
            "1.13.27+g1111111 → 1.13.27+g2222222",
            "floxwright update --rev master",
        ],
    );
    let moved = made(&sandbox);
    assert!(
        moved
            .text(".flox/pkgs/release.json")
            .is_some_and(|text| text.contains(&commit('2')))
    );
    // A new repository at the same commit is the same.
    let again = sandbox.working_in("again");
    drop(
        again
            .run(&new("master", &["--package", "dagster-postgres"]))
            .success(),
    );
    crate::routes::assert_same(&made(&again), &moved, "moved there");
}

#[test]
fn a_release_ends_it() {
    let server = server(&['1'], "1!0+dev");
    let sandbox = sandbox(&server);
    drop(
        sandbox
            .run(&new(&commit('1'), &["--layout", "single"]))
            .success(),
    );
    // All digits of a commit need no list of branches.
    assert!(!server.seen().iter().any(|seen| seen.starts_with(REFS)));
    let file = text(&sandbox, ".flox/pkgs/dagster-complete.nix");
    assert!(
        file.contains("lent = {") && file.contains(&commit('1')),
        "{file}"
    );
    drop(
        sandbox
            .run(&["-C", "d", "update", "--yes", "--rev", "v1.13.27"])
            .success(),
    );
    let back = made(&sandbox);
    let plain = sandbox.working_in("plain");
    let words = [&NEW[..], &["--layout", "single"]].concat();
    drop(plain.run(&words).success());
    crate::routes::assert_same(&made(&plain), &back, "back at the release");
}

/// One clear error, and nothing is made.
fn check_refused(words: &[&str], exit: i32, version: &str, says: &[&str]) {
    let server = server(&['1'], version);
    let sandbox = sandbox(&server);
    let before = sandbox.entries();
    drop(sandbox.run(words).exit(exit).says(says));
    assert_eq!(sandbox.entries(), before);
}

#[test]
fn what_leads_to_no_commit_is_refused() {
    let check = |rev: &str, exit: i32, says: &[&str]| {
        check_refused(&new(rev, &[]), exit, "1!0+dev", says);
    };
    check(
        "mastre",
        1,
        &[
            "has no branch and no tag `mastre`",
            "did you mean `master`?",
        ],
    );
    check(
        "both",
        1,
        &[
            "has several commits for `both`",
            "`heads/both` is the branch",
        ],
    );
    check("abcdef0", 1, &["give all 40 digits"]);
    check("gone", 1, &["at the commit 9999", "cannot be downloaded"]);
    for odd in [
        "--rev=--upload-pack=x",
        "--rev=a b",
        "--rev=a..b",
        "--rev=$(x)",
        "--rev=a\nb",
    ] {
        let words = ["new", "d", "--yes", "--no-commit", odd];
        check_refused(&words, 2, "1!0+dev", &["is no branch, tag or commit"]);
    }
    let offline = [&["--offline"], &new("master", &[])[..]].concat();
    check_refused(
        &offline,
        1,
        "1!0+dev",
        &["only `http://127.0.0.1:", "knows which commit `master` is"],
    );
}

#[test]
fn what_is_no_development_tree_is_refused() {
    let check = |more: &[&str], version: &str, exit: i32, says: &[&str]| {
        check_refused(&new("master", more), exit, version, says);
    };
    check(
        &[],
        "1.13.26",
        1,
        &["`dagster` is 1.13.26, and not 1!0+dev as between releases"],
    );
    check(
        &["--package", "dagster-mysql"],
        "1!0+dev",
        2,
        &["no package `dagster-mysql` at the release 1.13.27+g1111111"],
    );
    check(
        &["--source", "pypi"],
        "1!0+dev",
        2,
        &["`master` is no release, and nobody published sdists of it"],
    );
}
