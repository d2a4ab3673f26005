//! What a template may not hold, and servers that do not answer.

#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use super::{generate, refuses, small};
use crate::sandbox::Sandbox;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

#[test]
fn what_is_no_file_is_refused() {
    let sandbox = small();
    drop(sandbox.shell("mkfifo t/pipe").success());
    refuses(
        &sandbox,
        "t -n p",
        1,
        &["the template `t` cannot be read", "t/pipe`: it is a pipe"],
    );
    drop(sandbox.shell("rm t/pipe").success());
    let socket = UnixListener::bind(sandbox.path("t/s")).unwrap();
    refuses(&sandbox, "t -n p", 1, &["it is a socket"]);
    drop(socket);
}

#[test]
fn links_are_left_out_and_told() {
    let sandbox = small();
    symlink("/etc/passwd", sandbox.path("t/link")).unwrap();
    let done = generate(&sandbox, "t -n p").success();
    assert!(done.stderr.contains("link"), "{}", done.stderr);
    assert!(!sandbox.path("p/link").exists());
}

#[test]
fn a_name_is_needed_and_nobody_is_asked() {
    let sandbox = small();
    refuses(&sandbox, "t", 5, &["hint: `--name NAME` gives it"]);
    refuses(&sandbox, "t --silent", 2, &["--name <NAME>"]);
    refuses(&sandbox, "", 2, &["Usage: floxwright generate"]);
    refuses(&sandbox, "t -n p --quiet", 2, &["--continue-on-error"]);
    refuses(&sandbox, "-g t -p t -n p", 2, &["cannot be used with"]);
    refuses(&sandbox, "t -b a -t b -n p", 2, &["cannot be used with"]);
    refuses(
        &sandbox,
        "t -n p --vcs svn",
        2,
        &["possible values: git, none"],
    );
}

/// A server that reads what it is asked and says this; the address of a repository there.
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
    format!("http://{address}/a/b.git")
}

fn impatient() -> Sandbox {
    Sandbox::new().with_env("FLOXWRIGHT_TIMEOUT", "0.1")
}

#[test]
fn a_server_that_hangs_does_not_hold_the_run() {
    let address = server("");
    let says = format!("error: the repository `{address}` cannot be copied");
    refuses(
        &impatient(),
        &format!("{address} -n p"),
        1,
        &[&says, "cause: "],
    );
}

#[test]
fn a_password_is_never_asked_for() {
    let address = server(
        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    );
    let says = [
        "the server wants a password or a key",
        "hint: set up a key or a credential helper",
    ];
    refuses(&Sandbox::new(), &format!("-g {address} -n p"), 1, &says);
}

#[test]
fn a_server_without_the_repository_says_so() {
    let address =
        server("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    refuses(
        &Sandbox::new(),
        &format!("-g {address} -n p"),
        1,
        &["git says: ", "not found"],
    );
}

#[test]
fn a_helper_of_git_that_runs_programs_is_not_used() {
    let sandbox = Sandbox::new();
    let mark = sandbox.path("mark").display().to_string();
    refuses(
        &sandbox,
        &format!("--git ext::touch%20{mark} -n p"),
        1,
        &["cannot be copied"],
    );
    assert!(!sandbox.path("mark").exists());
}
