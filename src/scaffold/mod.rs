//! Scaffolds: the data that makes one upstream packageable.

pub mod date;
pub mod release;
pub mod version_rule;
