//! Tests of the program from outside, and of the prompts on a pseudo-terminal.

mod bad_input;
mod cases;
mod flox_manifest;
mod golden;
mod output;
mod proof;
mod pty;
mod routes;
mod rules;
mod sandbox;
mod staging;
