//! The design's rules for the Nix files (N1 to N18), as far as the text can show them, over every case.

#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

mod environment;
mod facts;
mod files;
mod lock;
mod nix_file;
mod packages;

use crate::cases::{CASES, Case};

/// Looks at every case and tells of all that break the rule.
#[track_caller]
fn every_case(rule: &str, broken: impl Fn(&Case) -> Vec<String>) {
    let found: Vec<String> = CASES
        .iter()
        .flat_map(|case| {
            let broken = broken(case);
            broken
                .into_iter()
                .map(|what| format!("{}: {what}", case.name))
        })
        .collect();
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}
