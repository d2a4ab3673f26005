//! A run that is killed leaves the old files or the new ones to whoever comes next; one that is interrupted puts everything back
//! by itself, or is done.

#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use super::made;
use crate::sandbox::Sandbox;
use rustix::process::{Pid, Signal, kill_process};
use std::os::unix::process::ExitStatusExt;
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A command, and the repository that it changes.
struct Row {
    flags: &'static [&'static str],
    arguments: &'static [&'static str],
}

const ROWS: [Row; 3] = [
    Row {
        flags: &[],
        arguments: &[
            "add",
            "dagster-postgres,dagster-mysql,dagster-dg-cli,create-dagster",
            "--python=pandas",
        ],
    },
    Row {
        flags: &["--package", "dagster-postgres,dagster-mysql,dagster-dg-cli"],
        arguments: &["remove", "dagster-postgres,dagster-mysql,dagster-dg-cli"],
    },
    Row {
        flags: &["--release", "1.12.22"],
        arguments: &["update", "1.13.27"],
    },
];

/// So many signals for each command.
const ROUNDS: u32 = 10;

/// The moments of the signals, in hundredths of a run; spread, and the same each time.
fn moment(row: usize, round: u32) -> u32 {
    let seed = u32::try_from(row).unwrap() * ROUNDS + round;
    // The first third of a run reads, and writes nothing.
    30 + seed.wrapping_mul(2_654_435_761) % 75
}

fn signalled(sandbox: &Sandbox, row: &Row, signal: Signal, after: Duration) -> ExitStatus {
    let mut command = sandbox.command(&[&["-C", "d"], row.arguments].concat());
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut run = command.spawn().unwrap();
    std::thread::sleep(after);
    // It may have ended by now.
    kill_process(Pid::from_child(&run), signal).ok();
    run.wait().unwrap()
}

#[test]
fn a_signal_leaves_the_old_or_the_new() {
    for (number, row) in ROWS.iter().enumerate() {
        let (whole, sandbox) = (made(row.flags), made(row.flags));
        let old = sandbox.files();
        let start = Instant::now();
        drop(whole.there(row.arguments).success());
        let (time, new) = (start.elapsed(), whole.files());
        for round in 0..ROUNDS {
            let signals = [Signal::KILL, Signal::TERM, Signal::INT];
            let signal = signals[round as usize % signals.len()];
            let after = time * moment(number, round) / 100;
            let end = signalled(&sandbox, row, signal, after);
            let what = format!("{:?}, round {round}, {signal:?}: {end:?}", row.arguments);
            let files = sandbox.files();
            match end.code() {
                Some(0) => assert!(files == new, "{what}"),
                Some(130) => assert!(files == old, "{what}"),
                // Before the handlers are there, the signal itself ends the process.
                None => assert_eq!(end.signal(), Some(signal.as_raw()), "{what}"),
                Some(_) => panic!("{what}"),
            }
            // Any command puts back what the killed one left.
            drop(sandbox.there(&["remove", "dagster-none-such"]).success());
            let files = sandbox.files();
            assert!(files == old || files == new, "{what}");
            if files == new {
                drop(sandbox.there(&["undo"]).success());
            }
            assert!(sandbox.files() == old, "{what}");
            let status = sandbox.git("d", &["status", "--porcelain"]);
            assert_eq!(status, "", "{what}");
        }
    }
}
