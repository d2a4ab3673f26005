//! The commands: arguments, and a function each.

pub mod catalogue;
