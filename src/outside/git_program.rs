//! The `git` program, for what is on a server: so the person's credentials, proxies and `insteadOf` apply. It reads nothing from the
//! terminal and asks nobody, it has a limit to its patience, and what the surroundings say of another repository does not reach it.
#![expect(clippy::disallowed_methods, reason = "this module starts a program")]

use super::world::World;
use crate::template::shell_word;
use rustix::process::{Pid, Signal, kill_process};
use std::cell::OnceCell;
use std::fmt::Write;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// The longest time between two looks at whether git is done.
const NAP: Duration = Duration::from_millis(10);

/// The shortest.
const BLINK: Duration = Duration::from_millis(1);

/// How long git may tidy up after itself when it is told to stop.
const GRACE: Duration = Duration::from_secs(2);

/// More is not kept of what git prints.
const MOST: u64 = 64 << 20;

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

/// git does not bring what is wanted.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// git is not there, or cannot be started.
    #[error("`git` cannot be started: {0}")]
    Start(std::io::Error),
    /// git ends with an error.
    #[error("git says: {0}")]
    Refused(String),
    /// The server wants to know who asks, and nobody is asked here.
    #[error("the server wants a password or a key, and floxwright asks for none: {0}")]
    Password(String),
    /// It took too long.
    #[error("it did not come within {} seconds", .0.as_secs_f64())]
    Slow(Duration),
    /// A signal came.
    #[error("interrupted")]
    Interrupted,
}

/// How much is wanted of a server, which says how long that may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// The names of what it has: the patience with a silent server.
    List,
    /// Files: twenty times.
    Files,
}

impl Amount {
    fn limit(self, patience: Duration) -> Duration {
        patience
            * match self {
                Self::List => 1,
                Self::Files => 20,
            }
    }
}

/// git, ready to be called for one repository.
pub(super) struct GitProgram<'a> {
    pub(super) world: &'a World,
    /// The repository's address or path.
    pub(super) address: &'a str,
    /// How long a server may be silent.
    pub(super) patience: Duration,
    /// A private key for SSH.
    pub(super) identity: Option<&'a Path>,
    /// A file in the place of the person's git configuration.
    pub(super) configuration: Option<&'a Path>,
    /// Is asked while git is at work.
    pub(super) interrupted: &'a dyn Fn() -> bool,
    /// The line that starts SSH, once it was asked for.
    ssh: OnceCell<String>,
}

impl<'a> GitProgram<'a> {
    /// git for an address, as the person has set it up.
    pub(super) fn new(world: &'a World, address: &'a str, patience: Duration) -> Self {
        Self {
            world,
            address,
            patience,
            identity: None,
            configuration: None,
            interrupted: &|| false,
            ssh: OnceCell::new(),
        }
    }

    /// Runs git where it asks no server, in a directory or in the working directory; what it prints.
    pub(super) fn here(&self, at: Option<&Path>, words: &[&str]) -> Result<String, RemoteError> {
        self.output(self.command(at, words), Amount::Files)
    }

    /// Runs git where it asks a server; what it prints.
    pub(super) fn there(
        &self,
        at: Option<&Path>,
        words: &[&str],
        amount: Amount,
    ) -> Result<String, RemoteError> {
        let ssh = format!("core.sshCommand={}", self.ssh()?);
        let seconds = self.patience.as_secs().max(1);
        let slow = format!("http.lowSpeedTime={seconds}");
        let settings = ["-c", &ssh, "-c", "http.lowSpeedLimit=1", "-c", &slow];
        self.output(self.command(at, &[&settings, words].concat()), amount)
    }

    /// git with all that holds for every call.
    fn command(&self, at: Option<&Path>, words: &[&str]) -> Command {
        let mut command = Command::new("git");
        let settings = [
            "core.hooksPath=/dev/null",
            "core.fsmonitor=false",
            "protocol.ext.allow=never",
            "advice.detachedHead=false",
            "gc.auto=0",
        ];
        for setting in settings {
            command.args(["-c", setting]);
        }
        // What is on this machine may lead to what is on this machine.
        if is_local(self.address) || self.address.starts_with("file:") {
            command.args(["-c", "protocol.file.allow=always"]);
        }
        command.args(words).env_clear().envs(&self.world.env);
        for name in OTHER_REPOSITORY {
            command.env_remove(name);
        }
        if let Some(path) = self.configuration {
            command.env("GIT_CONFIG_GLOBAL", path);
        }
        command
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_ASKPASS", "")
            .env("SSH_ASKPASS_REQUIRE", "never")
            .env("LC_ALL", "C")
            .env_remove("GIT_SSH_COMMAND")
            .current_dir(at.unwrap_or(&self.world.cwd))
            .stdin(Stdio::null());
        command
    }

