//! The states that a git repository can be in: a change goes through in each, and git knows of it.

use super::made;
use crate::routes::assert_same;
use crate::sandbox::Sandbox;
use floxwright::tree::Tree;

/// The files of a repository, without what belongs to git and to a run.
fn files(sandbox: &Sandbox, directory: &str) -> Tree {
    let files = sandbox.tree(directory).into_iter();
    files
        .filter(|(path, _)| {
            !path.as_str().starts_with(".floxwright/run/") && path.as_str() != ".git"
        })
        .collect()
}

#[test]
fn a_change_goes_through_in_every_state() {
    let expected = made(&["--package", "dagster-postgres"]).files();
    for (state, line, directory) in [
        ("detached", "git -C d switch --quiet --detach", "d"),
        ("worktree", "git -C d worktree add --quiet ../w -b w", "w"),
        (
            "submodule",
            "git init --quiet top && git -C top -c protocol.file.allow=always submodule --quiet add ../d s",
            "top/s",
        ),
        (
            "shallow",
            "git clone --quiet --depth 1 \"file://$PWD/d\" c",
            "c",
        ),
        (
            "clone",
            "git clone --quiet d c && git -C c config core.fileMode false && chmod -x c/tests/verify",
            "c",
        ),
        ("no git", "rm -rf d/.git", "d"),
        ("staged", "echo mine > d/mine && git -C d add mine", "d"),
    ] {
        let sandbox = made(&[]);
        drop(sandbox.shell(line).success());
        drop(sandbox.run(&["-C", directory, "status"]).success());
        drop(
            sandbox
                .run(&["-C", directory, "add", "dagster-postgres"])
                .success(),
        );
        let mut found = files(&sandbox, directory);
        found.remove(&"mine".parse().unwrap());
        if state == "clone" {
            // What git was told not to see stays the person's.
            let verify = "tests/verify".parse().unwrap();
            let mode = |tree: &Tree| tree.get(&verify).map(|file| file.mode);
            assert_ne!(mode(&found), mode(&expected));
            let file = found.get(&verify).unwrap().clone();
            let mode = mode(&expected).unwrap();
            found.insert(verify, file.with_mode(mode));
        }
        assert_same(&expected, &found, state);
        if state != "no git" {
            let tracked = sandbox.git(directory, &["ls-files"]);
            assert!(tracked.contains("dagster-postgres.nix"), "{state}");
        }
    }
}

#[test]
fn a_sparse_checkout_is_a_deletion_that_git_knows() {
    let sandbox = made(&[]);
    let line = "git -C d sparse-checkout set --no-cone '/*' '!/docs/'";
    drop(sandbox.shell(line).success());
    assert!(!sandbox.path("d/docs/BUILD_PATTERNS.md").exists());
    drop(sandbox.run(&["-C", "d", "status"]).success());
    drop(
        sandbox
            .run(&["-C", "d", "add", "dagster-postgres"])
            .exit(3)
            .says(&["docs/DEPENDENCIES.md", "you deleted it"]),
    );
    assert!(!sandbox.path("d/docs/BUILD_PATTERNS.md").exists());
}
