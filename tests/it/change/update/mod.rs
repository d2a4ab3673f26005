//! `update`: to another release and after a moved nixpkgs, in repositories that people have worked in.

mod chain;
mod commit;
mod nixpkgs;
mod refused;
mod report;
