//! `hash`: of files, directories, links, archives and addresses; and what it refuses.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "these tests make trees, and end when their tools fail"
)]

use crate::sandbox::Sandbox;
use crate::test_server::{Reply, Server};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::ffi::OsStr;
use std::fs::{Permissions, set_permissions};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use tar::{Builder, Header};

/// What Nix says of the tree that [`tree`] makes.
const TREE: &str = "sha256-BH/p/dK9wpVuNfYhea2As/m3SsvSx6pwEIQEC0vEtgM=";

/// A small tree with an executable file, an empty file, empty directories and a link.
fn tree(sandbox: &Sandbox) {
    for (path, text) in [
        ("t/f", "hello\n"),
        ("t/d/x", "#!/bin/sh\n"),
        ("t/d/empty", ""),
        ("t/a.b", ""),
    ] {
        sandbox.write(path, text);
    }
    for path in ["t/d/e", "t/a"] {
        std::fs::create_dir(sandbox.path(path)).unwrap();
    }
    set_permissions(sandbox.path("t/d/x"), Permissions::from_mode(0o744)).unwrap();
    symlink("../f", sandbox.path("t/d/l")).unwrap();
}

/// The tree in a plain tar file, below a directory of this name.
fn tar_of(sandbox: &Sandbox, top: &str) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    builder.follow_symlinks(false);
    builder.append_dir_all(top, sandbox.path("t")).unwrap();
    builder.into_inner().unwrap()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn check(sandbox: &Sandbox, arguments: &[&str], expected: &str) {
    let done = sandbox.run(&[&["hash"], arguments].concat()).success();
    assert_eq!(done.stdout, format!("{expected}\n"), "{arguments:?}");
    assert_eq!(done.stderr, "", "{arguments:?}");
}

#[test]
fn files_trees_links_and_archives_have_the_hash_that_nix_gives_them() {
    let sandbox = Sandbox::new();
    tree(&sandbox);
    let tar = tar_of(&sandbox, "some-1.0");
    sandbox.write("a.tar", &tar);
    sandbox.write("a.tar.gz", gzipped(&tar));
    sandbox.write("with space.TGZ", gzipped(&tar));
    let file = "sha256-HDfQGvQL4ugGkd48w99EN3ppmvuxfGjwgJZLL9Bx/BM=";
    check(&sandbox, &["t"], TREE);
    check(&sandbox, &["t/f"], file);
    check(
        &sandbox,
        &["t/d/l"],
        "sha256-k1Wi4rFw0EOWM39/mBoTOjpdZlKCzXquLIBI9yLY9zM=",
    );
    check(&sandbox, &["a.tar"], TREE);
    check(&sandbox, &["a.tar.gz"], TREE);
    let address = format!("file://{}", sandbox.path("with%20space.TGZ").display());
    check(&sandbox, &[&address], TREE);
    let address = format!("file://{}", sandbox.path("t/f").display());
    check(&sandbox, &[&address], file);
    // `sha256sum` and base64 of the text.
    let flat = "sha256-WJG1tSLV3whtD/CxEPvZ0hu0/HFjrzTQgoai6Eb2vgM=";
    check(&sandbox, &["--flat", "t/f"], flat);
    let odd = OsStr::from_bytes(b"t/\xff\n");
    std::fs::write(
        sandbox.path("t").join(OsStr::from_bytes(b"\xff\n")),
        "hello\n",
    )
    .unwrap();
    let done = sandbox.run(&[OsStr::new("hash"), odd]).success();
    assert_eq!(done.stdout, format!("{file}\n"));
    let done = sandbox.run(&["hash", "--format", "json", "a.tar.gz"]);
    let value: serde_json::Value = serde_json::from_str(&done.success().stdout).unwrap();
    let expected = serde_json::json!({ "hash": TREE, "kind": "archive", "files": 4, "bytes": 16 });
    assert_eq!(value, expected);
    for (place, kind) in [("t", "directory"), ("t/f", "file"), ("t/d/l", "symlink")] {
        let done = sandbox.run(&["hash", "--format", "json", place]);
        let value: serde_json::Value = serde_json::from_str(&done.success().stdout).unwrap();
        assert_eq!(value["kind"], kind);
    }
}

