//! The workflows that a repository can have, and the scripts that they run: the scripts are started here, beside programs that
//! only say how they were called.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests start scripts, and make and look at files"
)]
#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

mod building;
mod proposing;
mod publishing;
mod workflows;

use crate::sandbox::{Done, Sandbox, new_yes};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// Surroundings with a repository `d` that has workflows, and with programs of our own before those of the machine.
struct Automated {
    sandbox: Sandbox,
}

impl Automated {
    fn new(flags: &[&str]) -> Self {
        let sandbox = Sandbox::new();
        let flags = [&["--with", "workflows"], flags].concat();
        drop(sandbox.run(&new_yes("d", &flags)).success());
        Self { sandbox }
    }

    /// Puts a program on the path: a shell script, which finds its arguments in `$*`.
    fn program(&self, name: &str, script: &str) {
        let file = format!("bin/{name}");
        self.sandbox.write(
            &file,
            format!("#!/bin/sh\necho \"{name} $*\" >> \"$CALLS\"\n{script}\n"),
        );
        let path = self.sandbox.path(&file);
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Runs a script of the repository, with more variables.
    fn script(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Done {
        let script = format!(".github/scripts/{}", arguments[0]);
        let mut command = Command::new(self.sandbox.path(&format!("d/{script}")));
        command.args(&arguments[1..]);
        self.sandbox.surround(&mut command);
        let rest = std::env::var("PATH").unwrap();
        command.env(
            "PATH",
            format!("{}:{rest}", self.sandbox.path("bin").display()),
        );
        for (name, file) in [
            ("CALLS", "calls"),
            ("GITHUB_OUTPUT", "output"),
            ("GITHUB_STEP_SUMMARY", "summary"),
        ] {
            self.sandbox.write(file, "");
            command.env(name, self.sandbox.path(file));
        }
        command.envs(variables.iter().copied());
        self.sandbox.done(&command.output().unwrap())
    }

    /// What a file of the working directory holds.
    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.sandbox.path(file)).unwrap()
    }

    /// How the programs were called, a line each.
    fn calls(&self) -> Vec<String> {
        self.text("calls").lines().map(str::to_owned).collect()
    }
}
