//! Making a repository is one rename: whatever happens, the target is absent or complete.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests make and look at files"
)]
#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use crate::cases::SEVERAL;
use crate::sandbox::{Sandbox, new_yes};
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;
use std::time::Duration;

const LEFTOVER: &str = ".d.floxwright-new";

#[test]
fn leftovers_of_a_killed_run_are_swept() {
    let sandbox = Sandbox::new();
    for files in [
        &["lock", "tree/README.md", "tree/.git/HEAD"][..],
        &["lock"],
        &["tree/a/b/c"],
    ] {
        for file in files {
            sandbox.write(&format!("{LEFTOVER}/{file}"), "left");
        }
        drop(sandbox.run(&new_yes("d", &[])).success());
        assert!(!sandbox.path(LEFTOVER).exists());
        assert!(!sandbox.tree("d").to_fixture().contains("\nleft\n"));
        fs::remove_dir_all(sandbox.path("d")).unwrap();
    }
    // An empty one, made just before the kill.
    fs::create_dir(sandbox.path(LEFTOVER)).unwrap();
    drop(sandbox.run(&new_yes("d", &[])).success());
}

#[test]
fn a_second_run_does_not_disturb_the_first() {
    let sandbox = Sandbox::new();
    sandbox.write(&format!("{LEFTOVER}/lock"), "");
    sandbox.write(&format!("{LEFTOVER}/tree/file"), "of the first");
    let lock = fs::File::open(sandbox.path(&format!("{LEFTOVER}/lock"))).unwrap();
    lock.lock().unwrap();
    let before = sandbox.entries();
    let done = sandbox
        .run(&new_yes("d", &[]))
        .exit(6)
        .says(&["error: another run of floxwright is making", "hint: "]);
    assert!(done.stdout.is_empty());
    assert_eq!(sandbox.entries(), before);
    drop(sandbox.run(&new_yes("other", &[])).success());
    drop(lock);
    drop(sandbox.run(&new_yes("d", &[])).success());
}

#[test]
fn an_empty_directory_is_taken_and_parents_are_made() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("d")).unwrap();
    drop(sandbox.run(&new_yes("d", &[])).success());
    drop(sandbox.run(&new_yes("far/away/e", &[])).success());
    drop(sandbox.run(&new_yes("./up/../f/", &[])).success());
    let absolute = sandbox.path("g").display().to_string();
    drop(sandbox.run(&new_yes(&absolute, &[])).success());
    for directory in ["d", "far/away/e", "f", "g"] {
        let status = sandbox.git(directory, &["status", "--porcelain", "--ignored"]);
        assert_eq!(status, "", "{directory}");
        assert_eq!(sandbox.git(directory, &["fsck", "--strict"]), "");
    }
    assert!(!sandbox.path("up").exists());
    let names: Vec<_> = fs::read_dir(sandbox.path("far/away")).unwrap().collect();
    assert_eq!(names.len(), 1, "{names:?}");
}

#[test]
fn one_of_many_runs_wins() {
    let sandbox = Sandbox::new();
    let first = Sandbox::new();
    drop(first.run(&new_yes("d", &[])).success());
    let runs: Vec<_> = (0..8)
        .map(|_| {
            let mut command = sandbox.command(&new_yes("d", &[]));
            command
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let done: Vec<_> = runs
        .into_iter()
        .map(|run| sandbox.done(&run.wait_with_output().unwrap()))
        .collect();
    let won = done.iter().filter(|done| done.code == Some(0)).count();
    assert_eq!(won, 1, "{done:#?}");
    for lost in done.iter().filter(|done| done.code != Some(0)) {
        assert!(matches!(lost.code, Some(1 | 6)), "{lost:?}");
        assert_eq!(lost.stderr.matches("error: ").count(), 1, "{lost:?}");
    }
    assert!(sandbox.tree("d") == first.tree("d"));
    assert_eq!(sandbox.git("d", &["status", "--porcelain"]), "");
    assert!(!sandbox.path(LEFTOVER).exists());
}

/// Sends a signal after so long, and returns the exit code.
fn interrupted(sandbox: &Sandbox, signal: Signal, after: Duration) -> (Option<i32>, Option<i32>) {
    let mut command = sandbox.command(&new_yes("sub/d", &["--package", SEVERAL]));
    let mut run = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(after);
    // It may have ended by now.
    kill_process(Pid::from_child(&run), signal).ok();
    let status = run.wait().unwrap();
    (status.code(), status.signal())
}

/// The time that a run takes here, so that the signals fall into it and not behind it.
fn time_of_a_run() -> Duration {
    let start = std::time::Instant::now();
    drop(
        Sandbox::new()
            .run(&new_yes("d", &["--package", SEVERAL]))
            .success(),
    );
    start.elapsed()
}

#[test]
fn a_signal_leaves_the_target_absent_or_complete() {
    let whole = Sandbox::new();
    drop(
        whole
            .run(&new_yes("sub/d", &["--package", SEVERAL]))
            .success(),
    );
    let (step, sandbox) = (time_of_a_run() / 24, Sandbox::new());
    let before = sandbox.entries();
    let mut left = 0;
    for round in 2..30 {
        let signal = [Signal::TERM, Signal::INT, Signal::HUP][round as usize % 3];
        let end = interrupted(&sandbox, signal, step * round);
        if sandbox.path("sub/d").exists() {
            assert!(sandbox.tree("sub/d") == whole.tree("sub/d"), "{end:?}");
            assert_eq!(end, (Some(0), None), "what is there is told as done");
            assert_eq!(sandbox.git("sub/d", &["status", "--porcelain"]), "");
            fs::remove_dir_all(sandbox.path("sub")).unwrap();
        } else {
            // Before the handlers are there, the signal itself ends the process.
            assert!(
                end == (Some(130), None) || end.1 == Some(signal.as_raw()),
                "{end:?}"
            );
            left += 1;
        }
        assert_eq!(sandbox.entries(), before, "round {round}, {end:?}");
    }
    assert!(left > 5, "the signals came too late: {left}");
}

#[test]
fn after_a_kill_the_next_run_makes_it_whole() {
    let (step, sandbox) = (time_of_a_run() / 12, Sandbox::new());
    for round in 6..13 {
        let (_, signal) = interrupted(&sandbox, Signal::KILL, step * round);
        if signal.is_some() && sandbox.path("sub/d").exists() {
            assert_eq!(sandbox.git("sub/d", &["status", "--porcelain"]), "");
            fs::remove_dir_all(sandbox.path("sub")).unwrap();
        }
        if !sandbox.path("sub/d").exists() {
            drop(
                sandbox
                    .run(&new_yes("sub/d", &["--package", SEVERAL]))
                    .success(),
            );
        }
        assert_eq!(sandbox.git("sub/d", &["status", "--porcelain"]), "");
        let names: Vec<_> = fs::read_dir(sandbox.path("sub"))
            .unwrap()
            .flatten()
            .map(|entry| entry.file_name())
            .collect();
        assert!(names == ["d"] || signal.is_some(), "{names:?}");
        fs::remove_dir_all(sandbox.path("sub")).unwrap();
    }
}

#[test]
fn git_knows_the_files_without_having_looked() {
    let sandbox = Sandbox::new();
    drop(sandbox.run(&new_yes("d", &[])).success());
    assert_eq!(sandbox.git("d", &["diff-files"]), "");
}
