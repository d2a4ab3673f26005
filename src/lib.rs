//! floxwright makes and keeps repositories that package an upstream monorepo with Flox Nix expression builds.
//!
//! The library exists for the program and its tests; its interface promises no stability.
//! The modules stand in rank order: a module sees only those above it.

pub mod diagnostic;
pub mod nix;
pub mod tree;

pub mod ask;
pub mod ui;
