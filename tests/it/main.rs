//! Tests of the program from outside, of what it generates, and of the project's own files.

mod adopt;
mod automation;
mod bad_input;
mod cases;
mod change;
mod check;
mod distributions;
mod examples;
mod expand;
mod explaining;
mod export;
mod flox_manifest;
mod generate_command;
mod generated;
mod golden;
mod graph;
mod hash;
mod index;
mod known_faults;
mod laboratory;
mod list;
mod merging;
mod monorepo;
mod no_answer;
mod output;
mod package_index;
mod project;
mod proof;
mod pty;
mod readme;
mod resolving;
mod revision;
mod routes;
mod rules;
mod sandbox;
mod scaffold;
mod staging;
mod statix;
#[path = "../../src/outside/test_server.rs"]
#[expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]
mod test_server;
mod tidy;
