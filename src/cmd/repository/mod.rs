//! A repository that is there: finding it, reading it, planning a change of it, and making the change. Every command that changes
//! one goes this way.

mod base;
mod change;
mod contents;
mod documents;
mod index;
mod lock;
mod open;
mod own_files;
mod patches;
mod plan;
mod recover;
mod rejoin;
mod request;
mod settle;
mod standing;
mod swaps;
mod take_back;
mod take_over;
mod told;
mod top;
mod versions;

pub(super) use super::disk_failure::unchanged as failed;
pub(super) use change::{Ended, Options, Proposed, change, change_as};
pub(super) use contents::contents;
pub(super) use index::{follow as follow_index, prepare as prepare_index, staged};
pub(super) use lock::{Trust, read as read_lock};
pub(super) use open::{Repository, scaffold};
pub(super) use patches::unused as unused_patches;
pub(super) use plan::Planned;
pub(super) use recover::recover;
pub(super) use request::{Request, Scope};
pub(super) use settle::{has_conflicts, settle};
pub(super) use standing::{Standing, State, standing};
pub(super) use swaps::{files as swaps, plan_of};
pub(super) use take_back::{Back, take_back};
pub(super) use take_over::Unmanaged;
pub(super) use told::{conflicts, files_told, json as files_json, note, told_plan};
pub(super) use top::{around, root, root_of_run, to_read};
pub(super) use versions::Versions;
