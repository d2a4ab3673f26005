//! A flag that is given or not.

use clap::{Arg, ArgAction};

/// `--NAME`, without a value.
pub(super) fn switch(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(help)
}
