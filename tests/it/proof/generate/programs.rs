//! The real program and ours, run alike: what they make, and what they say.

use floxwright::expand::{CrateType, Entry, Order, Staged, StagedFile, Switch};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The version that floxwright is like.
pub(super) const VERSION: &str = "0.23.14";

/// A program that makes projects of templates.
pub(super) struct Program {
    path: PathBuf,
    /// What it needs besides the arguments of both.
    further: &'static [&'static str],
}

impl Program {
    /// The real one.
    pub(super) fn real() -> Self {
        Self {
            path: program(),
            further: &[],
        }
    }

    /// Ours.
    pub(super) fn ours() -> Self {
        Self {
            path: env!("CARGO_BIN_EXE_floxwright").into(),
            further: &["--compat", "--allow-hooks"],
        }
    }

    /// What it makes in the destination, and nothing where it fails; its talk beside it.
    pub(super) fn make(&self, template: &Staged, order: &Order) -> (Option<Staged>, String) {
        let place = tempfile::tempdir().unwrap();
        let (source, made) = (place.path().join("source"), place.path().join("made"));
        let home = place.path().join("home");
        for directory in [&source, &made, &home] {
            std::fs::create_dir(directory).unwrap();
        }
        write(&source, template);
        let mut command = Command::new(&self.path);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", &home)
            .env("CARGO_HOME", &home)
            .env("CARGO_NAME", "Tess Ter")
            .env("CARGO_EMAIL", "tess@example.org")
            .current_dir(&home);
        command.args(["generate", "--vcs", "none", "--no-workspace", "--path"]);
        command.arg(&source).arg("--destination").arg(&made);
        command.args(self.further).args(arguments(order));
        if !order.values.is_empty() {
            let file = home.join("values.toml");
            let values = order.values.iter();
            let values: toml::Table = values
                .map(|(name, provided)| (name.clone(), provided.value.clone()))
                .collect();
            let table = toml::Table::from_iter([("values".to_owned(), toml::Value::Table(values))]);
            std::fs::write(&file, table.to_string()).unwrap();
            command.arg("--values-file").arg(file);
        }
        let output: Output = command.output().unwrap();
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        if !output.status.success() {
            return (None, said);
        }
        (Some(read(&made)), said)
    }
}

/// The real program, found.
fn program() -> PathBuf {
    let named = std::env::var_os("FLOXWRIGHT_CARGO_GENERATE").map(PathBuf::from);
    let built = crate::proof::top().join("target/bench-tools/bin/cargo-generate");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|directory| directory.join("cargo-generate"));
    let mut candidates = named.into_iter().chain([built]).chain(found);
    let program = candidates.find(|candidate| candidate.is_file());
    let program = program.expect("cargo-generate is needed for this proof");
    let said = Command::new(&program).arg("--version").output().unwrap();
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.contains(VERSION), "{said} is not {VERSION}");
    program
}

fn arguments(order: &Order) -> Vec<String> {
    let mut arguments = Vec::new();
    if let Some(name) = &order.name {
        arguments.push(format!("--name={name}"));
    }
    for (switch, flag) in [
        (Switch::Silent, "--silent"),
        (Switch::Force, "--force"),
        (Switch::Init, "--init"),
        (Switch::ContinueOnError, "--continue-on-error"),
        (Switch::AllowCommands, "--allow-commands"),
    ] {
        if order.is(switch) {
            arguments.push(flag.to_owned());
        }
    }
    if order.crate_type == CrateType::Lib {
        arguments.push("--lib".to_owned());
    }
    arguments.extend(order.subfolder.clone());
    arguments
}

fn write(directory: &Path, staged: &Staged) {
    for (path, entry) in staged.iter() {
        let path = directory.join(path);
        match entry {
            Entry::Directory => std::fs::create_dir(&path).unwrap(),
            Entry::Link(target) => std::os::unix::fs::symlink(target, &path).unwrap(),
            Entry::File(file) => {
                std::fs::write(&path, &file.bytes).unwrap();
                let mode = std::fs::Permissions::from_mode(file.mode);
                std::fs::set_permissions(&path, mode).unwrap();
            }
        }
    }
}

fn read(directory: &Path) -> Staged {
    let mut staged = Staged::new();
    let mut open = vec![(directory.to_owned(), String::new())];
    while let Some((directory, prefix)) = open.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            let facts = entry.metadata().unwrap();
            // A repository that was made holds what each git library puts there.
            if facts.is_dir() && entry.file_name() == ".git" {
                continue;
            }
            if facts.is_dir() {
                staged.insert_directory(&path).unwrap();
                open.push((entry.path(), format!("{path}/")));
            } else {
                let bytes = std::fs::read(entry.path()).unwrap();
                let mode = facts.permissions().mode() & 0o7777;
                let file = StagedFile { bytes, mode };
                staged.insert_file(&path, file).unwrap();
            }
        }
    }
    staged
}
