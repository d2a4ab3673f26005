//! Programs that a person asked for: a command of a hook that was permitted, an editor, a test. None outlives the run.
#![expect(clippy::disallowed_methods, reason = "this module starts programs")]

use super::world::World;
use rustix::process::{
    Pid, Signal, WaitId, WaitIdOptions, kill_process, kill_process_group, waitid,
};
use std::io::{Error, ErrorKind, IsTerminal, Read};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// The most that is kept of what a command writes to one stream.
const MOST: usize = 16 << 20;

/// Between two looks at a program.
const NAP: Duration = Duration::from_millis(5);

/// How many looks the end of a stream has time for, when the shell has ended.
const LOOKS: u32 = 40;

/// How many looks a program has time for, when it was told to end.
const GRACE: u32 = 400;

/// What came of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The exit code; `None` where a signal ended it.
    pub code: Option<i32>,
    /// What it wrote to standard output.
    pub stdout: Vec<u8>,
    /// What it wrote to standard error.
    pub stderr: Vec<u8>,
}

/// A command does not end by itself.
#[derive(Debug, thiserror::Error)]
pub enum ShellError {
    /// The shell cannot be started.
    #[error("the shell cannot be started: {0}")]
    Start(#[from] Error),
    /// It wrote too much.
    #[error("it writes more than 16 MiB")]
    TooMuch,
    /// A signal came.
    #[error("interrupted")]
    Interrupted,
}

/// Runs a line by the shell; what it wrote, and how it ended. It reads nothing, and nothing that it started goes on after it.
///
/// # Errors
/// The shell cannot be started, the command writes more than 16 MiB, or an interruption.
pub fn shell(
    line: &str,
    directory: &Path,
    world: &World,
    interrupted: &dyn Fn() -> bool,
) -> Result<Said, ShellError> {
    let mut child = Command::new("sh")
        .arg("-c")
        .arg(line)
        .env_clear()
        .envs(&world.env)
        .current_dir(directory)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()?;
    let streams = [
        Heard::of(child.stdout.take()),
        Heard::of(child.stderr.take()),
    ];
    let ended = watched(&mut child, &streams, interrupted);
    kill_process_group(Pid::from_child(&child), Signal::KILL).ok();
    child.wait().ok();
    let code = ended?;
    for _ in 0..LOOKS {
        if streams.iter().all(Heard::is_done) {
            break;
        }
        thread::sleep(NAP);
    }
    let [stdout, stderr] = streams.map(|stream| stream.taken());
    Ok(Said {
        code,
        stdout,
        stderr,
    })
}

/// The exit code of the shell.
fn watched(
    child: &mut Child,
    streams: &[Heard],
    interrupted: &dyn Fn() -> bool,
) -> Result<Option<i32>, ShellError> {
    loop {
        if streams.iter().any(Heard::is_full) {
            return Err(ShellError::TooMuch);
        }
        if interrupted() {
            return Err(ShellError::Interrupted);
        }
        if let Some(status) = child.try_wait()? {
            return Ok(status.code());
        }
        thread::sleep(NAP);
    }
}

/// What comes out of a stream, as far as it has come.
#[derive(Clone, Default)]
struct Heard {
    bytes: Arc<Mutex<Vec<u8>>>,
    is_done: Arc<AtomicBool>,
    is_full: Arc<AtomicBool>,
}

impl Heard {
    fn of(pipe: Option<impl Read + Send + 'static>) -> Self {
        let heard = Self::default();
        let own = heard.clone();
        thread::spawn(move || {
            if let Some(pipe) = pipe {
                own.listen(pipe);
            }
            own.is_done.store(true, Ordering::SeqCst);
        });
        heard
    }

    fn listen(&self, mut pipe: impl Read) {
        let mut part = vec![0; 1 << 16];
        while let Ok(read @ 1..) = pipe.read(&mut part) {
            let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
            if bytes.len() + read > MOST {
                self.is_full.store(true, Ordering::SeqCst);
                return;
            }
            bytes.extend_from_slice(&part[..read]);
        }
    }

    fn is_done(&self) -> bool {
        self.is_done.load(Ordering::SeqCst)
    }

    fn is_full(&self) -> bool {
        self.is_full.load(Ordering::SeqCst)
    }

    fn taken(&self) -> Vec<u8> {
        let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *bytes)
    }
}

/// Runs a program in the person's terminal; whether it ended well. Where nobody types, a signal reaches all that it started as well.
///
/// # Errors
/// It cannot be started, or an interruption, at which it is told to end.
pub fn foreground(
    program: &str,
    arguments: &[String],
    (directory, world): (&Path, &World),
    interrupted: &dyn Fn() -> bool,
) -> Result<bool, Error> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env_clear()
        .envs(&world.env)
        .current_dir(directory);
    // On a terminal a group of its own could not read; there Ctrl-C reaches all of them anyway.
    let is_group = !std::io::stdin().is_terminal();
    if is_group {
        command.process_group(0);
    }
    let mut child = command.spawn()?;
    let tell = |child: &Child, signal: Signal| {
        let id = Pid::from_child(child);
        if is_group {
            kill_process_group(id, signal).ok();
        } else {
            kill_process(id, signal).ok();
        }
    };
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if interrupted() {
            tell(&child, Signal::TERM);
            for _ in 0..GRACE {
                if has_ended(&child) {
                    break;
                }
                thread::sleep(NAP);
            }
            // Others of the group may go on without it, and its number is nobody else's until it is waited for.
            tell(&child, Signal::KILL);
            child.wait().ok();
            return Err(ErrorKind::Interrupted.into());
        }
        thread::sleep(NAP);
    }
}

/// Whether a program has ended; nobody has waited for it yet.
fn has_ended(child: &Child) -> bool {
    let how = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    !matches!(waitid(WaitId::Pid(Pid::from_child(child)), how), Ok(None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(line: &str, interrupted: bool) -> Result<Said, ShellError> {
        let path = std::env::var("PATH").unwrap_or_default();
        let world = World {
            env: [("PATH".to_owned(), path)].into(),
            ..World::default()
        };
        shell(line, Path::new("/"), &world, &|| interrupted)
    }

    #[test]
    fn a_command_ends_and_is_heard() {
        let said = run("echo out; echo err >&2; exit 3", false).unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(
            (said.code, text(&said.stdout), text(&said.stderr)),
            (Some(3), "out\n".to_owned(), "err\n".to_owned())
        );
        let said = run("sleep 60 & echo out", false).unwrap();
        assert_eq!(text(&said.stdout), "out\n");
        assert!(matches!(run("yes", false), Err(ShellError::TooMuch)));
        assert!(matches!(
            run("sleep 60", true),
            Err(ShellError::Interrupted)
        ));
    }
}
