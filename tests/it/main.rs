//! Tests of the program from outside, and of the prompts on a pseudo-terminal.

mod cases;
mod golden;
mod pty;
mod sandbox;
