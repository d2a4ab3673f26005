//! Tests of the program from outside, of what it generates, and of the prompts on a pseudo-terminal.

mod proof;
mod pty;
mod statix;
