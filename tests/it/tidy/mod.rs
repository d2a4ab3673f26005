//! The rules of `docs/style.md` that a lint cannot hold: each is a test.

mod code;
mod command_line;
mod doors;
mod files;
mod packages;
mod ranks;
mod sources;

/// Ends the test if anything was found, and tells all of it.
fn nothing(found: &[String]) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}
