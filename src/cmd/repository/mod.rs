//! A repository that is there: finding it, reading it, planning a change of it, and making the change. Every command that changes
//! one goes this way.

mod base;
mod change;
mod index;
mod open;
mod plan;
mod settle;
mod swaps;
mod take_back;
mod take_over;
mod told;
mod top;
mod versions;

pub(super) use change::{Ended, Options, Proposed, change, change_as};
pub(super) use open::{Repository, failed, recover};
pub(super) use plan::{Planned, Request};
pub(super) use settle::{has_conflicts, settle};
pub(super) use take_back::{Back, take_back};
pub(super) use take_over::Unmanaged;
pub(super) use told::{conflicts, files_told, json as files_json};
pub(super) use top::{root, root_of_run};
pub(super) use versions::Versions;
