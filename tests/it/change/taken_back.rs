//! `undo`: the last command, taken back byte for byte.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests make and look at files"
)]

use super::made;
use crate::routes::assert_same;
use std::fs;

#[test]
fn the_last_command_is_taken_back_and_done_again() {
    let sandbox = made(&[]);
    drop(
        sandbox
            .nothing_changes(&["undo"])
            .exit(1)
            .says(&["no command has changed anything here"]),
    );
    let before = sandbox.files();
    drop(sandbox.there(&["add", "dagster-postgres"]).success());
    let after = sandbox.files();
    drop(sandbox.nothing_changes(&["undo", "--dry-run"]).success());
    let done = sandbox.there(&["undo"]).success();
    assert!(
        done.stdout.contains("floxwright add dagster-postgres"),
        "{}",
        done.stdout
    );
    assert_same(&before, &sandbox.files(), "undo");
    assert_eq!(sandbox.git("d", &["status", "--porcelain"]), "");
    drop(sandbox.there(&["undo"]).success());
    assert_same(&after, &sandbox.files(), "and again");
    let status = sandbox.git("d", &["status", "--porcelain"]);
    assert!(
        status.contains(" A .flox/pkgs/dagster-postgres.nix"),
        "{status}"
    );
}

#[test]
fn what_was_changed_since_is_kept_or_nothing_is_taken_back() {
    let sandbox = made(&[]);
    drop(sandbox.there(&["add", "dagster-postgres"]).success());
    sandbox.edit("README.md", "\n## ", "\nA sentence of mine.\n\n## ");
    sandbox.write("d/other.txt", "mine");
    let done = sandbox.there(&["undo"]).success();
    assert!(
        done.stdout.contains("Your changes kept: README.md"),
        "{}",
        done.stdout
    );
    let text = sandbox.text("README.md");
    assert!(text.contains("A sentence of mine.") && !text.contains("dagster-postgres"));
    assert_eq!(sandbox.text("other.txt"), "mine");

    drop(sandbox.there(&["add", "dagster-postgres"]).success());
    sandbox.edit(".flox/pkgs/dagster-postgres.nix", "{\n", "{\n  # mine\n");
    drop(sandbox.nothing_changes(&["undo"]).exit(1).says(&[
        "`.flox/pkgs/dagster-postgres.nix` was changed since",
        "nothing was taken back",
    ]));
}

#[test]
fn damaged_copies_are_not_used() {
    let sandbox = made(&[]);
    drop(sandbox.there(&["add", "dagster-postgres"]).success());
    for entry in fs::read_dir(sandbox.path("d/.floxwright/run/last/undo")).unwrap() {
        fs::write(entry.unwrap().path(), "damaged").unwrap();
    }
    drop(
        sandbox
            .nothing_changes(&["undo"])
            .exit(1)
            .says(&["it is not what was kept there"]),
    );
}
