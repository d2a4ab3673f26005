//! Programs that a person asked for: a command of a hook that was permitted, an editor, a test.
#![expect(clippy::disallowed_methods, reason = "this module starts programs")]

use super::world::World;
use std::io::Error;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs a line by the shell; what it wrote, and how it ended. It reads nothing.
///
/// # Errors
/// The shell cannot be started.
pub fn shell(line: &str, directory: &Path, world: &World) -> Result<Output, Error> {
    Command::new("sh")
        .arg("-c")
        .arg(line)
        .env_clear()
        .envs(&world.env)
        .current_dir(directory)
        .stdin(Stdio::null())
        .output()
}

/// Runs a program in the person's terminal; whether it ended well.
///
/// # Errors
/// It cannot be started.
pub fn foreground(
    program: &str,
    arguments: &[String],
    directory: &Path,
    world: &World,
) -> Result<bool, Error> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env_clear()
        .envs(&world.env)
        .current_dir(directory);
    command.status().map(|status| status.success())
}
