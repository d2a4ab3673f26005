//! The only module that reads and changes files.
#![expect(
    clippy::disallowed_methods,
    reason = "this module is where files are touched"
)]

mod cache;
mod error;
mod read;
mod source;
mod staging;
mod target;
mod write;

pub use cache::Cache;
pub use error::DiskError;
pub use read::{read_text, read_tree};
pub use source::{SourcePlace, open_source, read_source};
pub use staging::Staging;
pub use target::{Target, look_at_target};
pub use write::write_file;
