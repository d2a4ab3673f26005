//! The engine against the real cargo-generate: every case of `tests/it/expand/cases`, and templates and answers made by chance.
//!
//! `FLOXWRIGHT_CARGO_GENERATE` names the program; without it, `target/bench-tools/bin` and `PATH` are searched.

mod chance;

use super::wanted;
use crate::expand::{case, case_files, cases, staged_text};
use floxwright::expand::{
    CrateType, Entry, Expanded, Mode, Order, Provided, Staged, StagedFile, Switch,
};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The version that the engine is like.
const VERSION: &str = "0.23.14";

/// The real program.
fn program() -> PathBuf {
    let named = std::env::var_os("FLOXWRIGHT_CARGO_GENERATE").map(PathBuf::from);
    let built = super::top().join("target/bench-tools/bin/cargo-generate");
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

/// What the real program makes in the destination, and nothing where it fails; its talk beside it.
fn real(program: &Path, template: &Staged, order: &Order) -> (Option<Staged>, String) {
    let place = tempfile::tempdir().unwrap();
    let (source, made) = (place.path().join("source"), place.path().join("made"));
    let home = place.path().join("home");
    for directory in [&source, &made, &home] {
        std::fs::create_dir(directory).unwrap();
    }
    write(&source, template);
    let mut command = Command::new(program);
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
    command.args(arguments(order));
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

/// Compares one expansion; what differs, in words.
fn compare(program: &Path, template: &Staged, order: &Order) -> Result<(), String> {
    let (real, said) = real(program, template, order);
    let mut world = crate::expand::TableWorld::default();
    let ours = floxwright::expand::expand(template.clone(), order, &mut world);
    match (&real, ours) {
        (Some(real), Ok(ours)) if same(real, &ours) => Ok(()),
        (None, Err(_)) => Ok(()),
        // Where the real program breaks, there is nothing to compare with.
        (None, Ok(_)) if said.contains("panicked at") => Ok(()),
        (Some(real), Ok(ours)) => Err(format!(
            "the real program gives\n{}and floxwright gives\n{}",
            staged_text::write(real),
            staged_text::write(&ours.tree)
        )),
        (Some(real), Err(failure)) => Err(format!(
            "the real program gives\n{}and floxwright fails: {failure:?}",
            staged_text::write(real)
        )),
        (None, Ok(ours)) => Err(format!(
            "the real program fails\n{said}\nand floxwright gives\n{}",
            staged_text::write(&ours.tree)
        )),
    }
}

/// Whether the destination holds exactly our project.
fn same(real: &Staged, ours: &Expanded) -> bool {
    let mut expected = Staged::new();
    let project = ours.tree.clone();
    expected.put(&ours.project.directory, project).unwrap();
    real.iter().eq(expected.iter())
}

#[test]
fn every_case_is_as_the_real_program_has_it() {
    if !wanted("generate") {
        return;
    }
    let program = program();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for case in case_files().iter().flat_map(|file| cases(file)) {
        let case::Arguments {
            order,
            without_oracle,
        } = case.arguments();
        if without_oracle || order.mode != Mode::Compat {
            continue;
        }
        count += 1;
        if let Err(difference) = compare(&program, &case.staged(), &order) {
            wrong.push(format!("{}: {difference}", case.title));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{count} cases are as cargo-generate {VERSION} has them");
}

/// An order for the real program.
fn order(values: impl IntoIterator<Item = (String, toml::Value)>) -> Order {
    let mut order = case::Case {
        title: String::new(),
        line: String::new(),
        template: String::new(),
        gives: String::new(),
    }
    .arguments()
    .order;
    order.values = values
        .into_iter()
        .map(|(name, value)| {
            let origin = "chance".to_owned();
            (name, Provided { value, origin })
        })
        .collect();
    order
}