#[test]
fn an_address_is_asked_again_only_for_what_is_new() {
    let sandbox = Sandbox::new();
    tree(&sandbox);
    let one = gzipped(&tar_of(&sandbox, "one"));
    sandbox.write("t/f", "other\n");
    let two = gzipped(&tar_of(&sandbox, "two"));
    let path = "/archive/v1".to_owned();
    let replies = vec![
        Reply::from((200, one)).tagged("1"),
        Reply::from((500, Vec::new())).tagged("1"),
        Reply::from((200, two)).tagged("2"),
    ];
    let server = Server::start([(path.clone(), replies)].into());
    let address = format!("{}{path}", server.url());
    check(&sandbox, &[&address], TREE);
    // The server's answer of 500 becomes one that says that nothing is new.
    check(&sandbox, &[&address], TREE);
    let done = sandbox.run(&["hash", &address]).success();
    assert_ne!(done.stdout, format!("{TREE}\n"));
    let done = sandbox.run(&["hash", "t"]).success().stdout;
    check(&sandbox, &["--offline", &address], done.trim());
    assert_eq!(server.seen().len(), 3);
}

#[test]
fn what_cannot_be_hashed_is_refused() {
    let sandbox = Sandbox::new();
    tree(&sandbox);
    let tar = tar_of(&sandbox, "a");
    let gz = gzipped(&tar);
    sandbox.write("a.tar.xz", "x");
    sandbox.write("page.tar.gz", "<!DOCTYPE html>\n");
    sandbox.write("empty.tar.gz", "");
    sandbox.write("cut.tar", &tar[..1500]);
    sandbox.write("cut.tar.gz", &gz[..gz.len() / 2]);
    let mut damaged = gz.clone();
    let sum = damaged.len() - 6;
    damaged[sum] ^= 1;
    sandbox.write("damaged.tar.gz", damaged);
    let mut builder = Builder::new(Vec::new());
    let mut header = Header::new_gnu();
    header.set_size(0);
    header.set_mode(0o644);
    builder
        .append_data(&mut header, "alone", std::io::empty())
        .unwrap();
    sandbox.write("alone.tar", builder.into_inner().unwrap());
    drop(sandbox.shell("mkfifo pipe").success());
    for (arguments, code, says) in [
        (&["nothing"][..], 1, "No such file or directory"),
        (&[""], 2, "it is empty"),
        (&["--flat", "t"], 1, "it is a directory"),
        (&["pipe"], 1, "it is a named pipe"),
        (&["/dev/null"], 1, "it is a device"),
        (&["a.tar.xz"], 1, "only `.tar.gz`, `.tgz` and `.tar`"),
        (&["page.tar.gz"], 1, "begins with `<!DOCTYPE html>`"),
        (&["empty.tar.gz"], 1, "begins with ``"),
        (&["cut.tar"], 1, "the archive cannot be read"),
        (&["cut.tar.gz"], 1, "the archive cannot be read"),
        (
            &["damaged.tar.gz"],
            1,
            "the archive cannot be read: corrupt",
        ),
        (&["alone.tar"], 1, "`alone` lies at the top of the archive"),
        (&["ftp://host/x"], 2, "an address begins with"),
        (&["https://"], 2, "names no server"),
        (&["file://t/f"], 2, "`file:///` and its path"),
        (&["file:///%zz"], 2, "`file:///` and its path"),
        (&["http://127.0.0.1:9/x.tar.gz"], 1, "cannot fetch"),
        (&["--offline", "http://h/x"], 1, "told to stay offline"),
    ] {
        let done = sandbox.run(&[&["hash"], arguments].concat()).exit(code);
        assert_eq!(done.stdout, "", "{arguments:?}");
        drop(done.says(&["error: ", says]));
    }
}
