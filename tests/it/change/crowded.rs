//! Many at once: runs beside runs, an editor beside a run, and fewer open files than a run wants.

#![expect(clippy::disallowed_methods, reason = "an editor saves files")]
#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use super::made;
use crate::sandbox::{Done, Sandbox};
use std::collections::BTreeSet;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

/// Packages that bring no other along.
const PACKAGES: [&str; 4] = [
    "dagster-postgres",
    "dagster-mysql",
    "dagster-docker",
    "dagster-ssh",
];

/// So many runs at once.
const CROWD: usize = 20;

fn start(sandbox: &Sandbox, arguments: &[&str]) -> Child {
    let mut command = sandbox.command(arguments);
    let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn ended(sandbox: &Sandbox, runs: Vec<Child>) -> Vec<Done> {
    runs.into_iter()
        .map(|run| sandbox.done(&run.wait_with_output().unwrap()))
        .collect()
}

/// Each of them is done whole, or says that another is at work and has done nothing.
#[test]
fn of_twenty_runs_each_is_done_or_refused() {
    let sandbox = made(&[]);
    let packages: Vec<&str> = PACKAGES.iter().copied().cycle().take(CROWD).collect();
    let runs = packages
        .iter()
        .map(|package| start(&sandbox, &["-C", "d", "add", package]))
        .collect();
    let done = ended(&sandbox, runs);
    let mut added = BTreeSet::new();
    for (package, done) in packages.iter().zip(&done) {
        match done.code {
            Some(0) => {
                added.insert(*package);
            }
            Some(6) => assert!(done.stderr.contains("another run"), "{done:?}"),
            _ => panic!("{package}: {done:?}"),
        }
    }
    assert!(!added.is_empty(), "{done:#?}");
    let alone = made(&[]);
    let added: Vec<&str> = added.into_iter().collect();
    drop(alone.there(&["add", &added.join(",")]).success());
    assert!(sandbox.files() == alone.files(), "{added:?}");
    let status = |sandbox: &Sandbox| sandbox.git("d", &["status", "--porcelain"]);
    assert_eq!(status(&sandbox), status(&alone));
}

/// What was saved last is there afterwards: alone, merged, or between markers.
#[test]
fn what_an_editor_saves_meanwhile_is_never_lost() {
    for by_rename in [false, true] {
        let sandbox = made(&[]);
        let (readme, text) = (sandbox.path("d/README.md"), sandbox.text("README.md"));
        let stop = AtomicBool::new(false);
        let saved = std::thread::scope(|scope| {
            let editor = scope.spawn(|| {
                let mut count = 0;
                while !stop.load(Ordering::Relaxed) {
                    count += 1;
                    let text = format!("Saved {count}.\n\n{text}");
                    if by_rename {
                        sandbox.write("swap", text);
                        std::fs::rename(sandbox.path("swap"), &readme).unwrap();
                    } else {
                        std::fs::write(&readme, text).unwrap();
                    }
                    std::thread::sleep(std::time::Duration::from_millis(7));
                }
                count
            });
            for arguments in [["add", "dagster-postgres"], ["remove", "dagster-postgres"]] {
                let done = sandbox.there(&arguments);
                // It may change again and again while the plan is made, or exclude the change.
                assert!(matches!(done.code, Some(0 | 1 | 3)), "{done:?}");
                assert!(!done.stderr.contains("panicked"), "{done:?}");
            }
            stop.store(true, Ordering::Relaxed);
            editor.join().unwrap()
        });
        assert!(saved > 3, "{saved}");
        let text = sandbox.text("README.md");
        let last = format!("Saved {saved}.\n");
        assert!(text.contains(&last), "{last} is not in:\n{text}");
    }
}

/// With few files a run fails whole, with the reason, or is done.
#[test]
fn too_few_open_files_change_nothing() {
    let whole = made(&[]);
    drop(whole.there(&["add", "dagster-postgres"]).success());
    let (old, new) = (made(&[]).files(), whole.files());
    let (mut failed, mut done) = (0, 0);
    for limit in [4, 6, 8, 9, 10, 11, 12, 14, 32] {
        let limited = made(&[]).after_shell(&format!("ulimit -n {limit}"));
        let run = limited.there(&["add", "dagster-postgres"]);
        let files = limited.files();
        if run.code == Some(0) {
            assert!(files == new, "{limit}: {run:?}");
            done += 1;
        } else {
            assert!(files == old, "{limit}: {run:?}");
            assert!(!run.stderr.contains("panicked"), "{limit}: {run:?}");
            failed += 1;
        }
    }
    assert!(failed > 1 && done > 1, "{failed} failed, {done} done");
}
