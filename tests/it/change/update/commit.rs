//! `update --commit`: one commit of what changed and nothing else.

use super::super::made;
use crate::sandbox::Sandbox;

const UPDATE: [&str; 3] = ["update", "1.13.27", "--commit"];

/// A repository one release behind.
fn behind() -> Sandbox {
    made(&["--release", "1.12.22", "--package", "dagster-postgres"])
}

#[test]
fn it_holds_what_changed_and_nothing_else() {
    let sandbox = behind();
    sandbox.write("d/mine.txt", "mine");
    sandbox.write("d/staged.txt", "staged");
    sandbox.git("d", &["add", "staged.txt"]);
    sandbox.git("d", &["config", "commit.gpgSign", "true"]);
    sandbox.write("d/.git/hooks/pre-commit", "#!/bin/sh\nexit 1\n");
    drop(sandbox.shell("chmod +x d/.git/hooks/pre-commit").success());
    let done = sandbox.there(&[&UPDATE[..], &["--tag"]].concat()).success();
    assert!(
        done.stdout.contains("tagged dagster-1.13.27"),
        "{}",
        done.stdout
    );
    let status = sandbox.git("d", &["status", "--porcelain"]);
    assert_eq!(status, "A  staged.txt\n?? mine.txt\n");
    let told = sandbox.git("d", &["log", "-1", "--format=%an %s%n%b"]);
    assert!(
        told.starts_with("Ada Example Update to 1.13.27\n"),
        "{told}"
    );
    assert!(told.contains("1.12.22 → 1.13.27"), "{told}");
    assert_eq!(
        sandbox.git("d", &["cat-file", "-t", "dagster-1.13.27"]),
        "tag\n"
    );
    assert_eq!(
        sandbox.git("d", &["rev-parse", "dagster-1.13.27^{}"]),
        sandbox.git("d", &["rev-parse", "HEAD"])
    );
    // A clone of it is what `new` makes, and what the person has.
    sandbox.git("d", &["clone", "--quiet", ".", "../clone"]);
    let clone = sandbox.tree("clone");
    let files = sandbox.files();
    for (path, file) in clone.iter() {
        assert!(files.get(path) == Some(file), "{path}");
    }
    assert!(clone.text("staged.txt").is_none());
    let again = sandbox.nothing_changes(&UPDATE).success();
    assert!(again.stdout.contains("nothing to do"), "{}", again.stdout);
}

#[test]
fn it_works_below_the_top_of_a_repository_and_in_a_work_tree() {
    let sandbox = Sandbox::new();
    let new = [
        "new",
        "top/d",
        "--yes",
        "--release",
        "1.12.22",
        "--no-git",
        "--force",
    ];
    drop(sandbox.shell("git init --quiet top").success());
    drop(sandbox.run(&new).success());
    let commit = "git -C top add --force --all && git -C top commit --quiet --message x";
    drop(sandbox.shell(commit).success());
    drop(
        sandbox
            .run(&[&["-C", "top/d"], &UPDATE[..]].concat())
            .success(),
    );
    assert_eq!(sandbox.git("top", &["status", "--porcelain"]), "");
    sandbox.git(
        "top",
        &[
            "worktree", "add", "--quiet", "-b", "other", "../tree", "HEAD~",
        ],
    );
    drop(
        sandbox
            .run(&[&["-C", "tree/d"], &UPDATE[..]].concat())
            .success(),
    );
    assert_eq!(sandbox.git("tree", &["status", "--porcelain"]), "");
    let trees = sandbox.git("tree", &["rev-parse", "other^{tree}", "HEAD^{tree}"]);
    let mut trees = trees.lines();
    assert_eq!(trees.next(), trees.next());
}

/// What is done to the repository, more flags, the exit code, what is said.
type Row = (
    &'static str,
    &'static [&'static str],
    i32,
    &'static [&'static str],
);

const REFUSED: [Row; 8] = [
    (
        "echo >> README.md",
        &[],
        1,
        &[
            "`README.md` has changes that are not committed",
            "commit them first",
        ],
    ),
    (
        "echo >> README.md; git add README.md",
        &[],
        1,
        &["`README.md` has changes"],
    ),
    (
        "git switch --quiet --detach",
        &[],
        1,
        &["the HEAD is detached", "git switch"],
    ),
    (
        "git tag dagster-1.13.27",
        &["--tag"],
        1,
        &["there is a tag `dagster-1.13.27` already"],
    ),
    ("true", &["--tag=a b"], 2, &["`a b`"]),
    (
        "git rev-parse HEAD > .git/MERGE_HEAD",
        &[],
        1,
        &["git is in the middle of something"],
    ),
    (
        "git checkout --quiet --orphan empty",
        &[],
        1,
        &["no commit yet"],
    ),
    (
        "echo 'x' > .flox/pkgs/release.json; git commit --quiet --all --message x",
        &[],
        3,
        &[
            "conflict in `.flox/pkgs/release.json`",
            "nothing was written",
        ],
    ),
];

#[test]
fn where_it_cannot_be_made_nothing_is_written() {
    for (prepare, arguments, code, says) in REFUSED {
        let sandbox = behind();
        drop(sandbox.shell(&format!("cd d && {prepare}")).success());
        let all = [&UPDATE[..], arguments].concat();
        drop(sandbox.nothing_changes(&all).exit(code).says(says));
    }
    let plain = behind();
    drop(plain.shell("rm -r d/.git").success());
    let before = plain.files();
    let done = plain.there(&UPDATE).exit(1);
    drop(done.says(&["there is no git repository here"]));
    assert!(plain.files() == before);
}

#[test]
fn who_commits_is_known_or_nothing_is_written() {
    let sandbox = behind();
    sandbox.git_config("");
    let done = sandbox.nothing_changes(&UPDATE).exit(5);
    drop(done.says(&["not known who commits"]));
    // The repository's own name counts, and another tag's name.
    sandbox.git("d", &["config", "user.name", "Local"]);
    sandbox.git("d", &["config", "user.email", "l@example.org"]);
    let tagged = [&UPDATE[..], &["--tag=v1"]].concat();
    drop(sandbox.there(&tagged).success());
    let name = sandbox.git("d", &["log", "-1", "--format=%an"]);
    assert_eq!(name, "Local\n");
    assert_eq!(sandbox.git("d", &["tag"]), "v1\n");
}
