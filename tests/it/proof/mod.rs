//! Proofs that need more than this crate: tools, real builds, time.
//!
//! `FLOXWRIGHT_PROOF` names those that are wanted, with commas between them. What is not wanted is left out and says so;
//! what is wanted and lacks a tool is a failure.
#![expect(
    clippy::disallowed_methods,
    reason = "proofs start programs and ask whether they are wanted"
)]
#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

mod style;

use std::process::Command;

/// Whether a proof is wanted; where it is not, that is told.
fn wanted(name: &str) -> bool {
    let proofs = std::env::var("FLOXWRIGHT_PROOF").unwrap_or_default();
    let wanted = proofs.split(',').any(|proof| proof.trim() == name);
    if !wanted {
        println!("left out: FLOXWRIGHT_PROOF={name} switches it on");
    }
    wanted
}

/// Runs a program that has to be there and to succeed.
fn succeeds(command: &mut Command) {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output();
    let output = output.unwrap_or_else(|error| panic!("`{program}` is wanted here: {error}"));
    assert!(
        output.status.success(),
        "{command:?}\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
