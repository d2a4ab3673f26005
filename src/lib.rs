//! floxwright.

pub mod outside;
pub mod python;
pub mod scaffold;
