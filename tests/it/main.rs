//! Tests of the program from outside, and of the prompts on a pseudo-terminal.

mod proof;
mod pty;
