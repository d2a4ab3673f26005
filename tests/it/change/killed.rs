//! A run that is killed leaves the old files or the new ones to whoever comes next.

use super::made;
use rustix::process::{Pid, Signal, kill_process};
use std::process::Stdio;
use std::time::{Duration, Instant};

const ADD: [&str; 5] = [
    "-C",
    "d",
    "add",
    "dagster-postgres,dagster-mysql,dagster-dg-cli,create-dagster",
    "--python=pandas",
];

/// The time that a run takes here.
fn time_of_a_run() -> Duration {
    let sandbox = made(&[]);
    let start = Instant::now();
    drop(sandbox.run(&ADD).success());
    start.elapsed()
}

#[test]
fn a_signal_leaves_the_old_or_the_new() {
    let whole = made(&[]);
    drop(whole.run(&ADD).success());
    let (step, sandbox) = (time_of_a_run() / 10, made(&[]));
    let (old, new) = (sandbox.files(), whole.files());
    for round in 3..11 {
        let signal = [Signal::KILL, Signal::TERM, Signal::KILL, Signal::INT][round as usize % 4];
        let mut command = sandbox.command(&ADD);
        let mut run = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(step * round);
        kill_process(Pid::from_child(&run), signal).ok();
        let status = run.wait().unwrap();
        // Any command puts back what the killed one left.
        drop(sandbox.there(&["remove", "dagster-none-such"]).success());
        let files = sandbox.files();
        assert!(files == old || files == new, "round {round}: {status:?}");
        if files == new {
            drop(sandbox.there(&["undo"]).success());
        }
        assert!(sandbox.files() == old, "round {round}: {status:?}");
        assert_eq!(
            sandbox.git("d", &["status", "--porcelain"]),
            "",
            "round {round}: {status:?}"
        );
    }
}
