//! The laboratory: real Nix builds what was generated, in a simulated nixpkgs, and it runs.

use super::{make, run, wanted};
use crate::cases::SEVERAL;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One at a time: each uses the whole machine, and waits for servers.
static MACHINE: Mutex<()> = Mutex::new(());

/// The machine, for one proof alone; `None` where this proof is not switched on.
pub(super) fn machine() -> Option<MutexGuard<'static, ()>> {
    wanted("lab").then(|| MACHINE.lock().unwrap_or_else(PoisonError::into_inner))
}

/// One repository to build and to run.
struct Case<'a> {
    name: &'static str,
    release: &'static str,
    arguments: &'a [&'a str],
    storage: Storage,
}

enum Storage {
    /// The documented configuration as it stands.
    Files,
    /// The documented configuration with a PostgreSQL server of the laboratory's own.
    Postgres,
}

/// Builds, looks, runs.
fn check(case: &Case<'_>) {
    let Some(_machine) = machine() else { return };
    let directory = tempfile::tempdir().unwrap();
    let repository = make(
        directory.path(),
        case.name,
        &[&["--release", case.release], case.arguments].concat(),
    );
    let link = directory.path().join("result");
    let built = run(
        "tests/lab/build",
        &[
            text(&repository),
            "--release",
            case.release,
            "--out",
            text(&link),
        ],
    );
    println!("{}: {}", case.name, built.trim());
    let configuration = documented_configuration(&repository, directory.path());
    let mut arguments = vec![
        text(&link),
        "--release",
        case.release,
        "--dagster-yaml",
        text(&configuration),
    ];
    if matches!(case.storage, Storage::Postgres) {
        arguments.extend(["--postgres", "--postgres-port", "5432"]);
    }
    println!("{}", run("tests/lab/serve", &arguments));
    let verify = repository.join("tests/verify");
    let report = directory.path().join("report.md");
    println!(
        "{}",
        run(
            text(&verify),
            &["--result", text(&link), "--report", text(&report)]
        )
    );
    println!("{}", fs::read_to_string(report).unwrap());
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The `dagster.yaml` of the runtime requirements, as a reader would copy it.
fn documented_configuration(repository: &Path, directory: &Path) -> PathBuf {
    let document = fs::read_to_string(repository.join("docs/RUNTIME_REQUIREMENTS.md")).unwrap();
    let blocks = document
        .split("```yaml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next());
    let storage = blocks.clone().find(|block| block.contains("storage:"));
    let path = directory.join("dagster.yaml");
    fs::write(&path, storage.unwrap_or_default()).unwrap();
    path
}

#[test]
fn split_from_github_1_12_0() {
    check(&Case {
        name: "split-github",
        release: "1.12.0",
        arguments: &["--package", SEVERAL, "--storage", "postgres"],
        storage: Storage::Postgres,
    });
}

#[test]
fn single_from_pypi_1_12_0() {
    check(&Case {
        name: "single-pypi",
        release: "1.12.0",
        arguments: &["--layout", "single", "--source", "pypi"],
        storage: Storage::Files,
    });
}

#[test]
fn split_from_pypi_1_13_27() {
    check(&Case {
        name: "split-new",
        release: "1.13.27",
        arguments: &["--package", SEVERAL, "--with-python", "pandas,pytest"],
        storage: Storage::Files,
    });
}

#[test]
fn single_from_pypi_1_13_27() {
    check(&Case {
        name: "single-new",
        release: "1.13.27",
        arguments: &["--layout", "single", "--storage", "postgres"],
        storage: Storage::Postgres,
    });
}

/// A branch of the monorepo, with the web UI of a release.
#[test]
fn a_commit_between_releases() {
    let Some(_machine) = machine() else { return };
    let program = env!("CARGO_BIN_EXE_floxwright");
    println!(
        "{}",
        run("tests/lab/commit", &[program, "--layout", "single"])
    );
}

/// What integrations differ in, once each: the other packages are built by `.ci/laboratory`.
const INTEGRATIONS: &[&str] = &[
    "dagster-postgres[aws]", // an extra, and a substitution
    "dagster-github",        // a requirement with an extra
    "dagster-celery-k8s",    // three internal requirements, and markers
    "dagster-duckdb-pandas", // an internal requirement, and a bound below what there is
    "dagster-looker",        // two third parties made here, two bounds below what there is
    "dagster-docker",        // a third party made here
    "dagster-pagerduty",     // another
    "dagster-polytomic",     // another
    "dagster-sling",         // another, from a wheel for each system
    "dagster-ssh",
    "dagster-slack",
    "dagster-msteams",
    "dagster-datadog",
    "dagster-prometheus",
    "dagster-twilio",
];

#[test]
fn integrations_1_13_27() {
    check(&Case {
        name: "integrations",
        release: "1.13.27",
        arguments: &["--source", "pypi", "--package", &INTEGRATIONS.join(",")],
        storage: Storage::Files,
    });
}

/// Everything that can be built of the second upstream, and what its own proof says of it.
fn check_second(name: &str, arguments: &[&str]) {
    let Some(_machine) = machine() else { return };
    let directory = tempfile::tempdir().unwrap();
    let scaffold = ["--scaffold", "opentelemetry", "--package", "all"];
    let repository = make(directory.path(), name, &[&scaffold, arguments].concat());
    let link = directory.path().join("result");
    let flags = ["--attr", "opentelemetry-complete", "--out", text(&link)];
    let built = run(
        "tests/lab/build",
        &[&[text(&repository)], &flags[..]].concat(),
    );
    println!("{name}: {}", built.trim());
    let verify = repository.join("tests/verify");
    println!("{}", run(text(&verify), &["--result", text(&link)]));
}

#[test]
fn the_second_upstream_in_split() {
    check_second("second-split", &["--release", "1.44.0"]);
}

#[test]
fn the_second_upstream_in_one_file() {
    check_second(
        "second-single",
        &["--release", "1.45.1", "--layout", "single"],
    );
}

#[test]
fn what_is_broken_does_not_build_or_does_not_run() {
    let Some(_machine) = machine() else { return };
    let directory = tempfile::tempdir().unwrap();
    let arguments = ["--release", "1.12.0", "--package", "dagster-postgres"];
    let repository = make(directory.path(), "negative", &arguments);
    println!("{}", run("tests/lab/negative", &[text(&repository)]));
}
