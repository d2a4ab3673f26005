//! Flox, where it is installed: it alone can lock what a manifest installs.
#![expect(clippy::disallowed_methods, reason = "this module starts a program")]

use super::world::World;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The `flox` program on PATH.
pub fn find(world: &World) -> Option<PathBuf> {
    let path = world.var("PATH")?;
    std::env::split_paths(path)
        .map(|directory| directory.join("flox"))
        .find(|program| program.is_file())
}

/// Lets Flox write the lock of the environment in `root`, by activating it for a command that does nothing.
///
/// # Errors
/// The last line that Flox prints, or why it cannot be started.
pub fn lock(program: &Path, root: &Path) -> Result<(), String> {
    let mut command = Command::new(program);
    command
        .arg("activate")
        .arg("--dir")
        .arg(root)
        .args(["--", "true"])
        .current_dir(root)
        .stdin(Stdio::null());
    let output = command
        .output()
        .map_err(|error| format!("it cannot be started: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rev().find(|line| !line.trim().is_empty());
    Err(last.map_or_else(
        || format!("it ended with {}", output.status),
        |line| line.trim().to_owned(),
    ))
}
