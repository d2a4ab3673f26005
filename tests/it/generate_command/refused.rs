//! What a template may not hold, and what a command line may not say.

use super::{generate, refuses, small};
use crate::sandbox::Sandbox;
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
