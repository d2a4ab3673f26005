//! A place where a command runs: its surroundings, and what lies there, byte for byte.

use super::Row;
use crate::sandbox::{Done, PROGRAM, Sandbox};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What lies below a directory, without git's own: files with their bytes and whether they are executable, directories,
/// and whatever else there is.
pub(super) type State = BTreeMap<String, Entry>;

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Entry {
    Directory,
    File(Vec<u8>, bool),
    Other,
}

/// A place, with surroundings of its own.
pub(super) struct Place {
    pub(super) sandbox: Sandbox,
}

impl Place {
    pub(super) fn new() -> Self {
        Self {
            sandbox: Sandbox::new(),
        }
    }

    /// The state before a row's command.
    pub(super) fn before(row: &Row) -> Self {
        let place = Self::new();
        for arguments in row.before {
            drop(place.run(arguments).success());
        }
        if let Some([file, from, to]) = row.edit {
            let text = fs::read_to_string(place.sandbox.path(file)).unwrap();
            assert!(text.contains(from), "{file} has no {from}");
            place.sandbox.write(file, text.replacen(from, to, 1));
        }
        place
    }

    /// The directory in which commands run.
    pub(super) fn work(&self) -> PathBuf {
        self.sandbox.path("")
    }

    /// Empties the place, and fills it with a copy of another directory.
    pub(super) fn refill(&self, from: &Path) {
        fs::remove_dir_all(self.work()).unwrap();
        copy(from, &self.work());
    }

    /// Runs the program under strace; what strace wrote of the calls.
    pub(super) fn traced(&self, options: &[&str], arguments: &[&str]) -> (Output, String) {
        let trace = self.sandbox.root().join("trace");
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-o"]).arg(&trace).args(options);
        command.arg("--").arg(program()).args(arguments);
        self.sandbox.surround(&mut command);
        let output = command.output().unwrap();
        let text = fs::read(&trace).unwrap_or_default();
        fs::remove_file(&trace).ok();
        (output, String::from_utf8_lossy(&text).into_owned())
    }

    /// Runs the program.
    pub(super) fn run(&self, arguments: &[&str]) -> Done {
        let mut command = Command::new(program());
        command.args(arguments);
        self.sandbox.surround(&mut command);
        self.sandbox.done(&command.output().unwrap())
    }

    /// What lies there.
    pub(super) fn state(&self) -> State {
        let mut state = State::new();
        look(&self.work(), "", &mut state);
        state
    }

    /// Names of what is left in the directory for temporary files.
    pub(super) fn temporary(&self) -> Vec<String> {
        let entries = fs::read_dir(self.sandbox.root().join("tmp")).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect()
    }

    /// What git says of the repository: what is staged, what differs; nothing locks it.
    pub(super) fn git(&self) -> String {
        let git = |arguments: &[&str]| self.sandbox.git("d", arguments);
        let lock = self.work().join("d/.git/index.lock").exists();
        let status = git(&["status", "--porcelain", "--untracked-files=all"]);
        format!(
            "{}{}{status}",
            git(&["ls-files", "--stage"]),
            if lock { "index.lock is left\n" } else { "" },
        )
    }

    /// The same with its commit; its objects are whole.
    pub(super) fn whole_git(&self) -> String {
        self.sandbox
            .git("d", &["fsck", "--strict", "--no-dangling"]);
        format!(
            "{}{}",
            self.sandbox.git("d", &["rev-parse", "HEAD"]),
            self.git()
        )
    }
}

/// The program: the one that was just built, or a faster build of it that is named. It is started thousands of times.
pub(super) fn program() -> PathBuf {
    let named = std::env::var_os("FLOXWRIGHT_FAULTS_PROGRAM");
    named.map_or_else(|| PathBuf::from(PROGRAM), PathBuf::from)
}

/// A copy of a directory with everything in it.
pub(super) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            copy(&from, &to);
        } else if kind.is_symlink() {
            std::os::unix::fs::symlink(fs::read_link(&from).unwrap(), &to).unwrap();
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}

fn look(directory: &Path, prefix: &str, state: &mut State) {
    for entry in fs::read_dir(directory).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() == OsStr::new(".git") {
            continue;
        }
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let metadata = fs::symlink_metadata(entry.path()).unwrap();
        let found = if metadata.is_dir() {
            look(&entry.path(), &format!("{name}/"), state);
            Entry::Directory
        } else if metadata.is_file() {
            let executable = metadata.permissions().mode() & 0o111 != 0;
            Entry::File(fs::read(entry.path()).unwrap(), executable)
        } else {
            Entry::Other
        };
        state.insert(name, found);
    }
}

/// What a run keeps for itself, beside a repository and below it.
pub(super) const RUN: &str = "d/.floxwright/run";
pub(super) const BESIDE: &str = ".d.floxwright-new";

/// What is not the run's own.
pub(super) fn visible(state: State) -> State {
    let own = |name: &str| name.starts_with(RUN) || name.starts_with(BESIDE);
    state.into_iter().filter(|(name, _)| !own(name)).collect()
}