    /// The line that starts SSH: the person's own, and what keeps it from asking.
    fn ssh(&self) -> Result<&str, RemoteError> {
        if let Some(line) = self.ssh.get() {
            return Ok(line);
        }
        let mut line = match (self.world.var("GIT_SSH_COMMAND"), self.world.var("GIT_SSH")) {
            (Some(line), _) => line.to_owned(),
            (None, Some(program)) => shell_word(program),
            (None, None) => self.configured_ssh()?,
        };
        let seconds = self.patience.as_secs().max(1);
        line.push_str(" -o BatchMode=yes -o ServerAliveCountMax=2");
        let _ = write!(
            line,
            " -o ConnectTimeout={seconds} -o ServerAliveInterval={seconds}"
        );
        if let Some(identity) = self.identity {
            let identity = shell_word(&identity.to_string_lossy());
            let _ = write!(line, " -o IdentitiesOnly=yes -i {identity}");
        }
        Ok(self.ssh.get_or_init(|| line))
    }

    fn configured_ssh(&self) -> Result<String, RemoteError> {
        match self.here(None, &["config", "--get", "core.sshCommand"]) {
            Ok(line) if !line.trim().is_empty() => Ok(line.trim().to_owned()),
            Ok(_) | Err(RemoteError::Refused(_)) => Ok("ssh".to_owned()),
            Err(error) => Err(error),
        }
    }

    fn output(&self, mut command: Command, amount: Amount) -> Result<String, RemoteError> {
        let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().map_err(RemoteError::Start)?;
        let stdout = heard(child.stdout.take());
        let stderr = heard(child.stderr.take());
        let succeeded = self.wait(&mut child, amount)?;
        // A helper of git's that outlives it may hold the other end.
        let text = |end: &Receiver<String>| end.recv_timeout(GRACE).unwrap_or_default();
        if succeeded {
            return Ok(text(&stdout));
        }
        let said = text(&stderr);
        let told = complaint(&said);
        if ASKS.iter().any(|words| said.contains(words)) {
            return Err(RemoteError::Password(told));
        }
        Err(RemoteError::Refused(told))
    }

    /// Waits for the end; whether it was a good one.
    fn wait(&self, child: &mut Child, amount: Amount) -> Result<bool, RemoteError> {
        let limit = amount.limit(self.patience);
        let (mut waited, mut nap) = (Duration::ZERO, BLINK);
        while waited < limit {
            match child.try_wait() {
                Ok(Some(status)) => return Ok(status.success()),
                Ok(None) => {}
                Err(error) => return Err(RemoteError::Start(error)),
            }
            if (self.interrupted)() {
                stop(child);
                return Err(RemoteError::Interrupted);
            }
            thread::sleep(nap);
            waited += nap;
            nap = (nap * 2).min(NAP);
        }
        stop(child);
        Err(RemoteError::Slow(limit))
    }
}

/// Ends git: kindly at first, so that it takes its locks and its helpers with it.
fn stop(child: &mut Child) {
    kill_process(Pid::from_child(child), Signal::TERM).ok();
    let mut waited = Duration::ZERO;
    while waited < GRACE {
        if !matches!(child.try_wait(), Ok(None)) {
            return;
        }
        thread::sleep(NAP);
        waited += NAP;
    }
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

/// Whether an address is a directory of this machine.
pub(super) fn is_local(address: &str) -> bool {
    let before_slash = address.split('/').next().unwrap_or_default();
    !before_slash.contains(':')
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
                "Cloning\nfatal: repository 'x' not found\nfatal: more\n",
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

    #[test]
    fn directories_are_known_from_addresses() {
        for (address, local) in [
            ("/srv/template", true),
            ("../template", true),
            ("template", true),
            ("a/b:c", true),
            ("https://example.org/a.git", false),
            ("file:///srv/template", false),
            ("git@example.org:a/b", false),
        ] {
            assert_eq!(is_local(address), local, "{address}");
        }
    }

    #[test]
    fn ssh_never_asks_and_waits_no_longer_than_it_may() {
        let world = World {
            env: [("GIT_SSH".to_owned(), "my ssh".to_owned())].into(),
            ..World::default()
        };
        let mut git = GitProgram::new(&world, "git@example.org:a", Duration::from_secs(7));
        git.identity = Some(Path::new("/k e y"));
        assert_eq!(
            git.ssh().unwrap(),
            "'my ssh' -o BatchMode=yes -o ServerAliveCountMax=2 -o ConnectTimeout=7 \
             -o ServerAliveInterval=7 -o IdentitiesOnly=yes -i '/k e y'"
        );
    }
}
