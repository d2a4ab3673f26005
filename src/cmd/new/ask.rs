//! Asking for what is missing.

use super::args::Options;
use super::{Gathered, Prepared};
use crate::cmd::Context;
use crate::diagnostic::Failure;

/// Completes the answers and prepares the files.
pub(super) fn complete(gathered: &mut Gathered, options: &Options, context: &Context<'_>) -> Result<Prepared, Failure> {
    crate::ask::fill_defaults(&mut gathered.answers, &gathered.scaffold);
    super::prepare(gathered, options, context)
}
