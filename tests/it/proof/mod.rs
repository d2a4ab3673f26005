//! Proofs that need more than this crate: real Nix, the laboratory, the package index, the tools of style.
//!
//! `FLOXWRIGHT_PROOF=style,nix,lab` switches them on. What is switched on and lacks its tool fails; what is not switched on
//! says that it was left out.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "proofs start programs, say what they found, and end when their tools fail"
)]

mod check;
mod faults;
mod generate;
mod hash;
mod lab;
mod nix;
mod plain;
mod pypi;
mod style;
mod updates;

use crate::cases::SEVERAL;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, PoisonError};

/// Whether the proof `name` is switched on. What is left out is said once, past the capture of the tests' output.
pub(super) fn wanted(name: &'static str) -> bool {
    static SAID: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    let proofs = std::env::var("FLOXWRIGHT_PROOF").unwrap_or_default();
    let on = proofs.split(',').any(|proof| proof.trim() == name);
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    if !on && said.insert(name) {
        let line =
            format!("left out: the proof `{name}` (FLOXWRIGHT_PROOF={name} switches it on)\n");
        let _ = std::io::stderr().write_all(line.as_bytes());
    }
    on
}

/// The top of this crate's repository.
fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a program of this repository, by its path from the top; its output where it succeeds.
fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(top().join(program)).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program} cannot be started: {error}"));
    succeeded(&format!("{program} {}", arguments.join(" ")), &output)
}

/// The standard output of something that must have succeeded.
fn succeeded(what: &str, output: &Output) -> String {
    let (stdout, stderr) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(
        output.status.success(),
        "{what} failed with {}\n{stdout}\n{stderr}",
        output.status
    );
    stdout.into_owned()
}

/// Makes a repository with the program itself, below `directory`.
fn make(directory: &Path, name: &str, arguments: &[&str]) -> PathBuf {
    let output = Command::new(env!("CARGO_BIN_EXE_floxwright"))
        .args([
            "new",
            name,
            "--yes",
            "--git-name",
            "Proof",
            "--git-email",
            "proof@example.org",
        ])
        .args(arguments)
        .current_dir(directory)
        .env("SOURCE_DATE_EPOCH", "1700000000")
        .output()
        .unwrap();
    succeeded(&format!("new {name} {}", arguments.join(" ")), &output);
    directory.join(name)
}

/// The repositories that are evaluated: layouts × releases × sources, and what can be chosen besides.
pub(super) const REPOSITORIES: &[(&str, &[&str])] = &[
    (
        "split-github",
        &["--release", "1.12.0", "--package", SEVERAL],
    ),
    (
        "split-pypi",
        &[
            "--release",
            "1.12.0",
            "--source",
            "pypi",
            "--package",
            SEVERAL,
        ],
    ),
    (
        "single-github",
        &[
            "--release",
            "1.12.0",
            "--layout",
            "single",
            "--package",
            SEVERAL,
        ],
    ),
    (
        "single-pypi",
        &[
            "--release",
            "1.12.0",
            "--layout",
            "single",
            "--source",
            "pypi",
            "--package",
            SEVERAL,
        ],
    ),
    (
        "split-hatch",
        &["--release", "1.12.22", "--package", SEVERAL],
    ),
    (
        "single-hatch",
        &[
            "--release",
            "1.12.22",
            "--layout",
            "single",
            "--storage",
            "mysql",
        ],
    ),
    (
        "split-new",
        &[
            "--release",
            "1.13.27",
            "--package",
            SEVERAL,
            "--with-python",
            "pandas,pytest",
            "--with",
            "runtime,workflows,flake",
        ],
    ),
    (
        "single-new",
        &[
            "--release",
            "1.13.27",
            "--layout",
            "single",
            "--package",
            SEVERAL,
            "--expose",
            "all",
            "--nixpkgs",
            "floating",
        ],
    ),
    (
        "core-new",
        &[
            "--release",
            "1.13.27",
            "--expose",
            "programs",
            "--docs-dir",
            ".",
            "--with",
            "none",
        ],
    ),
    (
        "python-312",
        &[
            "--release",
            "1.12.0",
            "--python",
            "python312",
            "--package",
            SEVERAL,
        ],
    ),
    (
        "python-314",
        &[
            "--release",
            "1.13.27",
            "--python",
            "python314",
            "--package",
            "dagster-postgres[aws]",
        ],
    ),
    (
        "second-split",
        &[
            "--scaffold",
            "opentelemetry",
            "--release",
            "1.44.0",
            "--package",
            "all",
            "--docs",
            "all",
            "--with",
            "runtime,workflows,flake",
        ],
    ),
    (
        "second-single",
        &[
            "--scaffold",
            "opentelemetry",
            "--layout",
            "single",
            "--package",
            "all",
            "--expose",
            "all",
        ],
    ),
];
