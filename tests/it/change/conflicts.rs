//! Where an edit and a change exclude each other: both are kept, both are named, and there is a way on and a way back.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests make and look at files"
)]
#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use super::made;
use crate::routes::assert_same;
use crate::sandbox::Sandbox;
use std::fs;

const NIX: &str = ".flox/pkgs/dagster-complete.nix";
const DOCUMENT: &str = "docs/BUILD_PATTERNS.md";

/// The lines of a document that adding the package changes.
fn line_that_changes(package: &str) -> String {
    let (old, new) = (made(&[]), made(&["--package", package]));
    let (old, new) = (old.text(DOCUMENT), new.text(DOCUMENT));
    let line = old
        .lines()
        .find(|line| !line.is_empty() && !new.contains(&format!("{line}\n")));
    line.unwrap().to_owned()
}

/// A repository in which adding a package ends in two conflicts.
fn torn() -> Sandbox {
    let sandbox = made(&[]);
    sandbox.edit(
        DOCUMENT,
        &line_that_changes("dagster-postgres"),
        "A line of mine.",
    );
    sandbox.edit(
        NIX,
        "Dagster with its web UI",
        "My own Dagster with its web UI",
    );
    sandbox
}

#[test]
fn both_sides_are_kept_and_named() {
    let sandbox = torn();
    let before = sandbox.files();
    let planned = sandbox
        .nothing_changes(&["add", "dagster-postgres", "--dry-run"])
        .exit(3);
    drop(planned.says(&["conflict in", "nothing was written"]));
    let done = sandbox.there(&["add", "dagster-postgres"]).exit(3).says(&[
        &format!("conflict in `{DOCUMENT}`"),
        "you and floxwright changed the same lines",
        "floxwright continue",
        "floxwright abort",
    ]);
    assert!(
        done.stdout.contains("dagster-postgres added"),
        "{}",
        done.stdout
    );
    let document = sandbox.text(DOCUMENT);
    assert!(
        document.contains("\n<<<<<<< yours\nA line of mine.\n||||||| as last made\n"),
        "{document}"
    );
    let status = sandbox.git("d", &["status", "--porcelain"]);
    assert!(status.contains(&format!("UU {DOCUMENT}\n")), "{status}");
    // Files that have to parse keep what the person wrote.
    assert_eq!(before.text(NIX).map(str::to_owned), Some(sandbox.text(NIX)));
    let new = sandbox.text(&format!("{NIX}.floxwright-new"));
    assert!(new.contains("dagster-postgres"), "{new}");
}

#[test]
fn no_run_begins_over_open_conflicts() {
    let sandbox = torn();
    drop(sandbox.there(&["add", "dagster-postgres"]).exit(3));
    for command in [
        &["add", "dagster-mysql"][..],
        &["remove", "dagster-postgres"],
        &["continue"],
    ] {
        drop(sandbox.nothing_changes(command).exit(3).says(&[
            &format!("`{DOCUMENT}`"),
            &format!("`{NIX}.floxwright-new`"),
            "hint: ",
        ]));
    }
}

#[test]
fn decided_conflicts_are_closed() {
    let sandbox = torn();
    drop(sandbox.there(&["add", "dagster-postgres"]).exit(3));
    let new = sandbox.text(&format!("{NIX}.floxwright-new"));
    sandbox.write(&format!("d/{NIX}"), new);
    fs::remove_file(sandbox.path(&format!("d/{NIX}.floxwright-new"))).unwrap();
    drop(
        sandbox
            .nothing_changes(&["continue"])
            .exit(3)
            .says(&[DOCUMENT]),
    );
    sandbox.write(&format!("d/{DOCUMENT}"), "decided\n");
    let done = sandbox.there(&["continue"]).success();
    assert!(done.stdout.contains(DOCUMENT), "{}", done.stdout);
    let status = sandbox.git("d", &["status", "--porcelain"]);
    assert!(status.contains(&format!("M  {DOCUMENT}\n")), "{status}");
    assert!(
        sandbox
            .there(&["continue"])
            .success()
            .stdout
            .contains("no conflicts")
    );
    drop(
        sandbox
            .there(&["abort"])
            .exit(1)
            .says(&["no command has left conflicts"]),
    );
    drop(sandbox.there(&["add", "dagster-postgres"]).success());
    assert_eq!(sandbox.text(DOCUMENT), "decided\n");
}

