//! Servers of git that refuse, want a password, or say nothing: each command that asks one ends soon with one error and leaves nothing.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "these tests are servers, and end when their tools fail"
)]

use crate::sandbox::Sandbox;
use std::fs::Permissions;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

const PASSWORD: &str = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

const MISSING: &str = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// How long a run may take where the patience is a tenth of a second, on a machine with other work.
const SOON: Duration = Duration::from_secs(20);

/// A commit that nobody has.
const COMMIT: &str = "1234567890123456789012345678901234567890";

/// The ways to ask a server of git. `URL` is a repository there.
const WAYS: [&[&str]; 4] = [
    &["generate", "--git", "URL", "-n", "p"],
    &["new", "d", "--yes", "--scaffold", "URL"],
    &[
        "new",
        "d",
        "--yes",
        "--scaffold",
        "URL#1234567890123456789012345678901234567890:a",
    ],
    &["list", "packages", "--scaffold", "URL"],
];

/// A server that reads what it is asked and says this, or nothing for ever; where it listens.
fn server(says: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            if says.is_empty() {
                kept.push(stream);
                continue;
            }
            let mut asked = [0; 4096];
            if stream.read(&mut asked).is_ok() {
                stream.write_all(says.as_bytes()).ok();
            }
        }
    });
    address.to_string()
}

fn impatient() -> Sandbox {
    Sandbox::new().with_env("FLOXWRIGHT_TIMEOUT", "0.1")
}

/// The run ends with 1, soon, says this, asks nothing, and leaves nothing.
#[track_caller]
fn check(sandbox: &Sandbox, words: &[&str], says: &[&str]) {
    let before = sandbox.entries();
    let began = Instant::now();
    let done = sandbox.run(words).exit(1).says(says);
    let took = began.elapsed();
    assert!(took < SOON, "{words:?} took {took:?}");
    assert_eq!(done.stderr.matches("error: ").count(), 1, "{}", done.stderr);
    assert_eq!(sandbox.entries(), before, "{words:?} left something");
}

#[track_caller]
fn every_way(sandbox: &Sandbox, url: &str, says: &[&str]) {
    for way in WAYS {
        let words: Vec<String> = way.iter().map(|word| word.replace("URL", url)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        check(sandbox, &words, says);
    }
}

#[test]
fn a_server_that_says_nothing_does_not_hold_the_run() {
    let listens = server("");
    let sandbox = impatient();
    every_way(&sandbox, &format!("http://{listens}/a/b.git"), &["cause: "]);
    let slow = [
        "cause: it did not come within",
        "hint: `FLOXWRIGHT_TIMEOUT`",
    ];
    every_way(&sandbox, &format!("git://{listens}/a/b.git"), &slow);
}

#[test]
fn a_password_is_never_asked_for() {
    let says = [
        "the server wants a password or a key",
        "hint: set up a key or a credential helper",
    ];
    let url = format!("http://{}/a/b.git", server(PASSWORD));
    every_way(&Sandbox::new(), &url, &says);
}

#[test]
fn a_server_without_the_repository_says_so() {
    let url = format!("http://{}/a/b.git", server(MISSING));
    every_way(&Sandbox::new(), &url, &["git says: ", "not found"]);
}

/// A sandbox where SSH is this script.
fn ssh(script: &str) -> Sandbox {
    let sandbox = impatient();
    sandbox.write("ssh", format!("#!/bin/sh\n{script}\n"));
    let path = sandbox.path("ssh");
    std::fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
    sandbox.with_env("GIT_SSH", path.to_str().unwrap())
}

#[test]
fn ssh_asks_nobody() {
    let refuses = ssh("echo \"x: Permission denied ($*)\" >&2; exit 255");
    let says = ["the server wants a password or a key", "-o BatchMode=yes"];
    every_way(&refuses, "git@127.0.0.1:a/b.git", &says);
    // It hears that git is gone.
    let silent = ssh("cat >/dev/null");
    every_way(
        &silent,
        "ssh://127.0.0.1/a/b.git",
        &["it did not come within"],
    );
}

#[test]
fn the_upstream_may_be_silent_too() {
    for (says, told) in [
        ("", "cause: "),
        (PASSWORD, "the server wants a password or a key"),
        (MISSING, "not found"),
    ] {
        let sandbox =
            impatient().with_env("FLOXWRIGHT_GITHUB", &format!("http://{}", server(says)));
        let new = ["new", "d", "--yes", "--release", "1.13.27", "--no-commit"];
        check(
            &sandbox,
            &[&new[..], &["--rev", "master"]].concat(),
            &[told],
        );
        drop(sandbox.run(&new).success());
        let sandbox = sandbox.working_in("d");
        check(&sandbox, &["update", "--rev", "master"], &[told]);
    }
}

#[test]
fn a_run_that_gave_up_does_not_hold_the_next() {
    let sandbox = impatient();
    let url = format!("git://{}/a/b.git#{COMMIT}", server(""));
    let words = ["new", "d", "--yes", "--scaffold", &url];
    check(&sandbox, &words, &["it did not come within"]);
    check(&sandbox, &words, &["it did not come within"]);
    let store = sandbox.root().join("home/cache/floxwright/scaffolds.git");
    let locks = std::fs::read_dir(store).unwrap().flatten();
    let names = locks.map(|entry| entry.file_name().into_string().unwrap());
    let locks: Vec<String> = names.filter(|name| name.contains(".lock")).collect();
    assert_eq!(locks, Vec::<String>::new());
}
