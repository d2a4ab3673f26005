//! A workspace's own files as text: the intent and the lock; and the manifest of a Cargo workspace.

mod answers_file;
mod cargo_manifest;
mod edit;
mod intent_changes;
mod intent_file;
mod lock_file;

pub use answers_file::{AnswersFile, read_answers};
pub use cargo_manifest::{Joining, Membership, join_workspace, package_name};
pub use edit::{Edit, edit_intent};
pub use intent_changes::{Changed, intent_changes};
pub use intent_file::{INTENT_FILE, intent_text};
pub use lock_file::{LOCK_FILE, LockError, lock_text, locked_release, read_lock};
