//! Runs of the real program in surroundings of their own: a temporary folder, a cleared environment, a fixed clock.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests start the program itself, and make and look at files"
)]
#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use floxwright::disk::read_tree;
use floxwright::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The program.
pub(super) const PROGRAM: &str = env!("CARGO_BIN_EXE_floxwright");

/// The time of every run: 2026-11-20, 12:00 UTC.
pub(super) const EPOCH: &str = "1795176000";

/// Who commits, in the git configuration of a sandbox.
const IDENTITY: &str = "[user]\n\tname = Ada Example\n\temail = ada@example.org\n";

/// The surroundings of a few runs.
pub(super) struct Sandbox {
    folder: tempfile::TempDir,
    environment: BTreeMap<String, OsString>,
    cwd: PathBuf,
    /// A shell line that comes before the program is started.
    before: Option<String>,
}

impl Sandbox {
    /// Surroundings in which git knows who commits.
    pub(super) fn new() -> Self {
        let sandbox = Self::anonymous();
        sandbox.git_config(IDENTITY);
        sandbox
    }

    /// Surroundings in which git knows nobody.
    pub(super) fn anonymous() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("floxwright-it-")
            .tempdir()
            .unwrap();
        let root = folder.path().canonicalize().unwrap();
        let cwd = root.join("work");
        let mut environment = BTreeMap::from(
            [
                ("TZ", "UTC"),
                ("LC_ALL", "C.UTF-8"),
                ("NO_COLOR", "1"),
                ("TERM", "xterm"),
                ("SOURCE_DATE_EPOCH", EPOCH),
                ("GIT_CONFIG_NOSYSTEM", "1"),
                // Nobody listens there: no test asks the real index.
                ("FLOXWRIGHT_PYPI", "http://127.0.0.1:9"),
                ("FLOXWRIGHT_GITHUB", "http://127.0.0.1:9"),
            ]
            .map(|(name, value)| (name.to_owned(), OsString::from(value))),
        );
        if let Some(path) = std::env::var_os("PATH") {
            environment.insert("PATH".to_owned(), path);
        }
        for (name, directory) in [
            ("HOME", "home"),
            ("XDG_CONFIG_HOME", "home/config"),
            ("XDG_DATA_HOME", "home/data"),
            ("XDG_CACHE_HOME", "home/cache"),
            ("XDG_STATE_HOME", "home/state"),
            ("TMPDIR", "tmp"),
        ] {
            fs::create_dir_all(root.join(directory)).unwrap();
            environment.insert(name.to_owned(), root.join(directory).into());
        }
        environment.insert(
            "GIT_CONFIG_GLOBAL".to_owned(),
            root.join("home/gitconfig").into(),
        );
        fs::write(root.join("home/gitconfig"), "").unwrap();
        fs::create_dir(&cwd).unwrap();
        Self {
            folder,
            environment,
            cwd,
            before: None,
        }
    }

    /// The same surroundings with one more variable.
    pub(super) fn with_env(mut self, name: &str, value: &str) -> Self {
        self.environment.insert(name.to_owned(), value.into());
        self
    }

    /// The same surroundings with a shell line before each start: `umask 077`, `ulimit -f 8`.
    pub(super) fn after_shell(mut self, line: &str) -> Self {
        self.before = Some(line.to_owned());
        self
    }

    /// The same surroundings, working below `directory`.
    pub(super) fn working_in(mut self, directory: &str) -> Self {
        self.cwd = self.cwd.join(directory);
        fs::create_dir_all(&self.cwd).unwrap();
        self
    }

    /// Replaces the git configuration of the person.
    pub(super) fn git_config(&self, text: &str) {
        fs::write(self.root().join("home/gitconfig"), text).unwrap();
    }

    /// The folder that holds everything.
    pub(super) fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    /// A path in the working directory.
    pub(super) fn path(&self, relative: &str) -> PathBuf {
        self.cwd.join(relative)
    }

    /// Makes a file with its directories, in the working directory.
    pub(super) fn write(&self, relative: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// The program with these arguments, not started yet.
    pub(super) fn command<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = match &self.before {
            None => Command::new(PROGRAM),
            Some(line) => {
                let mut shell = Command::new("sh");
                shell
                    .arg("-c")
                    .arg(format!("{line}; exec \"$0\" \"$@\""))
                    .arg(PROGRAM);
                shell
            }
        };
        command.args(arguments);
        self.surround(&mut command);
        command.stdin(Stdio::null());
        command
    }

    /// Gives any program these surroundings.
    pub(super) fn surround(&self, command: &mut Command) {
        command
            .env_clear()
            .envs(&self.environment)
            .current_dir(&self.cwd);
    }

    /// Runs the program without a terminal.
    pub(super) fn run<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) -> Done {
        self.done(&self.command(arguments).output().unwrap())
    }

    /// Runs a line by the shell, with the program on the path.
    pub(super) fn shell(&self, line: &str) -> Done {
        let mut command = Command::new("sh");
        command.arg("-c").arg(line);
        self.surround(&mut command);
        let directory = Path::new(PROGRAM).parent().unwrap().to_owned();
        let rest = self.environment.get("PATH").cloned().unwrap_or_default();
        let path =
            std::env::join_paths(std::iter::once(directory).chain(std::env::split_paths(&rest)));
        command.env("PATH", path.unwrap());
        self.done(&command.output().unwrap())
    }

    /// Runs `git` in a directory of the working directory; its output.
    pub(super) fn git(&self, directory: &str, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.path(directory)).args(arguments);
        self.surround(&mut command);
        let output = command.output().unwrap();
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    pub(super) fn done(&self, output: &Output) -> Done {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Done {
            code: output.status.code(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
            root: self.root().to_string_lossy().into_owned(),
        }
    }

    /// The files of a directory, without `.git`.
    pub(super) fn tree(&self, relative: &str) -> Tree {
        read_tree(&self.path(relative)).unwrap()
    }

    /// Every entry below the sandbox but what is in the cache: directories, links and special files too.
    pub(super) fn entries(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open = vec![self.root()];
        while let Some(directory) = open.pop() {
            for entry in fs::read_dir(&directory).unwrap().flatten() {
                let path = entry.path();
                if path == self.root().join("home/cache/floxwright") {
                    continue;
                }
                let metadata = fs::symlink_metadata(&path).unwrap();
                let shown = path.strip_prefix(self.root()).unwrap();
                found.insert(format!(
                    "{} {:?} {}",
                    shown.display(),
                    metadata.file_type(),
                    if metadata.is_file() {
                        metadata.len()
                    } else {
                        0
                    }
                ));
                if metadata.is_dir() {
                    open.push(path);
                }
            }
        }
        found
    }
}

