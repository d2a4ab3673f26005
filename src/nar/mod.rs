//! The hash that Nix gives a file or a tree: SHA-256 over its NAR, the one way in which Nix writes a tree as bytes.
//!
//! A NAR knows names, contents, where symbolic links lead, and whether a file is executable by its owner; it knows no times,
//! no owners and no other modes. Whoever writes one hands the nodes over in its order: a directory before what is in it, and
//! what is in one directory by the bytes of the names.

mod digest;
mod writer;

pub use digest::{Digested, digest};
pub use writer::{Place, Writer};
