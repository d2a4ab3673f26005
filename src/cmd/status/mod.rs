//! `status`: what there is to say of a repository. It asks nobody, and changes nothing.

mod findings;
mod nixpkgs;
mod release;
mod text;

use super::Context;
use super::json::{self, format_flag, is_asked};
use super::repository::{Repository, Scope, Trust, failed, root, standing};
use crate::diagnostic::{Exit, Failure};
use crate::disk::Run;
use clap::{ArgMatches, Command};
use findings::Report;

/// The subcommand.
pub(super) fn command() -> Command {
    Command::new("status")
        .about("Tells how the repository stands: behind, edited, drifted, in conflict; asks nobody and changes nothing")
        .arg(format_flag())
}

/// Runs `status`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let root = root(context)?;
    let fetching = context.fetching.offline();
    let context = &Context {
        world: context.world,
        ui: context.ui,
        fetching: &fetching,
        guard: context.guard,
    };
    let is_killed = Run::is_due(&root).map_err(|error| failed(&error))?;
    let repository = Repository::open(&root, Trust::Rebuild, context)?;
    let standing = standing(&repository, &Scope::All, context)?;
    let report = Report {
        release: release::release(&repository, context),
        nixpkgs: nixpkgs::nixpkgs(&repository)?,
        untracked: findings::untracked(&root),
        is_killed,
        standing,
        repository,
    };
    let findings = report.findings();
    let printed = if is_asked(matches) {
        json::text(&report.json(&findings))?
    } else {
        text::text(&report, &findings)
    };
    context.ui.result(&printed)?;
    if findings.is_empty() {
        return Ok(());
    }
    // Everything is said already.
    Err(Failure::all(Exit::Found, Vec::new()))
}
