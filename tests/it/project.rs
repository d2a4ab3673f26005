//! The project's own files, for the tests that look at them, and the way in which generated ones are kept.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests read the project itself and ask git and cargo about it"
)]
#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// The project's directory.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of one of the project's files.
pub(crate) fn read(path: &str) -> String {
    let text = std::fs::read(root().join(path));
    String::from_utf8_lossy(&text.unwrap_or_else(|error| panic!("`{path}`: {error}"))).into_owned()
}

/// The bytes of a file of the project.
pub(crate) fn bytes(path: &str) -> Vec<u8> {
    std::fs::read(root().join(path)).unwrap_or_else(|error| panic!("`{path}`: {error}"))
}

/// The files that are in git, or would be after `git add`; sorted, with `/`.
pub(crate) fn files() -> Vec<String> {
    let listed = run(Command::new("git").current_dir(root()).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]));
    let files = listed.split('\0').filter(|path| !path.is_empty());
    let mut files: Vec<String> = files
        .filter(|path| root().join(path).is_file())
        .map(str::to_owned)
        .collect();
    files.sort();
    files.dedup();
    files
}

/// The Rust files below one of these directories, or of exactly this name.
pub(crate) fn rust_files(places: &[&str]) -> Vec<String> {
    let wanted = |file: &String| {
        has_ending(file, "rs") && places.iter().any(|place| file.starts_with(place))
    };
    files().into_iter().filter(wanted).collect()
}

/// Whether a file's name ends in `.` and this.
pub(crate) fn has_ending(file: &str, ending: &str) -> bool {
    Path::new(file)
        .extension()
        .is_some_and(|found| found == ending)
}

/// What a program prints; it has to succeed.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// What cargo prints, without a network and without a change of the lock.
pub(crate) fn cargo(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    run(command
        .current_dir(root())
        .args(arguments)
        .args(["--offline", "--locked"]))
}

/// Compares a generated file with what it should be; with `BLESS=1` in the environment it is written instead.
pub(crate) fn keep(path: &str, expected: &str) {
    let place: PathBuf = root().join(path);
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(&place, expected).unwrap();
        return;
    }
    let found = std::fs::read_to_string(&place).unwrap_or_default();
    assert!(
        found == expected,
        "`{path}` is out of date; `BLESS=1 cargo test` writes it:\n{}",
        similar::TextDiff::from_lines(found.as_str(), expected).unified_diff()
    );
}
