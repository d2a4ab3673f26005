//! The `git` program with a limit to its patience. It reads nothing from the terminal, and what the surroundings say of another
//! repository does not reach it.
#![expect(clippy::disallowed_methods, reason = "this module starts a program")]

use super::{CloneError, Wanted, is_local};
use crate::outside::world::World;
use crate::template::shell_word;
use std::fmt::Write;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// Between two looks at whether git is done.
const NAP: Duration = Duration::from_millis(10);

/// How many times the patience with a silent server one call may take.
const WHOLE: u32 = 20;

/// More is not kept of what git prints.
const MOST: u64 = 256 * 1024;

/// Variables that tell git of another repository than the one that is meant.
const OTHER_REPOSITORY: [&str; 8] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_WORK_TREE",
];

/// What git says when it would have to ask.
const ASKS: [&str; 6] = [
    "could not read Username",
    "could not read Password",
    "terminal prompts disabled",
    "Authentication failed",
    "Permission denied (",
    "Host key verification failed",
];

/// git, ready to be called for one repository.
pub(super) struct Program<'a> {
    wanted: &'a Wanted,
    world: &'a World,
    interrupted: &'a dyn Fn() -> bool,
}

impl<'a> Program<'a> {
    pub(super) fn new(
        wanted: &'a Wanted,
        world: &'a World,
        interrupted: &'a dyn Fn() -> bool,
    ) -> Self {
        Self {
            wanted,
            world,
            interrupted,
        }
    }

    /// Runs git, in a directory; what it prints.
    pub(super) fn run(&self, at: Option<&Path>, arguments: &[&str]) -> Result<String, CloneError> {
        let mut command = self.command();
        command
            .arg("-c")
            .arg(format!("core.sshCommand={}", self.ssh()?));
        command.args(arguments);
        if let Some(directory) = at {
            command.current_dir(directory);
        }
        self.output(command)
    }

    /// git with all that holds for every call.
    fn command(&self) -> Command {
        let mut command = Command::new("git");
        let seconds = self.wanted.patience.as_secs().max(1);
        let settings = [
            "core.hooksPath=/dev/null".to_owned(),
            "core.fsmonitor=false".to_owned(),
            "protocol.ext.allow=never".to_owned(),
            "http.lowSpeedLimit=1".to_owned(),
            format!("http.lowSpeedTime={seconds}"),
            "advice.detachedHead=false".to_owned(),
        ];
        for setting in settings {
            command.arg("-c").arg(setting);
        }
        // What is on this machine may lead to what is on this machine.
        if is_local(&self.wanted.address) || self.wanted.address.starts_with("file:") {
            command.args(["-c", "protocol.file.allow=always"]);
        }
        command.env_clear().envs(&self.world.env);
        for name in OTHER_REPOSITORY {
            command.env_remove(name);
        }
        if let Some(path) = &self.wanted.configuration {
            command.env("GIT_CONFIG_GLOBAL", path);
        }
        command
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_ASKPASS", "")
            .env("SSH_ASKPASS_REQUIRE", "never")
            .env("LC_ALL", "C")
            .env_remove("GIT_SSH_COMMAND")
            .current_dir(&self.world.cwd)
            .stdin(Stdio::null());
        command
    }

    /// The line that starts SSH: the person's own, and what keeps it from asking.
    fn ssh(&self) -> Result<String, CloneError> {
        let mut line = match (self.world.var("GIT_SSH_COMMAND"), self.world.var("GIT_SSH")) {
            (Some(line), _) => line.to_owned(),
            (None, Some(program)) => shell_word(program),
            (None, None) => self.configured_ssh()?,
        };
        let seconds = self.wanted.patience.as_secs().max(1);
        line.push_str(" -o BatchMode=yes -o ServerAliveCountMax=2");
        let _ = write!(
            line,
            " -o ConnectTimeout={seconds} -o ServerAliveInterval={seconds}"
        );
        if let Some(identity) = &self.wanted.identity {
            let identity = shell_word(&identity.to_string_lossy());
            let _ = write!(line, " -o IdentitiesOnly=yes -i {identity}");
        }
        Ok(line)
    }

    fn configured_ssh(&self) -> Result<String, CloneError> {
        let mut command = self.command();
        command.args(["config", "--get", "core.sshCommand"]);
        match self.output(command) {
            Ok(line) if !line.trim().is_empty() => Ok(line.trim().to_owned()),
            Ok(_) | Err(CloneError::Refused(_)) => Ok("ssh".to_owned()),
            Err(error) => Err(error),
        }
    }

    fn output(&self, mut command: Command) -> Result<String, CloneError> {
        let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().map_err(CloneError::Start)?;
        let stdout = heard(child.stdout.take());
        let stderr = heard(child.stderr.take());
        let succeeded = self.wait(&mut child)?;
        // A helper of git's that outlives it may hold the other end.
        let text = |end: &Receiver<String>| end.recv_timeout(NAP * 100).unwrap_or_default();
        if succeeded {
            return Ok(text(&stdout));
        }
        let said = text(&stderr);
        let told = complaint(&said);
        if ASKS.iter().any(|words| said.contains(words)) {
            return Err(CloneError::Password(told));
        }
        Err(CloneError::Refused(told))
    }

    /// Waits for the end; whether it was a good one.
    fn wait(&self, child: &mut Child) -> Result<bool, CloneError> {
        let limit = self.wanted.patience * WHOLE;
        let naps = limit.as_millis() / NAP.as_millis();
        for _ in 0..naps {
            match child.try_wait() {
                Ok(Some(status)) => return Ok(status.success()),
                Ok(None) => {}
                Err(error) => return Err(CloneError::Start(error)),
            }
            if (self.interrupted)() {
                stop(child);
                return Err(CloneError::Interrupted);
            }
            thread::sleep(NAP);
        }
        stop(child);
        Err(CloneError::Slow(limit))
    }
}

fn stop(child: &mut Child) {
    child.kill().ok();
    child.wait().ok();
}

/// What comes out of a pipe, read while git is at work, so that it never waits for us.
fn heard(pipe: Option<impl Read + Send + 'static>) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            (&mut pipe).take(MOST).read_to_end(&mut bytes).ok();
            std::io::copy(&mut pipe, &mut std::io::sink()).ok();
        }
        sender
            .send(String::from_utf8_lossy(&bytes).into_owned())
            .ok();
    });
    receiver
}

/// The line that says what is wrong.
fn complaint(said: &str) -> String {
    let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
    let marked = |mark: &str| lines().find_map(|line| line.strip_prefix(mark).map(str::to_owned));
    let asked = lines().find(|line| ASKS.iter().any(|words| line.contains(words)));
    asked
        .map(|line| line.trim_start_matches("fatal: ").to_owned())
        .or_else(|| marked("fatal: "))
        .or_else(|| marked("error: "))
        .or_else(|| lines().next_back().map(str::to_owned))
        .unwrap_or_else(|| "nothing".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_complaint_names_the_cause() {
        for (said, told) in [
            (
                "Cloning\nfatal: repository 'x' not found\n",
                "repository 'x' not found",
            ),
            (
                "git@host: Permission denied (publickey).\nfatal: Could not read from remote repository.\n",
                "git@host: Permission denied (publickey).",
            ),
            ("one\ntwo\n", "two"),
            ("", "nothing"),
        ] {
            assert_eq!(complaint(said), told);
        }
    }
}
