//! floxwright makes and keeps repositories that package an upstream monorepo with Flox Nix expression builds.
//!
//! The library exists for the program and its tests; its interface promises no stability.
//! The modules stand in rank order: a module sees only those above it.

pub mod diagnostic;
pub mod nar;
pub mod nix;
pub mod parallel;
pub mod python;
pub mod tree;

pub mod model;
pub mod recipe;
pub mod source_tree;

pub mod nixpkgs;
pub mod template;

pub mod scaffold;

pub mod ask;
pub mod workspace;

pub mod expand;
pub mod explain;
pub mod generate;
pub mod graph;
pub mod resolve;

pub mod changes;
pub mod lint;
pub mod plan;
pub mod reconcile;

pub mod adopt;

pub mod check;

pub mod disk;
pub mod outside;

pub mod ui;

pub mod cmd;
