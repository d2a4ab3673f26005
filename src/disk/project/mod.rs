//! Templates and projects on disk: with every permission bit, empty directories, and what neither may hold.

mod into;
mod read;
mod write;

pub use into::{Before, Existing, Into, Recovered, look_into, recover_into};
pub use read::{GitFiles, Links, read_staged};
pub use write::write_staged;
