//! Values of flags that cannot be taken.

use super::refuses_flags;
use super::rows::{CHOICES, CONTRADICTIONS, NAMES, PACKAGES, RELEASES, Row};
use crate::sandbox::Sandbox;

fn all(rows: &[Row]) {
    let sandbox = Sandbox::new();
    for (flags, exit, says) in rows {
        let told = refuses_flags(&sandbox, flags, *exit, says);
        assert_eq!(told, 1, "{flags:?}");
    }
}

#[test]
fn names() {
    let long = "x".repeat(256);
    refuses_flags(
        &Sandbox::new(),
        &["--name", &long],
        2,
        &["more than 200 bytes"],
    );
    all(NAMES);
}

#[test]
fn packages_and_libraries() {
    all(PACKAGES);
}

#[test]
fn releases_and_sources() {
    all(RELEASES);
}

#[test]
fn choices_and_texts() {
    all(CHOICES);
}

#[test]
fn contradictions() {
    all(CONTRADICTIONS);
}

#[test]
fn a_python_that_a_package_does_not_support_is_refused_with_those_that_all_do() {
    let sandbox = Sandbox::new();
    for (flags, packages, says) in [
        (
            &["--release", "1.12.0", "--python", "python314"][..],
            4,
            &[
                "`dagster` 1.12.0 does not support Python 3.14: it says `>=3.9, <3.14`",
                "`--python python313`, `--python python312`",
            ][..],
        ),
        (
            &[
                "--release",
                "1.13.27",
                "--python",
                "python314",
                "--package",
                "dagster-mysql",
            ],
            1,
            &["`dagster-mysql` 0.29.27 does not support Python 3.14"],
        ),
        (
            &[
                "--release",
                "1.13.27",
                "--python",
                "3.14",
                "--storage",
                "mysql",
            ],
            1,
            &["`dagster-mysql` 0.29.27 does not support Python 3.14"],
        ),
        (
            &["--release", "1.13.27", "--python", "3.9"],
            5,
            &["does not support Python 3.9"],
        ),
        (
            &["--release", "1.12.22", "--python", "python315"],
            5,
            &["does not support Python 3.15"],
        ),
    ] {
        assert_eq!(
            refuses_flags(&sandbox, flags, 2, says),
            packages,
            "{flags:?}"
        );
    }
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let flags = [
        "--name",
        "..",
        "--layout",
        "x",
        "--handle",
        "a",
        "--package",
        "a b",
        "--license",
        "X",
        "--docs-dir",
        "/x",
    ];
    let told = refuses_flags(
        &Sandbox::new(),
        &flags,
        2,
        &[
            "`--name`",
            "`--layout`",
            "`--handle`",
            "`--package`",
            "`--license`",
            "`--docs-dir`",
        ],
    );
    assert_eq!(told, 6);
    let told = refuses_flags(
        &Sandbox::new(),
        &[
            "--package",
            "zzz",
            "--package",
            "dagster-postgres[awz],dagster-test",
        ],
        2,
        &["`zzz`", "`awz`", "`dagster-test`"],
    );
    assert_eq!(told, 3);
}