/// What came of a run.
#[must_use]
#[derive(Debug)]
pub(super) struct Done {
    pub(super) code: Option<i32>,
    pub(super) stdout: String,
    pub(super) stderr: String,
    root: String,
}

impl Done {
    /// The run ended well.
    #[track_caller]
    pub(super) fn success(self) -> Self {
        self.exit(0)
    }

    /// The run ended with this code.
    #[track_caller]
    pub(super) fn exit(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "--- stdout\n{}\n--- stderr\n{}",
            self.stdout,
            self.stderr
        );
        self
    }

    /// Standard error holds each of these.
    #[track_caller]
    pub(super) fn says(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(
                self.stderr.contains(part),
                "no {part:?} in:\n{}",
                self.stderr
            );
        }
        self
    }

    /// A text of the run with what differs from machine to machine replaced.
    pub(super) fn normal(&self, text: &str) -> String {
        text.replace(&self.root, "[SANDBOX]")
            .replace(env!("CARGO_PKG_VERSION"), "[VERSION]")
    }

    /// The command after "The same again:".
    pub(super) fn same_again(&self) -> &str {
        let mut lines = self.stdout.lines().map(str::trim);
        lines
            .find(|line| line.starts_with("The same again"))
            .unwrap();
        lines.next().unwrap()
    }
}

/// Starting `new` with `--yes`.
pub(super) fn new_yes<'a>(directory: &'a str, arguments: &[&'a str]) -> Vec<&'a str> {
    [&["new", directory, "--yes"], arguments].concat()
}
