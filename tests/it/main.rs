//! Tests of the program from outside, and of the project's own files.

mod generated;
mod project;
mod proof;
mod pty;
mod readme;
mod tidy;
