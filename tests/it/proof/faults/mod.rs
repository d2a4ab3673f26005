//! Faults of the system, put between the program and the kernel by strace: every call that changes a file fails once, and the
//! process is killed at each of them once. What comes next finds the old state or the new one.
//!
//! `src/disk/run/sweep.rs` does the same within the process, for the steps that `disk` knows. This one knows nothing of the
//! program: it sees what libraries do as well, git's index, and the ends of the commands.

mod mounts;
mod place;
mod points;
mod sweep;

use super::wanted;
use mounts::Mounted;
use std::process::Command;
use sweep::Sweep;

/// A command whose calls fail.
struct Row {
    name: &'static str,
    /// Runs that make the state before it; each ends well.
    before: &'static [&'static [&'static str]],
    /// An edit of a file after them: the file, what stands there, and what comes.
    edit: Option<[&'static str; 3]>,
    /// The command.
    arguments: &'static [&'static str],
    /// The command that comes after a fault, and puts things right.
    next: &'static [&'static str],
    /// Codes with which that one may end.
    next_codes: &'static [i32],
    /// Whether recovery is killed as well.
    twice: bool,
}

const NEW: &[&str] = &["new", "d", "--yes", "--with", "none"];

/// Any command that changes nothing by itself puts right what a killed one left.
const ANY: &[&str] = &["-C", "d", "remove", "dagster-none-such"];

const DOCS: &[&str] = &["-C", "d", "docs"];
const SYNC: &[&str] = &["-C", "d", "sync"];

const ROWS: [Row; 7] = [
    Row {
        name: "new",
        before: &[],
        edit: None,
        arguments: NEW,
        next: NEW,
        // It is there already.
        next_codes: &[0, 1],
        twice: false,
    },
    Row {
        name: "add",
        before: &[NEW],
        edit: None,
        arguments: &["-C", "d", "add", "dagster-postgres"],
        next: ANY,
        next_codes: &[0],
        twice: true,
    },
    Row {
        name: "remove",
        before: &[NEW, &["-C", "d", "add", "dagster-postgres"]],
        edit: None,
        arguments: &["-C", "d", "remove", "dagster-postgres"],
        next: ANY,
        next_codes: &[0],
        twice: false,
    },
    Row {
        name: "update",
        before: &[&[
            "new",
            "d",
            "--yes",
            "--with",
            "none",
            "--release",
            "1.12.22",
        ]],
        edit: None,
        arguments: &["-C", "d", "update", "1.13.27"],
        next: ANY,
        next_codes: &[0],
        twice: false,
    },
    Row {
        name: "docs",
        before: &[NEW],
        edit: Some(["d/floxwright.toml", "set = \"core\"", "set = \"all\""]),
        arguments: DOCS,
        // Another command would follow the edit that waits.
        next: DOCS,
        next_codes: &[0],
        twice: false,
    },
    Row {
        name: "sync",
        before: &[NEW],
        edit: Some([
            "d/floxwright.toml",
            "layout = \"split\"",
            "layout = \"single\"",
        ]),
        arguments: SYNC,
        next: SYNC,
        next_codes: &[0],
        twice: false,
    },
    Row {
        name: "undo",
        before: &[NEW, &["-C", "d", "add", "dagster-postgres"]],
        edit: None,
        arguments: &["-C", "d", "undo"],
        next: ANY,
        next_codes: &[0],
        twice: false,
    },
];

/// So many points there are at least; fewer would mean that the sweep looks at nothing.
const AT_LEAST: usize = 500;

#[test]
fn whatever_fails_the_old_or_the_new_is_there() {
    if !wanted("faults") {
        return;
    }
    can_trace();
    let (mut all, mut wrong) = (0, Vec::new());
    // One row alone, for whoever mends it.
    let only = std::env::var("FLOXWRIGHT_FAULTS_ONLY").ok();
    let wanted = |row: &&Row| only.as_ref().is_none_or(|only| only == row.name);
    for row in ROWS.iter().filter(wanted) {
        let (told, errors) = Sweep::of(row).run();
        println!("{}: {told}", row.name);
        all += told.points();
        wrong.extend(errors);
    }
    println!("faults: {all} points, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        all >= AT_LEAST || only.is_some() && all > 0,
        "{all} points only"
    );
}

#[test]
fn a_full_disk_leaves_the_old_or_the_new() {
    if !wanted("faults") {
        return;
    }
    for (name, before, arguments, next) in [
        ("new", &[][..], NEW, NEW),
        ("add", &[NEW], &["-C", "d", "add", "dagster-postgres"], ANY),
    ] {
        let (failed, done) = Mounted::new(before, arguments, next).full();
        println!("{name}: {failed} disks were full, {done} were not");
        assert!(failed > 5, "{name}: {failed} disks were full");
    }
}

#[test]
fn what_may_not_be_written_is_left_whole() {
    if wanted("faults") {
        mounts::refusing();
    }
}

/// strace is there, and may look at a process.
fn can_trace() {
    let traced = Command::new("strace")
        .args(["-qq", "-o", "/dev/null", "true"])
        .output();
    let traced = traced.expect("strace is installed (apt-get install strace)");
    assert!(
        traced.status.success(),
        "strace may not trace here; a container wants --cap-add=SYS_PTRACE: {}",
        String::from_utf8_lossy(&traced.stderr)
    );
}
