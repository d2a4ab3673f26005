//! The monorepo at a tag whose hash the catalogue does not have: found, downloaded, hashed, compared; and all that can go wrong.

#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use crate::sandbox::Sandbox;
use crate::test_server::{Replies, Reply, Server};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::time::Duration;
use tar::{Builder, EntryType, Header};

/// A ready-made release of which the catalogue has no hash.
const RELEASE: &str = "1.12.22";

const NEW: [&str; 8] = [
    "new",
    "d",
    "--yes",
    "--release",
    RELEASE,
    "--source",
    "github",
    "--no-commit",
];

const ARCHIVE: &str = "/dagster-io/dagster/archive/refs/tags/1.12.22.tar.gz";

const TAGS: &str = "/dagster-io/dagster.git/info/refs?service=git-upload-pack";

/// The packages of the tree: directory, name, module.
const PACKAGES: [(&str, &str, &str); 5] = [
    ("python_modules/dagster", "dagster", "dagster"),
    (
        "python_modules/dagster-graphql",
        "dagster-graphql",
        "dagster_graphql",
    ),
    (
        "python_modules/dagster-pipes",
        "dagster-pipes",
        "dagster_pipes",
    ),
    (
        "python_modules/dagster-webserver",
        "dagster-webserver",
        "dagster_webserver",
    ),
    (
        "python_modules/libraries/dagster-shared",
        "dagster-shared",
        "dagster_shared",
    ),
];

/// The files of the tree.
fn files(version: &str) -> Vec<(String, String)> {
    let mut files = vec![("README.md".to_owned(), "A tree.\n".to_owned())];
    for (directory, name, module) in PACKAGES {
        let project = format!(
            "[build-system]\nrequires = [\"hatchling\"]\nbuild-backend = \"hatchling.build\"\n\n[project]\nname = \"{name}\"\nversion = \"{version}\"\n"
        );
        files.push((format!("{directory}/pyproject.toml"), project));
        files.push((format!("{directory}/{module}/__init__.py"), String::new()));
    }
    files
}

