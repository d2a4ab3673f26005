//! Whether a command writes, or only shows what it would write.

use super::switch::switch;
use crate::plan::Plan;
use clap::{Arg, ArgMatches};

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// The files.
    Write,
    /// Nothing: the plan is printed.
    Plan,
    /// Nothing: the plan is printed as a patch.
    Diff,
}

impl Mode {
    /// What the flags of [`mode_flags`] say.
    pub(super) fn from(matches: &ArgMatches) -> Self {
        if matches.get_flag("diff") {
            Self::Diff
        } else if matches.get_flag("dry-run") {
            Self::Plan
        } else {
            Self::Write
        }
    }

    /// What came of a plan, in one word for programs.
    pub(super) fn state(self, plan: &Plan) -> &'static str {
        match (plan.is_empty(), self) {
            (true, _) => "unchanged",
            (false, Self::Write) => "written",
            (false, Self::Plan | Self::Diff) => "planned",
        }
    }
}

/// `--dry-run` and `--diff`
pub(super) fn mode_flags() -> [Arg; 2] {
    [
        switch("dry-run", "Print the plan and write nothing"),
        switch("diff", "Print the plan as a patch and write nothing"),
    ]
}
