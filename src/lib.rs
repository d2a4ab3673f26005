//! floxwright.

pub mod cmd;
pub mod outside;
pub mod python;
pub mod scaffold;