fn archive_of(top: &str, files: &[(String, String)]) -> Vec<u8> {
    let mut builder = Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (path, text) in files {
        let mut header = Header::new_ustar();
        header.set_size(text.len() as u64);
        header.set_mode(0o664);
        let path = format!("{top}/{path}");
        builder
            .append_data(&mut header, path, text.as_bytes())
            .unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}

fn archive() -> Vec<u8> {
    archive_of("dagster-1.12.22", &files(RELEASE))
}

/// A server with tags and one archive.
fn replies(archive: Vec<Reply>) -> Replies {
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let tags = format!("{commit}\trefs/tags/1.12.21\n{commit}\trefs/tags/1.12.22\n");
    [
        (TAGS.to_owned(), vec![(200, tags.into_bytes()).into()]),
        (ARCHIVE.to_owned(), archive),
    ]
    .into()
}

fn sandbox(server: &Server) -> Sandbox {
    Sandbox::new().with_env("FLOXWRIGHT_GITHUB", &server.url())
}

/// How often the archive was asked for.
fn downloads(server: &Server) -> usize {
    let seen = server.seen();
    seen.iter().filter(|one| one.starts_with(ARCHIVE)).count()
}

/// The hash of the tree, by the way of the files on disk.
fn hash(sandbox: &Sandbox) -> String {
    for (path, text) in files(RELEASE) {
        sandbox.write(&format!("tree/{path}"), text);
    }
    let hash = sandbox.run(&["hash", "tree"]).success().stdout;
    hash.trim().to_owned()
}

/// The repository that was made names the hash of the archive.
#[track_caller]
fn holds_the_hash(sandbox: &Sandbox) {
    let tree = sandbox.tree("d");
    let release = tree.text(".flox/pkgs/release.json").unwrap();
    assert!(release.contains(&hash(sandbox)), "{release}");
}

#[test]
fn it_is_downloaded_once_and_stays_as_locked() {
    let server = Server::start(replies(vec![(200, archive()).into()]));
    let sandbox = sandbox(&server);
    let done = sandbox.run(&NEW).success();
    // The tree of this test declares less than the packages that were published.
    let done = done.says(&["warning: the range of Pythons of `dagster` is nothing in the source tree and `>=3.10, <3.15` in the wheel"]);
    drop(done.says(&["109 more differences between the tree of Dagster and the package index"]));
    let hash = hash(&sandbox);
    let release = sandbox
        .tree("d")
        .text(".flox/pkgs/release.json")
        .unwrap()
        .to_owned();
    assert!(release.contains(&hash), "{hash} in {release}");
    assert_eq!(downloads(&server), 1);
    // What is locked stays: nobody is asked, not even the cache.
    drop(sandbox.shell("rm -r \"$XDG_CACHE_HOME\"").success());
    let seen = server.seen().len();
    drop(
        sandbox
            .run(&["--offline", "-C", "d", "add", "dagster-postgres"])
            .success(),
    );
    assert_eq!(server.seen().len(), seen);
    let release = sandbox
        .tree("d")
        .text(".flox/pkgs/release.json")
        .unwrap()
        .to_owned();
    assert!(release.contains(&hash), "{hash} in {release}");
}

#[test]
fn what_is_in_the_cache_is_not_downloaded_again() {
    let server = Server::start(replies(vec![(200, archive()).into()]));
    let sandbox = sandbox(&server);
    drop(sandbox.run(&NEW).success());
    let made = sandbox.tree("d");
    let sandbox = sandbox.working_in("again");
    drop(sandbox.run(&NEW).success());
    assert_eq!(downloads(&server), 1);
    let seen = server.seen().len();
    let sandbox = sandbox.working_in("offline");
    drop(sandbox.run(&[&["--offline"], &NEW[..]].concat()).success());
    assert_eq!(server.seen().len(), seen);
    crate::routes::assert_same(&made, &sandbox.tree("d"), "from the cache");
    // A damaged archive is not trusted.
    let damage = "for f in \"$XDG_CACHE_HOME\"/floxwright/whole/*; do printf x >> \"$f\"; done";
    drop(sandbox.shell(damage).success());
    let sandbox = sandbox.working_in("damaged");
    drop(sandbox.run(&NEW).success());
    assert_eq!(downloads(&server), 2);
    crate::routes::assert_same(&made, &sandbox.tree("d"), "after damage");
}

#[test]
fn what_breaks_off_is_taken_up_again() {
    let whole = archive();
    let half = whole.len() / 2;
    let first = Reply::short(whole[..half].to_vec(), whole.len()).tagged("a");
    // Only whoever asks for the rest alone gets the right bytes.
    let mut rest = vec![0; half];
    rest.extend_from_slice(&whole[half..]);
    let rest = Reply::parts(rest).tagged("a");
    let server = Server::start(replies(vec![first, rest]));
    let sandbox = sandbox(&server);
    drop(sandbox.run(&NEW).success());
    assert_eq!(downloads(&server), 2);
    holds_the_hash(&sandbox);
}

#[test]
fn what_changed_meanwhile_is_fetched_from_its_beginning() {
    let whole = archive();
    let first = Reply::short(vec![0; whole.len() / 2], whole.len()).tagged("a");
    let server = Server::start(replies(vec![first, Reply::parts(whole).tagged("b")]));
    let sandbox = sandbox(&server);
    drop(sandbox.run(&NEW).success());
    holds_the_hash(&sandbox);
}

#[test]
fn an_update_downloads_the_tree_of_the_other_tag() {
    let mut both = replies(vec![(200, archive()).into()]);
    let commit = "1".repeat(40);
    let tags = format!("{commit}\trefs/tags/{RELEASE}\n{commit}\trefs/tags/1.13.27\n");
    both.insert(TAGS.to_owned(), vec![(200, tags.into_bytes()).into()]);
    let next = archive_of("dagster-1.13.27", &files("1.13.27"));
    let path = ARCHIVE.replace(RELEASE, "1.13.27");
    both.insert(path, vec![(404, Vec::new()).into(), (200, next).into()]);
    let server = Server::start(both);
    let sandbox = sandbox(&server);
    drop(sandbox.run(&NEW[..7]).success());
    let before = sandbox.tree("d");
    let update = ["-C", "d", "update", "1.13.27"];
    let done = sandbox.run(&update).exit(1);
    drop(done.says(&["dagster-io/dagster at the tag `1.13.27` cannot be downloaded"]));
    crate::routes::assert_same(&before, &sandbox.tree("d"), "after a failure");
    drop(sandbox.run(&update).success());
    for (path, text) in files("1.13.27") {
        sandbox.write(&format!("next/{path}"), text);
    }
    let hash = sandbox.run(&["hash", "next"]).success().stdout;
    let made = sandbox.tree("d");
    let release = made.text(".flox/pkgs/release.json").unwrap();
    assert!(release.contains(hash.trim()), "{hash} in {release}");
    assert!(release.contains("\"tag\": \"1.13.27\""), "{release}");
}

/// One clear error, and nothing was made.
fn check_refused(replies: Replies, says: &[&str]) {
    let server = Server::start(replies);
    let sandbox = sandbox(&server).with_env("FLOXWRIGHT_TIMEOUT", "0.3");
    let before = sandbox.entries();
    let done = sandbox.run(&NEW).exit(1).says(says);
    let errors = done.stderr.lines().filter(|line| line.starts_with("error"));
    assert!(errors.count() >= 1, "{}", done.stderr);
    let hint = "hint: `--source pypi` takes each package's sdist";
    assert!(done.stderr.contains(hint), "{}", done.stderr);
    assert_eq!(sandbox.entries(), before);
}

#[test]
fn a_server_that_gives_something_else_is_refused() {
    let check = |reply: Reply, says: &[&str]| check_refused(replies(vec![reply]), says);
    let whole = archive();
    let not_the_monorepo = "1.12.22.tar.gz` gives is not the monorepo";
    check(
        (404, Vec::new()).into(),
        &[
            "dagster-io/dagster at the tag `1.12.22` cannot be downloaded",
            "the server does not have it",
        ],
    );
    check(
        (500, Vec::new()).into(),
        &["the server answers with status 500"],
    );
    check(
        (200, b"<!DOCTYPE html>\n<title>Sign in</title>".to_vec()).into(),
        &[
            not_the_monorepo,
            "it is no tar file, and begins with `<!DOCTYPE html>`",
        ],
    );
    check(
        Reply::short(whole[..whole.len() / 2].to_vec(), whole.len()),
        &["cannot be downloaded", "bytes (several attempts)"],
    );
    check(
        (200, whole[..whole.len() / 2].to_vec()).into(),
        &[not_the_monorepo, "the archive cannot be read"],
    );
    check(
        Reply::redirect(ARCHIVE),
        &["the server sends to another address more than 5 times"],
    );
    check(
        Reply::slow(whole, Duration::from_secs(1)),
        &["the server is silent or slow for too long"],
    );
}

#[test]
fn another_tree_is_refused() {
    let check = |bytes: Vec<u8>, says: &[&str]| {
        check_refused(replies(vec![(200, bytes).into()]), says);
    };
    check(
        archive_of("dagster-1.12.21", &files("1.12.21")),
        &[
            "`dagster` is 1.12.21 in the tree at the tag `1.12.22`, and 1.12.22 at the release 1.12.22",
            "python_modules/dagster/pyproject.toml:7:",
        ],
    );
    check(
        archive_of("x", &files(RELEASE)[..4]),
        &["`dagster-pipes` is not in the tree at the tag `1.12.22`"],
    );
    let mut builder = Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for top in ["x/", "y/"] {
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Directory);
        header.set_size(0);
        header.set_mode(0o755);
        builder
            .append_data(&mut header, top, std::io::empty())
            .unwrap();
    }
    check(
        builder.into_inner().unwrap().finish().unwrap(),
        &["the archive has more than one directory at its top, `x` and `y`"],
    );
}

