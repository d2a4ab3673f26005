//! The door to the network and to other programs: nothing else of the crate uses either.
//!
//! What comes in is checked here (status, size, hash, shape) and leaves as the types of the lower ranks.

pub mod archive;
pub mod archive_hash;
mod archived_tree;
mod bounded;
pub mod channel;
pub mod checkout;
pub mod committed;
pub mod download;
pub mod flox;
pub mod git;
pub mod git_branch;
pub mod git_clone;
pub mod git_index;
pub mod git_local;
pub mod git_program;
pub mod git_remote;
pub mod git_start;
pub mod git_store;
pub mod github;
pub mod http;
mod member_path;
pub mod nix;
pub mod nix_packages;
pub mod program;
pub mod pypi;
pub mod sdist_texts;
pub mod source_archive;
pub mod store;
mod tar_ahead;
mod tarball;
pub mod watch;
pub mod wheel_binaries;
pub mod work_tree;
pub mod world;

#[cfg(test)]
mod test_server;
