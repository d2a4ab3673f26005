//! What a source tree says of its packages: `setup.py` and `pyproject.toml`, read as text. No Python is ever run.
//!
//! It knows no disk and no network: whoever has a tree gives its paths and the few texts that declare something.

mod compare;
mod declared;
mod dynamic;
mod facts;
mod files;
mod packages;
mod place;
mod pyproject;
mod rendered;
mod setup_cfg;
mod setup_py;
#[cfg(test)]
mod tests;

pub use compare::{Built, Comparison, compare};
pub use declared::{Declared, Said};
pub use facts::{Facts, read};
pub use files::{MAX_TEXT, SourceTree};
pub use place::{Place, Source};