#[test]
fn a_tag_that_is_not_there_is_refused() {
    let mut without = replies(Vec::new());
    let tags = format!("{}\trefs/tags/1.12.21\n", "1".repeat(40));
    without.insert(TAGS.to_owned(), vec![(200, tags.into_bytes()).into()]);
    check_refused(
        without,
        &[
            "dagster.git` has no tag `1.12.22`",
            "the nearest of its 1 tags is `1.12.21`",
        ],
    );
    check_refused(
        Replies::new(),
        &[
            "the tags of `http://127.0.0.1:",
            "cannot be read",
            "git says: ",
        ],
    );
}

#[test]
fn offline_only_the_cache_is_asked() {
    let server = Server::start(replies(vec![(200, archive()).into()]));
    let sandbox = sandbox(&server);
    let before = sandbox.entries();
    let done = sandbox.run(&[&["--offline"], &NEW[..]].concat());
    drop(
        done.exit(1)
            .says(&["told to stay offline, and its cache does not have it"]),
    );
    assert_eq!(sandbox.entries(), before);
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn what_stands_in_for_github_is_an_address() {
    let sandbox = Sandbox::new().with_env("FLOXWRIGHT_GITHUB", "--upload-pack=x");
    let done = sandbox.run(&NEW).exit(2);
    drop(done.says(&["`FLOXWRIGHT_GITHUB`: `--upload-pack=x` is no address"]));
}