#[test]
fn abort_puts_every_byte_back() {
    for staged in [false, true] {
        let sandbox = torn();
        if staged {
            sandbox.git("d", &["add", "--all"]);
        }
        let (before, status) = (
            sandbox.files(),
            sandbox.git("d", &["status", "--porcelain"]),
        );
        drop(sandbox.there(&["add", "dagster-postgres"]).exit(3));
        sandbox.write(&format!("d/{DOCUMENT}"), "half decided\n");
        drop(sandbox.there(&["abort"]).success());
        assert_same(&before, &sandbox.files(), "abort");
        assert_eq!(
            sandbox.git("d", &["status", "--porcelain"]),
            status,
            "{staged}"
        );
    }
}

#[test]
fn deleted_and_foreign_files_are_left_alone() {
    let sandbox = made(&["--docs", "core"]);
    fs::remove_file(sandbox.path("d/docs/DEPENDENCIES.md")).unwrap();
    sandbox.write("d/.flox/pkgs/dagster-postgres.nix", "{ hello }: hello\n");
    let done = sandbox.there(&["add", "dagster-postgres"]).exit(3).says(&[
        "conflict in `docs/DEPENDENCIES.md`",
        "it stays deleted",
        "conflict in `.flox/pkgs/dagster-postgres.nix`",
        "you have a file of your own",
    ]);
    drop(done);
    assert_eq!(
        sandbox.text(".flox/pkgs/dagster-postgres.nix"),
        "{ hello }: hello\n"
    );
    assert!(!sandbox.path("d/docs/DEPENDENCIES.md").exists());
    fs::remove_file(sandbox.path("d/.flox/pkgs/dagster-postgres.nix.floxwright-new")).unwrap();
    drop(sandbox.there(&["continue"]).success());
    // It was told once.
    drop(sandbox.there(&["add", "dagster-postgres"]).success());
    assert!(!sandbox.path("d/docs/DEPENDENCIES.md").exists());
}

#[test]
fn an_edited_file_of_a_package_that_goes_is_kept() {
    let sandbox = made(&["--package", "dagster-postgres"]);
    sandbox.edit(".flox/pkgs/dagster-postgres.nix", "{\n", "{\n  # mine\n");
    drop(
        sandbox
            .there(&["remove", "dagster-postgres"])
            .exit(3)
            .says(&["it is kept, because you changed it"]),
    );
    assert!(
        sandbox
            .text(".flox/pkgs/dagster-postgres.nix")
            .contains("# mine")
    );
    // Nothing waits for a decision, so the next command goes on.
    drop(sandbox.there(&["add", "dagster-mysql"]).success());
}

#[test]
fn edits_survive_in_every_line_end() {
    let sandbox = made(&[]);
    sandbox.edit("README.md", "\n## ", "\nA sentence of mine.\n\n## ");
    let windows = sandbox.text("README.md").replace('\n', "\r\n");
    sandbox.write("d/README.md", &windows);
    let done = sandbox.there(&["add", "dagster-postgres"]).success();
    assert!(
        done.stdout.contains("Your changes kept: README.md"),
        "{}",
        done.stdout
    );
    let text = sandbox.text("README.md");
    assert!(text.contains("A sentence of mine.\r\n") && text.contains("dagster-postgres"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
}

#[test]
fn a_checkout_with_other_line_ends_is_no_edit() {
    let sandbox = made(&[]);
    for (path, file) in sandbox.files().iter() {
        let text = String::from_utf8(file.bytes.clone())
            .unwrap()
            .replace('\n', "\r\n");
        fs::write(sandbox.path(&format!("d/{path}")), text).unwrap();
    }
    let all = sandbox
        .nothing_changes(&["add", "dagster", "--dry-run"])
        .success();
    assert_eq!(all.stdout, "nothing to do\n");
    drop(sandbox.there(&["add", "dagster-postgres"]).success());
    drop(sandbox.there(&["remove", "dagster-postgres"]).success());
    let lock = sandbox.text("floxwright.toml");
    assert_eq!(lock.matches('\n').count(), lock.matches("\r\n").count());
}
