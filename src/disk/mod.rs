//! The only module that reads and changes files.
#![expect(
    clippy::disallowed_methods,
    reason = "this module is where files are touched"
)]

mod beside;
mod cache;
mod cache_part;
mod error;
mod find;
mod gate;
mod nar;
mod project;
mod read;
mod root;
mod run;
mod source;
mod staging;
mod step;
mod target;
mod temporary;
mod umask;
mod write;
mod write_plan;

pub use cache::Cache;
pub use cache_part::{Part, WholeFile};
pub use error::DiskError;
pub use find::{find_below, find_upwards, is_directory, is_there};
pub use nar::{RootKind, Written, write_nar};
pub use project::{
    Before, Existing, GitFiles, Into, Links, Recovered, look_into, read_staged, recover_into,
    write_staged,
};
pub use read::{read_text, read_tree};
pub use root::Root;
pub use run::{Applied, Followed, Follower, Last, RUN, Run, Swap, Wanted};
pub use source::{SourcePlace, open_source, read_source};
pub use staging::Staging;
pub use target::{Target, look_at_target};
pub use temporary::Temporary;
pub use umask::umask;
pub use write::{make_directories, write_file};
pub use write_plan::write_plan;
